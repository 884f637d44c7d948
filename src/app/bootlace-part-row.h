/* bootlace-part-row.h: a part of a firmware, or a partition, with all that is known of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * BootlacePartRow:
 *
 * A row for a list box: a name, where it is and how large, and below that facts with a name and a
 * value that can be copied. It is called by all of that for those who cannot see it.
 */
#define BOOTLACE_TYPE_PART_ROW (bootlace_part_row_get_type ())
G_DECLARE_FINAL_TYPE (BootlacePartRow, bootlace_part_row, BOOTLACE, PART_ROW, GtkListBoxRow)

GtkWidget *bootlace_part_row_new_for_part (FirmwareSegment *segment, FirmwareImage *image);
GtkWidget *bootlace_part_row_new_for_partition (FirmwarePartition *partition, FirmwareImage *image);

void bootlace_part_row_align (GtkListBox *rows);
void bootlace_part_row_add_fact (BootlacePartRow *self, const char *name, const char *value);
void bootlace_part_row_add_code (BootlacePartRow *self, const char *name, const char *value);

G_END_DECLS
