/* bootlace-legend.h: what the colours of the flash map mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-wrap-box.h"
#include "firmware-image.h"

G_BEGIN_DECLS

GtkWidget *bootlace_legend_create_swatch (const char *style);
void bootlace_legend_fill (BootlaceWrapBox *legend, FirmwareImage *image);

G_END_DECLS
