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
 * Draws the parts of its "image" to scale on the chip's flash.
 */
#define BOOTLACE_TYPE_FLASH_MAP (bootlace_flash_map_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFlashMap, bootlace_flash_map, BOOTLACE, FLASH_MAP, GtkWidget)

void bootlace_flash_map_set_image (BootlaceFlashMap *self, FirmwareImage *image);

guint64 bootlace_flash_map_get_extent (FirmwareImage *image);

G_END_DECLS
