/* bootlace-firmware-panel.c: what will be written, or where to drop it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-firmware-panel.h"

#include <glib/gi18n.h>

#include "bootlace-flash-map.h"
#include "bootlace-parts-list.h"
#include "bootlace-wrap-box.h"
#include "firmware-format.h"
#include "wording-format.h"

struct _BootlaceFirmwarePanel {
  GtkWidget parent_instance;

  BootlaceFirmware *firmware;
  GSignalGroup *firmware_signals;

  BootlaceWrapBox *legend;
  GtkBox *parts;
};

enum {
  PROP_0,
  PROP_FIRMWARE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFirmwarePanel, bootlace_firmware_panel, GTK_TYPE_WIDGET)

static char *
choose_page_cb (BootlaceFirmwarePanel *self, FirmwareImage *image, gboolean loading)
{
  if (image != NULL)
    return g_strdup ("loaded");

  return g_strdup (loading ? "loading" : "empty");
}

static gboolean
has_problem_cb (BootlaceFirmwarePanel *self, WordingMessage *problem)
{
  return problem != NULL;
}

static gboolean
has_map_cb (BootlaceFirmwarePanel *self, FirmwareImage *image)
{
  return image != NULL && firmware_image_get_flash_size (image) > 0;
}

static char *
format_map_end_cb (BootlaceFirmwarePanel *self, FirmwareImage *image)
{
  if (image == NULL)
    return NULL;

  return wording_format_flash_size (bootlace_flash_map_get_extent (image));
}

static char *
format_checks_cb (BootlaceFirmwarePanel *self, FirmwareImage *image)
{
  guint n_parts;

  if (image == NULL)
    return NULL;

  /* The sums of what was built are ours: that they are right says nothing. */
  if (firmware_image_get_origin (image) == &firmware_format_esp_build)
    return g_strdup (_ ("Put together from an ESP-IDF build: all its files are there"));

  if (firmware_image_get_format (image) != &firmware_format_esp_archive)
    return g_strdup (_ ("The file’s checksum is right; it does not tell what is inside"));

  n_parts = g_list_model_get_n_items (firmware_image_get_segments (image));

  return g_strdup_printf (ngettext ("All checks passed: the file’s checksum, the MD5 of %u part, "
                                    "the size of the flash",
                                    "All checks passed: the file’s checksum, the MD5 of %u parts, "
                                    "the size of the flash",
                                    n_parts),
                          n_parts);
}

static char *
format_problem_cb (BootlaceFirmwarePanel *self, WordingMessage *problem, const char *name)
{
  if (problem == NULL)
    return NULL;

  /* Translators: the name of a file, and what is wrong with it */
  return g_strdup_printf (_ ("%s: %s"), name, problem->summary);
}

static char *
format_remedy_cb (BootlaceFirmwarePanel *self, WordingMessage *problem)
{
  return problem != NULL ? wording_message_dup_remedy (problem) : NULL;
}

static void
clear_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

static void
fill_lists (BootlaceFirmwarePanel *self, FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    bootlace_wrap_box_append (self->legend, bootlace_legend_entry_new (segment));
    gtk_box_append (self->parts, bootlace_part_row_new (segment));
  }

  bootlace_wrap_box_append (self->legend, bootlace_legend_rest_new ());
}

static void
image_cb (BootlaceFirmwarePanel *self)
{
  FirmwareImage *image = bootlace_firmware_get_image (self->firmware);

  clear_children (GTK_WIDGET (self->legend));
  clear_children (GTK_WIDGET (self->parts));
  if (image != NULL)
    fill_lists (self, image);
}

static void
set_firmware (BootlaceFirmwarePanel *self, BootlaceFirmware *firmware)
{
  if (!g_set_object (&self->firmware, firmware))
    return;

  g_signal_group_set_target (self->firmware_signals, firmware);
  image_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIRMWARE]);
}

static void
bootlace_firmware_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceFirmwarePanel *self = BOOTLACE_FIRMWARE_PANEL (object);

  switch (id) {
  case PROP_FIRMWARE:
    g_value_set_object (value, self->firmware);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_firmware_panel_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  switch (id) {
  case PROP_FIRMWARE:
    set_firmware (BOOTLACE_FIRMWARE_PANEL (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_firmware_panel_dispose (GObject *object)
{
  BootlaceFirmwarePanel *self = BOOTLACE_FIRMWARE_PANEL (object);

  g_clear_object (&self->firmware_signals);
  g_clear_object (&self->firmware);
  clear_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (bootlace_firmware_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-firmware-panel.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, legend);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, parts);

  gtk_widget_class_bind_template_callback (widget_class, choose_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_checks_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_map_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_remedy_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_problem_cb);
}

static void
bootlace_firmware_panel_class_init (BootlaceFirmwarePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_firmware_panel_get_property;
  object_class->set_property = bootlace_firmware_panel_set_property;
  object_class->dispose = bootlace_firmware_panel_dispose;

  properties[PROP_FIRMWARE] =
    g_param_spec_object ("firmware", NULL, NULL, BOOTLACE_TYPE_FIRMWARE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_FLASH_MAP);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_firmware_panel_init (BootlaceFirmwarePanel *self)
{
  self->firmware_signals = g_signal_group_new (BOOTLACE_TYPE_FIRMWARE);
  g_signal_group_connect_swapped (self->firmware_signals, "notify::image", G_CALLBACK (image_cb),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
