/* bootlace-flash-part.h: one part of a firmware on the flash map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-segment.h"

G_BEGIN_DECLS

/**
 * BootlaceFlashPart:
 *
 * A coloured block with the part's name, where there is room for it. The colour comes from the
 * style sheet, by the part's role.
 */
#define BOOTLACE_TYPE_FLASH_PART (bootlace_flash_part_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFlashPart, bootlace_flash_part, BOOTLACE, FLASH_PART, GtkWidget)

GtkWidget *bootlace_flash_part_new (FirmwareSegment *segment);

FirmwareSegment *bootlace_flash_part_get_segment (BootlaceFlashPart *self);
gboolean bootlace_flash_part_shows_label (BootlaceFlashPart *self);

G_END_DECLS
