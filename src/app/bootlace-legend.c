/* bootlace-legend.c: what the colours of the flash map mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-legend.h"

#include <glib/gi18n.h>

#include "bootlace-flash-contents.h"
#include "bootlace-part-text.h"
#include "wording-format.h"

static GtkWidget *
create_entry (const char *style, const char *text)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_box_append (GTK_BOX (entry), bootlace_legend_create_swatch (style));
  gtk_box_append (GTK_BOX (entry), label);

  return entry;
}

static GtkWidget *
create_part_entry (FirmwareSegment *segment, FirmwareImage *image)
{
  g_autofree char *label = bootlace_part_dup_label (segment);
  g_autofree char *size = wording_format_size (firmware_segment_get_size (segment));
  /* Translators: a part of a firmware and its size, like "bootloader 14 kB" */
  g_autofree char *text = g_strdup_printf (C_ ("part of a firmware", "%s %s"), label, size);

  return create_entry (bootlace_part_get_style (segment, image), text);
}

/**
 * bootlace_legend_create_swatch:
 * @style: the CSS class that colours it
 *
 * Returns: (transfer floating): a sample of a colour
 */
GtkWidget *
bootlace_legend_create_swatch (const char *style)
{
  GtkWidget *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  g_return_val_if_fail (style != NULL, swatch);

  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_add_css_class (swatch, style);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);

  return swatch;
}

/**
 * bootlace_legend_fill:
 * @legend: where to put it
 * @image: the firmware that is drawn
 *
 * Adds an entry for each part, for partitions where there are any, and for the rest.
 */
void
bootlace_legend_fill (BootlaceWrapBox *legend, FirmwareImage *image)
{
  GListModel *segments;

  g_return_if_fail (BOOTLACE_IS_WRAP_BOX (legend));
  g_return_if_fail (FIRMWARE_IS_IMAGE (image));

  segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    bootlace_wrap_box_append (legend, create_part_entry (segment, image));
  }

  if (g_list_model_get_n_items (firmware_image_get_partitions (image)) > 0)
    bootlace_wrap_box_append (legend, create_entry ("partition", _ ("partition")));

  if (firmware_image_get_flash_size (image) > 0 &&
      firmware_image_get_flash_size (image) < bootlace_flash_contents_get_extent (image))
    /* Translators: in a drawing of the flash: where there is none */
    bootlace_wrap_box_append (legend, create_entry ("beyond", _ ("beyond the end of the flash")));

  /* Translators: the rest of the flash, which flashing does not change */
  bootlace_wrap_box_append (legend, create_entry ("rest", _ ("left as it is")));
}
