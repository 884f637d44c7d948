/* bootlace-flash-block.h: a part, a partition or free space on the flash map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * BootlaceFlashBlock:
 *
 * A region of the flash with its name, where there is room for that. It can have the focus; the map
 * moves it from block to block. The look comes from the style sheet: the node is "part" with the
 * part's role as class, "partition", "free" or "beyond".
 */
#define BOOTLACE_TYPE_FLASH_BLOCK (bootlace_flash_block_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFlashBlock, bootlace_flash_block, BOOTLACE, FLASH_BLOCK, GtkWidget)

GtkWidget *bootlace_flash_block_new_for_part (FirmwareSegment *segment, FirmwareImage *image);
GtkWidget *bootlace_flash_block_new_for_partition (FirmwarePartition *partition,
                                                   FirmwareImage *image);
GtkWidget *bootlace_flash_block_new_free (guint64 address, guint64 size);
GtkWidget *bootlace_flash_block_new_beyond (guint64 address, guint64 size);

guint64 bootlace_flash_block_get_address (BootlaceFlashBlock *self);
guint64 bootlace_flash_block_get_size (BootlaceFlashBlock *self);
gboolean bootlace_flash_block_is_beyond (BootlaceFlashBlock *self);
gboolean bootlace_flash_block_is_part (BootlaceFlashBlock *self);
const char *bootlace_flash_block_get_description (BootlaceFlashBlock *self);
void bootlace_flash_block_set_crowded (BootlaceFlashBlock *self, gboolean crowded);
gboolean bootlace_flash_block_shows_label (BootlaceFlashBlock *self);

G_END_DECLS
