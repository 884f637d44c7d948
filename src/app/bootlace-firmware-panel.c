/* bootlace-firmware-panel.c: what will be written, or where to drop it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-firmware-panel.h"

#include <glib/gi18n.h>

#include "bootlace-checks-line.h"
#include "bootlace-finding-row.h"
#include "bootlace-findings-view.h"
#include "bootlace-firmware-details.h"
#include "bootlace-flash-contents.h"
#include "bootlace-flash-map.h"
#include "bootlace-label.h"
#include "bootlace-legend.h"
#include "bootlace-scroll.h"
#include "bootlace-wrap-box.h"
#include "wording-format.h"

struct _BootlaceFirmwarePanel {
  GtkWidget parent_instance;

  BootlaceFirmware *firmware;
  GSignalGroup *firmware_signals;
  BootlaceClearance *clearance;

  GtkWidget *title_label;
  GtkWidget *file_label;
  BootlaceWrapBox *legend;
  GtkLabel *remedy_label;
  GtkRevealer *details;
  GtkLabel *hint_label;
};

enum {
  PROP_0,
  PROP_FIRMWARE,
  PROP_CLEARANCE,
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

/* A firmware without a name of its own is called by its file already. */
static gboolean
is_other_cb (BootlaceFirmwarePanel *self, const char *name, const char *title)
{
  return name != NULL && g_strcmp0 (name, title) != 0;
}

static gboolean
has_text_cb (BootlaceFirmwarePanel *self, const char *text)
{
  return text != NULL && *text != '\0';
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

  return wording_format_flash_size (bootlace_flash_contents_get_extent (image));
}

static gboolean
has_details_cb (BootlaceFirmwarePanel *self, FirmwareImage *image)
{
  return image != NULL;
}

/* What is wrong depends on @written_beside, which the clearance knows; and that is there where the
 * image is, for it is the clearance's. */
static char *
format_checks_cb (BootlaceFirmwarePanel *self, FirmwareImage *image, gboolean written_beside)
{
  return image != NULL ? bootlace_checks_line_dup_text (image, self->clearance) : NULL;
}

static char *
choose_checks_icon_cb (BootlaceFirmwarePanel *self, FirmwareImage *image, gboolean written_beside)
{
  return image != NULL ? g_strdup (bootlace_checks_line_get_icon (image, self->clearance)) : NULL;
}

static char **
choose_checks_classes_cb (BootlaceFirmwarePanel *self,
                          FirmwareImage *image,
                          gboolean written_beside)
{
  const char *style =
    image != NULL ? bootlace_checks_line_get_style (image, self->clearance) : NULL;

  return g_strdupv ((char *[]){ (char *) style, NULL });
}

/* The line never collapses, so that nothing moves when a hint comes and goes. */
static char *
format_hint_cb (BootlaceFirmwarePanel *self, const char *hint)
{
  return g_strdup (hint != NULL ? hint : "");
}

static char *
format_problem_cb (BootlaceFirmwarePanel *self, WordingMessage *problem, const char *name)
{
  if (problem == NULL)
    return NULL;

  /* Translators: the name of a file, and what is wrong with it */
  return g_strdup_printf (_ ("%s: %s"), name, problem->summary);
}

static char **
choose_problem_classes_cb (BootlaceFirmwarePanel *self, gboolean is_question)
{
  const char *classes[] = { "problem", is_question ? "question" : NULL, NULL };

  return g_strdupv ((char **) classes);
}

static char *
choose_problem_icon_cb (BootlaceFirmwarePanel *self, gboolean is_question)
{
  return g_strdup (
    bootlace_finding_get_icon (is_question ? FIRMWARE_SEVERITY_NOTE : FIRMWARE_SEVERITY_ERROR));
}

static char *
format_remedy_cb (BootlaceFirmwarePanel *self, WordingMessage *problem)
{
  return problem != NULL ? wording_message_dup_remedy (problem) : NULL;
}

/* Which file, where in it, and what there is. */
static char *
format_details_cb (BootlaceFirmwarePanel *self, WordingMessage *problem)
{
  return problem != NULL ? g_strdup (problem->details) : NULL;
}

/* The line below says it already, unless it has no room. */
static gboolean
query_map_tooltip_cb (BootlaceFlashMap *map,
                      int x,
                      int y,
                      gboolean by_keyboard,
                      GtkTooltip *tooltip,
                      BootlaceFirmwarePanel *self)
{
  const char *hint = bootlace_flash_map_get_hint (map);

  if (hint == NULL || !pango_layout_is_ellipsized (gtk_label_get_layout (self->hint_label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, hint);

  return TRUE;
}

static void
details_cb (BootlaceFirmwarePanel *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    bootlace_scroll_to (gtk_revealer_get_child (self->details));
}

static void
clear_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

static void
describe_file (GtkWidget *label, const char *path)
{
  gtk_widget_set_tooltip_text (label, path);
  if (path != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    path, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
image_cb (BootlaceFirmwarePanel *self)
{
  FirmwareImage *image = bootlace_firmware_get_image (self->firmware);

  describe_file (self->title_label, image != NULL ? firmware_image_get_path (image, NULL) : NULL);
  describe_file (self->file_label, image != NULL ? firmware_image_get_path (image, NULL) : NULL);
  clear_children (GTK_WIDGET (self->legend));
  if (image != NULL)
    bootlace_legend_fill (self->legend, image);
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
  case PROP_CLEARANCE:
    g_value_set_object (value, self->clearance);
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
  case PROP_CLEARANCE:
    if (g_set_object (&BOOTLACE_FIRMWARE_PANEL (object)->clearance, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
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
  g_clear_object (&self->clearance);
  clear_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (bootlace_firmware_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-firmware-panel.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, file_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, legend);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, remedy_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, details);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwarePanel, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, query_map_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_cb);

  gtk_widget_class_bind_template_callback (widget_class, choose_checks_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_checks_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_checks_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_hint_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_map_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_remedy_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_details_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_details_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_problem_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_problem_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_other_cb);
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
  properties[PROP_CLEARANCE] =
    g_param_spec_object ("clearance", NULL, NULL, BOOTLACE_TYPE_CLEARANCE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_FINDINGS_VIEW);
  g_type_ensure (BOOTLACE_TYPE_FIRMWARE_DETAILS);
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
  bootlace_label_keep_options (self->remedy_label);
}
