/* bootlace-flash-map-layout.h: gives the blocks of a flash map their places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceFlashMapLayout:
 *
 * Lays out children that are #BootlaceFlashBlock, by ascending address: to scale from left to
 * right, or from right to left where people read so. Where there is more than parts, the parts lie
 * below the names of the others.
 */
#define BOOTLACE_TYPE_FLASH_MAP_LAYOUT (bootlace_flash_map_layout_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFlashMapLayout,
                      bootlace_flash_map_layout,
                      BOOTLACE,
                      FLASH_MAP_LAYOUT,
                      GtkLayoutManager)

void bootlace_flash_map_layout_set_extent (BootlaceFlashMapLayout *self, guint64 extent);

G_END_DECLS
