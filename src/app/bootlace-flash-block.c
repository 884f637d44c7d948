/* bootlace-flash-block.c: a part, a partition or free space on the flash map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-flash-block.h"

#include <glib/gi18n.h>

#include "bootlace-part-text.h"
#include "wording-format.h"

struct _BootlaceFlashBlock {
  GtkWidget parent_instance;

  guint64 address;
  guint64 size;
  gboolean is_part;
  gboolean crowded;
  char *description;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (BootlaceFlashBlock, bootlace_flash_block, GTK_TYPE_WIDGET)

/**
 * bootlace_flash_block_get_address:
 * @self: a block
 *
 * Returns: where it begins in the flash
 */
guint64
bootlace_flash_block_get_address (BootlaceFlashBlock *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_BLOCK (self), 0);

  return self->address;
}

/**
 * bootlace_flash_block_get_size:
 * @self: a block
 *
 * Returns: how many bytes of the flash it stands for
 */
guint64
bootlace_flash_block_get_size (BootlaceFlashBlock *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_BLOCK (self), 0);

  return self->size;
}

/**
 * bootlace_flash_block_is_part:
 * @self: a block
 *
 * Returns: whether it is a part of the firmware; parts lie upon all else
 */
gboolean
bootlace_flash_block_is_part (BootlaceFlashBlock *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_BLOCK (self), FALSE);

  return self->is_part;
}

/**
 * bootlace_flash_block_is_beyond:
 * @self: a block
 *
 * Returns: whether it is what lies beyond the end of the flash
 */
gboolean
bootlace_flash_block_is_beyond (BootlaceFlashBlock *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_BLOCK (self), FALSE);

  return g_str_equal (gtk_widget_get_css_name (GTK_WIDGET (self)), "beyond");
}

/**
 * bootlace_flash_block_get_description:
 * @self: a block
 *
 * Returns: what it is, in one line
 */
const char *
bootlace_flash_block_get_description (BootlaceFlashBlock *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_BLOCK (self), NULL);

  return self->description;
}

/**
 * bootlace_flash_block_set_crowded:
 * @self: a block
 * @crowded: whether another one that is no part lies in its place
 *
 * What is in the same place must not write one name over the other. This is for the map, while it
 * gives its blocks their places.
 */
void
bootlace_flash_block_set_crowded (BootlaceFlashBlock *self, gboolean crowded)
{
  g_return_if_fail (BOOTLACE_IS_FLASH_BLOCK (self));

  self->crowded = crowded;
}

/**
 * bootlace_flash_block_shows_label:
 * @self: a block
 *
 * Returns: whether there is room for its name
 */
gboolean
bootlace_flash_block_shows_label (BootlaceFlashBlock *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_BLOCK (self), FALSE);

  return gtk_widget_get_child_visible (self->label);
}

static void
bootlace_flash_block_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  BootlaceFlashBlock *self = BOOTLACE_FLASH_BLOCK (widget);

  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);

  /* The map decides how wide a block is; the name shows where it fits. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

/* Parts have their name in the middle, the others at the top, where no part covers it. */
static void
bootlace_flash_block_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BootlaceFlashBlock *self = BOOTLACE_FLASH_BLOCK (widget);
  GtkAllocation area = { 0, 0, width, height };
  int natural;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_set_child_visible (self->label, natural <= width && !self->crowded);
  if (!gtk_widget_get_child_visible (self->label))
    return;

  if (!self->is_part)
    gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, -1, NULL, &area.height, NULL, NULL);

  gtk_widget_size_allocate (self->label, &area, -1);
}

static void
bootlace_flash_block_dispose (GObject *object)
{
  BootlaceFlashBlock *self = BOOTLACE_FLASH_BLOCK (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (bootlace_flash_block_parent_class)->dispose (object);
}

static void
bootlace_flash_block_finalize (GObject *object)
{
  g_free (BOOTLACE_FLASH_BLOCK (object)->description);

  G_OBJECT_CLASS (bootlace_flash_block_parent_class)->finalize (object);
}

static void
bootlace_flash_block_class_init (BootlaceFlashBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bootlace_flash_block_dispose;
  G_OBJECT_CLASS (klass)->finalize = bootlace_flash_block_finalize;
  widget_class->measure = bootlace_flash_block_measure;
  widget_class->size_allocate = bootlace_flash_block_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
bootlace_flash_block_init (BootlaceFlashBlock *self)
{
  self->label =
    g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static BootlaceFlashBlock *
create_block (const char *node, guint64 address, guint64 size, const char *label, char *description)
{
  BootlaceFlashBlock *self = g_object_new (BOOTLACE_TYPE_FLASH_BLOCK, "css-name", node, NULL);

  self->address = address;
  self->size = size;
  self->description = description;
  gtk_label_set_label (GTK_LABEL (self->label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);

  return self;
}

/**
 * bootlace_flash_block_new_for_part:
 * @segment: a part of a firmware
 * @image: the firmware
 *
 * Returns: (transfer floating): a block for it
 */
GtkWidget *
bootlace_flash_block_new_for_part (FirmwareSegment *segment, FirmwareImage *image)
{
  BootlaceFlashBlock *self;
  g_autofree char *label = NULL;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

  label = bootlace_part_dup_label (segment);
  self = create_block ("part", firmware_segment_get_address (segment),
                       firmware_segment_get_size (segment), label,
                       bootlace_part_describe_place (segment, image));
  self->is_part = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), bootlace_part_get_style (segment, image));

  return GTK_WIDGET (self);
}

/**
 * bootlace_flash_block_new_for_partition:
 * @partition: a partition
 * @image: the firmware that has it
 *
 * Returns: (transfer floating): a block for it
 */
GtkWidget *
bootlace_flash_block_new_for_partition (FirmwarePartition *partition, FirmwareImage *image)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (FIRMWARE_IS_PARTITION (partition), NULL);

  label = bootlace_partition_dup_label (partition);

  return GTK_WIDGET (create_block ("partition", firmware_partition_get_address (partition),
                                   firmware_partition_get_size (partition), label,
                                   bootlace_partition_describe (partition, image)));
}

/**
 * bootlace_flash_block_new_free:
 * @address: where it begins
 * @size: how many bytes
 *
 * Returns: (transfer floating): a block for flash that no partition claims
 */
GtkWidget *
bootlace_flash_block_new_free (guint64 address, guint64 size)
{
  g_autofree char *start = wording_format_address (address);
  g_autofree char *length = wording_format_size (size);

  /* Translators: the label of flash memory that no partition claims */
  return GTK_WIDGET (create_block ("free", address, size, _ ("free"),
                                   /* Translators: size and address of flash memory */
                                   g_strdup_printf (_ ("Free: %s at %s"), length, start)));
}

/**
 * bootlace_flash_block_new_beyond:
 * @address: where the flash ends
 * @size: by how many bytes the firmware or its partitions reach farther
 *
 * Returns: (transfer floating): a block for what is not there
 */
GtkWidget *
bootlace_flash_block_new_beyond (guint64 address, guint64 size)
{
  g_autofree char *end = wording_format_flash_size (address);

  return GTK_WIDGET (create_block ("beyond", address, size, "",
                                   /* Translators: the size of the flash */
                                   g_strdup_printf (_ ("The flash ends here, at %s"), end)));
}
