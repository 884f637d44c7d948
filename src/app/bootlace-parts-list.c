/* bootlace-parts-list.c: the parts of a firmware as a legend and as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-parts-list.h"

#include <glib/gi18n.h>

#include "bootlace-part-text.h"
#include "wording-format.h"

static GtkWidget *
create_swatch (const char *style)
{
  GtkWidget *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_add_css_class (swatch, style);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);

  return swatch;
}

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
create_entry (const char *style, const char *text)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (entry), create_swatch (style));
  gtk_box_append (GTK_BOX (entry), create_label (text, NULL));

  return entry;
}

/**
 * bootlace_legend_entry_new:
 * @segment: a part of a firmware
 *
 * Returns: (transfer floating): its colour, name and size
 */
GtkWidget *
bootlace_legend_entry_new (FirmwareSegment *segment)
{
  g_autofree char *label = NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

  label = bootlace_part_dup_label (segment);
  size = wording_format_size (firmware_segment_get_size (segment));
  /* Translators: a part of a firmware and its size, like "bootloader 14 kB" */
  text = g_strdup_printf (C_ ("part of a firmware", "%s %s"), label, size);

  return create_entry (bootlace_part_get_style (segment), text);
}

/**
 * bootlace_legend_rest_new:
 *
 * Returns: (transfer floating): the colour of what no part covers, and what that means
 */
GtkWidget *
bootlace_legend_rest_new (void)
{
  /* Translators: the rest of the flash, which flashing does not change */
  return create_entry ("rest", _ ("left as it is"));
}

/**
 * bootlace_part_row_new:
 * @segment: a part of a firmware
 *
 * Returns: (transfer floating): a row with its name, address and size
 */
GtkWidget *
bootlace_part_row_new (FirmwareSegment *segment)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name;
  GtkWidget *size_label;
  g_autofree char *address = NULL;
  g_autofree char *size = NULL;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

  address = wording_format_address (firmware_segment_get_address (segment));
  size = g_format_size_full (firmware_segment_get_size (segment), G_FORMAT_SIZE_LONG_FORMAT);

  name = create_label (firmware_segment_get_name (segment), NULL);
  gtk_widget_set_hexpand (name, TRUE);
  size_label = create_label (size, "numeric");
  gtk_label_set_xalign (GTK_LABEL (size_label), 1.0);

  gtk_box_append (GTK_BOX (row), create_swatch (bootlace_part_get_style (segment)));
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), create_label (address, "monospace"));
  gtk_box_append (GTK_BOX (row), size_label);

  return row;
}
