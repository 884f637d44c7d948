/* bootlace-flash-map.h: a drawing of the flash with the parts where they will go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * BootlaceFlashMap:
 *
 * Draws the partitions of its "image" to scale on the chip's flash, and the parts upon them.
 *
 * One of them can have the focus: Tab comes to the map and leaves it, the arrow keys, Home and End
 * move in it. "hint" tells in words what is under the pointer or has the focus, or is %NULL.
 */
#define BOOTLACE_TYPE_FLASH_MAP (bootlace_flash_map_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFlashMap, bootlace_flash_map, BOOTLACE, FLASH_MAP, GtkWidget)

void bootlace_flash_map_set_image (BootlaceFlashMap *self, FirmwareImage *image);
const char *bootlace_flash_map_get_hint (BootlaceFlashMap *self);

G_END_DECLS
