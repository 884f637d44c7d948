/* bootlace-flash-part.c: one part of a firmware on the flash map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-flash-part.h"

#include "bootlace-part-text.h"

struct _BootlaceFlashPart {
  GtkWidget parent_instance;

  FirmwareSegment *segment;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (BootlaceFlashPart, bootlace_flash_part, GTK_TYPE_WIDGET)

/**
 * bootlace_flash_part_get_segment:
 * @self: a part on the map
 *
 * Returns: what it stands for
 */
FirmwareSegment *
bootlace_flash_part_get_segment (BootlaceFlashPart *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_PART (self), NULL);

  return self->segment;
}

/**
 * bootlace_flash_part_shows_label:
 * @self: a part on the map
 *
 * Returns: whether there is room for its name
 */
gboolean
bootlace_flash_part_shows_label (BootlaceFlashPart *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FLASH_PART (self), FALSE);

  return gtk_widget_get_child_visible (self->label);
}

static void
bootlace_flash_part_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  BootlaceFlashPart *self = BOOTLACE_FLASH_PART (widget);

  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);

  /* The map decides how wide a part is; the name shows where it fits. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
bootlace_flash_part_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BootlaceFlashPart *self = BOOTLACE_FLASH_PART (widget);
  int natural;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  gtk_widget_set_child_visible (self->label, natural <= width);
  if (natural <= width)
    gtk_widget_size_allocate (self->label, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
bootlace_flash_part_dispose (GObject *object)
{
  BootlaceFlashPart *self = BOOTLACE_FLASH_PART (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_object (&self->segment);

  G_OBJECT_CLASS (bootlace_flash_part_parent_class)->dispose (object);
}

static void
bootlace_flash_part_class_init (BootlaceFlashPartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bootlace_flash_part_dispose;
  widget_class->measure = bootlace_flash_part_measure;
  widget_class->size_allocate = bootlace_flash_part_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "part");
  /* The map speaks for all its parts. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bootlace_flash_part_init (BootlaceFlashPart *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * bootlace_flash_part_new:
 * @segment: a part of a firmware
 *
 * Returns: (transfer floating): a block for it
 */
GtkWidget *
bootlace_flash_part_new (FirmwareSegment *segment)
{
  BootlaceFlashPart *self = g_object_new (BOOTLACE_TYPE_FLASH_PART, NULL);
  g_autofree char *label = bootlace_part_dup_label (segment);
  g_autofree char *tooltip = bootlace_part_describe (segment);

  self->segment = g_object_ref (segment);
  gtk_label_set_label (GTK_LABEL (self->label), label);
  gtk_widget_add_css_class (GTK_WIDGET (self), bootlace_part_get_style (segment));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);

  return GTK_WIDGET (self);
}
