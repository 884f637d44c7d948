/* bootlace-parts-list.h: the parts of a firmware as a legend and as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-image.h"

G_BEGIN_DECLS

GtkWidget *bootlace_legend_entry_new (FirmwareSegment *segment);
GtkWidget *bootlace_legend_rest_new (void);
GtkWidget *bootlace_part_row_new (FirmwareSegment *segment);

G_END_DECLS
