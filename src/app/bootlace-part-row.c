/* bootlace-part-row.c: a part of a firmware, or a partition, with all that is known of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-part-row.h"

#include <glib/gi18n.h>

#include "bootlace-label.h"
#include "bootlace-legend.h"
#include "bootlace-part-text.h"
#include "bootlace-wrap-box.h"
#include "wording-format.h"

#define FACT_INDENT 19 /* what stands below a name begins where it does, behind the swatch */

struct _BootlacePartRow {
  GtkListBoxRow parent_instance;

  GString *text; /* what it is called by */
  GtkWidget *address;
  GtkWidget *size;
  GtkGrid *facts;
  int n_facts;
};

G_DEFINE_FINAL_TYPE (BootlacePartRow, bootlace_part_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
create_name (const char *style, const char *name, const char *remark)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = bootlace_label_new (name, "strong");
  GtkWidget *dim = bootlace_label_new (remark, "dim");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_ellipsize (GTK_LABEL (dim), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), bootlace_legend_create_swatch (style));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), dim);
  gtk_widget_set_hexpand (box, TRUE);

  return box;
}

static GtkWidget *
create_place (BootlacePartRow *self, guint64 address, guint64 size)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *start = wording_format_address (address);
  g_autofree char *length = wording_format_exact_size (size);

  self->address = bootlace_label_new (start, "monospace");
  self->size = bootlace_label_new (length, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->size), 1.0);
  gtk_widget_add_css_class (box, "place");
  gtk_box_append (GTK_BOX (box), self->address);
  gtk_box_append (GTK_BOX (box), self->size);

  return box;
}

static void
add_text (BootlacePartRow *self, const char *text)
{
  if (self->text->len > 0)
    g_string_append (self->text, ", ");
  g_string_append (self->text, text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->text->str, -1);
}

static void
add_fact (BootlacePartRow *self, const char *name, const char *value, const char *style)
{
  g_autofree char *text = bootlace_label_dup_fact (name, value);

  bootlace_label_attach_fact (self->facts, self->n_facts, name, value, style);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), TRUE);
  self->n_facts++;

  add_text (self, text);
}

/**
 * bootlace_part_row_align:
 * @rows: a list of such rows
 *
 * Makes the rows a table: addresses, sizes and the names of facts stand in columns. All facts must
 * be there already.
 */
void
bootlace_part_row_align (GtkListBox *rows)
{
  g_autoptr (GtkSizeGroup) addresses = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) sizes = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (rows));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (rows, i)) != NULL; i++) {
    BootlacePartRow *self = BOOTLACE_PART_ROW (row);

    gtk_size_group_add_widget (addresses, self->address);
    gtk_size_group_add_widget (sizes, self->size);
    for (int fact = 0; fact < self->n_facts; fact++)
      gtk_size_group_add_widget (names, gtk_grid_get_child_at (self->facts, 0, fact));
  }
}

/**
 * bootlace_part_row_add_fact:
 * @self: a row
 * @name: what it is, translated
 * @value: (nullable): the value in words; nothing is shown without one
 */
void
bootlace_part_row_add_fact (BootlacePartRow *self, const char *name, const char *value)
{
  g_return_if_fail (BOOTLACE_IS_PART_ROW (self));

  if (value != NULL && *value != '\0')
    add_fact (self, name, value, NULL);
}

/**
 * bootlace_part_row_add_code:
 * @self: a row
 * @name: what it is, translated; empty where it belongs to the fact above
 * @value: (nullable): hexadecimal digits and the like; nothing is shown without them
 */
void
bootlace_part_row_add_code (BootlacePartRow *self, const char *name, const char *value)
{
  g_return_if_fail (BOOTLACE_IS_PART_ROW (self));

  if (value != NULL && *value != '\0')
    add_fact (self, name, value, "monospace");
}

static void
bootlace_part_row_finalize (GObject *object)
{
  g_string_free (BOOTLACE_PART_ROW (object)->text, TRUE);

  G_OBJECT_CLASS (bootlace_part_row_parent_class)->finalize (object);
}

static void
bootlace_part_row_class_init (BootlacePartRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bootlace_part_row_finalize;
}

static void
bootlace_part_row_init (BootlacePartRow *self)
{
  self->text = g_string_new (NULL);
  self->facts = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->facts, 12);
  gtk_grid_set_row_spacing (self->facts, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "facts");
  gtk_widget_set_margin_start (GTK_WIDGET (self->facts), FACT_INDENT);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static BootlacePartRow *
create_row (const char *style, const char *name, const char *remark, guint64 address, guint64 size)
{
  BootlacePartRow *self = g_object_new (BOOTLACE_TYPE_PART_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = bootlace_wrap_box_new (12, 3);

  g_object_set (line, "line-indent", FACT_INDENT, NULL);
  bootlace_wrap_box_append (BOOTLACE_WRAP_BOX (line), create_name (style, name, remark));
  bootlace_wrap_box_append (BOOTLACE_WRAP_BOX (line), create_place (self, address, size));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  add_text (self, name);
  if (remark != NULL)
    add_text (self, remark);
  add_text (self, gtk_label_get_label (GTK_LABEL (self->address)));
  add_text (self, gtk_label_get_label (GTK_LABEL (self->size)));

  return self;
}

/**
 * bootlace_part_row_new_for_part:
 * @segment: a part of a firmware
 * @image: the firmware
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
bootlace_part_row_new_for_part (FirmwareSegment *segment, FirmwareImage *image)
{
  BootlacePartRow *self;
  FirmwarePartition *partition;
  g_autofree char *label = NULL;
  const char *name;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

  label = bootlace_part_dup_label (segment);
  name = firmware_segment_get_name (segment);

  /* A part of which nothing else is known is called by its name already. */
  self = create_row (bootlace_part_get_style (segment, image), label,
                     g_str_equal (name, label) ? NULL : name,
                     firmware_segment_get_address (segment), firmware_segment_get_size (segment));

  partition = bootlace_partition_find (image, firmware_segment_get_address (segment));
  if (partition != NULL)
    bootlace_part_row_add_fact (self, _ ("Partition"), firmware_partition_get_label (partition));

  return GTK_WIDGET (self);
}

static char *
describe_flags (FirmwarePartition *partition)
{
  const char *texts[2] = { NULL, NULL };

  if (firmware_partition_is_encrypted (partition))
    texts[0] = _ ("encrypted");
  if (firmware_partition_is_read_only (partition))
    texts[1] = _ ("read-only");

  return wording_format_join (texts, G_N_ELEMENTS (texts));
}

/**
 * bootlace_part_row_new_for_partition:
 * @partition: a partition
 * @image: the firmware that has it
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
bootlace_part_row_new_for_partition (FirmwarePartition *partition, FirmwareImage *image)
{
  BootlacePartRow *self;
  g_autofree char *label = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *flags = NULL;

  g_return_val_if_fail (FIRMWARE_IS_PARTITION (partition), NULL);

  label = bootlace_partition_dup_label (partition);
  contents = bootlace_partition_dup_contents (partition, image);
  flags = describe_flags (partition);
  self = create_row ("partition", label, firmware_partition_get_kind (partition),
                     firmware_partition_get_address (partition),
                     firmware_partition_get_size (partition));

  /* Translators: the parts of the firmware that go in a partition */
  bootlace_part_row_add_fact (self, _ ("Receives"), contents);
  bootlace_part_row_add_fact (self, _ ("Marked"), flags);

  return GTK_WIDGET (self);
}
