/* bootlace-firmware-details.c: all that is known of a firmware, as tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-firmware-details.h"

#include <glib/gi18n.h>

#include "bootlace-finding-row.h"
#include "bootlace-label.h"
#include "bootlace-part-facts.h"
#include "bootlace-part-row.h"
#include "wording-format.h"
#include "wording-saving.h"

struct _BootlaceFirmwareDetails {
  GtkWidget parent_instance;

  FirmwareImage *image; /* nullable */

  GtkGrid *origin;
  GtkListBox *notes;
  GtkListBox *parts;
  GtkListBox *partitions;
  GtkLabel *saving;
  GtkWidget *parts_heading;
  GtkWidget *partitions_heading;
};

enum {
  PROP_0,
  PROP_IMAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFirmwareDetails, bootlace_firmware_details, GTK_TYPE_WIDGET)

static void
fill_notes (BootlaceFirmwareDetails *self)
{
  GListModel *findings = firmware_image_get_findings (self->image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_severity (finding) == FIRMWARE_SEVERITY_NOTE)
      gtk_list_box_append (self->notes, bootlace_finding_row_new (finding));
  }
}

static void
fill_parts (BootlaceFirmwareDetails *self)
{
  GListModel *segments = firmware_image_get_segments (self->image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    GtkWidget *row = bootlace_part_row_new_for_part (segment, self->image);

    bootlace_part_facts_add (BOOTLACE_PART_ROW (row), segment);
    if (firmware_image_get_n_pieces (self->image) > 0)
      bootlace_part_facts_add_md5 (BOOTLACE_PART_ROW (row), segment);
    gtk_list_box_append (self->parts, row);
  }

  bootlace_part_row_align (self->parts);
}

static void
fill_partitions (BootlaceFirmwareDetails *self)
{
  GListModel *partitions = firmware_image_get_partitions (self->image);

  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    gtk_list_box_append (self->partitions,
                         bootlace_part_row_new_for_partition (partition, self->image));
  }

  bootlace_part_row_align (self->partitions);
}

static void
tell_saving (BootlaceFirmwareDetails *self)
{
  g_autofree char *text = self->image != NULL ? wording_saving_dup_text (self->image) : NULL;

  gtk_label_set_label (self->saving, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->saving), text != NULL);
}

static void
fill_origin (BootlaceFirmwareDetails *self)
{
  gint64 modified = 0;
  const char *path = firmware_image_get_path (self->image, &modified);
  g_autofree char *moment = NULL;

  if (path == NULL)
    return;

  /* Translators: in a table: from which file or folder the firmware was read */
  bootlace_label_attach_fact (self->origin, 0, _ ("Read from"), path, NULL);
  if (modified == 0)
    return;

  moment = wording_format_moment (modified);
  /* Translators: in a table: when a file was last written */
  bootlace_label_attach_fact (self->origin, 1, _ ("Changed"), moment, NULL);
}

static void
clear_origin (BootlaceFirmwareDetails *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->origin))) != NULL)
    gtk_grid_remove (self->origin, child);
}

static gboolean
has_rows (GtkListBox *list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

static void
set_image (BootlaceFirmwareDetails *self, FirmwareImage *image)
{
  if (!g_set_object (&self->image, image))
    return;

  clear_origin (self);
  bootlace_list_clear (self->notes);
  bootlace_list_clear (self->parts);
  bootlace_list_clear (self->partitions);
  if (image != NULL) {
    fill_origin (self);
    fill_notes (self);
    fill_parts (self);
    fill_partitions (self);
  }

  tell_saving (self);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), has_rows (self->notes));
  gtk_widget_set_visible (GTK_WIDGET (self->parts), has_rows (self->parts));
  gtk_widget_set_visible (self->parts_heading, has_rows (self->parts));
  gtk_widget_set_visible (GTK_WIDGET (self->partitions), has_rows (self->partitions));
  gtk_widget_set_visible (self->partitions_heading, has_rows (self->partitions));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAGE]);
}

static void
bootlace_firmware_details_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_IMAGE:
    g_value_set_object (value, BOOTLACE_FIRMWARE_DETAILS (object)->image);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_firmware_details_set_property (GObject *object,
                                        guint id,
                                        const GValue *value,
                                        GParamSpec *pspec)
{
  switch (id) {
  case PROP_IMAGE:
    set_image (BOOTLACE_FIRMWARE_DETAILS (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_firmware_details_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&BOOTLACE_FIRMWARE_DETAILS (object)->image);

  G_OBJECT_CLASS (bootlace_firmware_details_parent_class)->dispose (object);
}

static void
bootlace_firmware_details_class_init (BootlaceFirmwareDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_firmware_details_get_property;
  object_class->set_property = bootlace_firmware_details_set_property;
  object_class->dispose = bootlace_firmware_details_dispose;

  properties[PROP_IMAGE] =
    g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/bootlace/Bootlace/"
                                                             "bootlace-firmware-details.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, origin);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, notes);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, parts);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, partitions);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, parts_heading);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, saving);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFirmwareDetails, partitions_heading);
  gtk_widget_class_set_css_name (widget_class, "firmwaredetails");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_firmware_details_init (BootlaceFirmwareDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
