/* firmware-esp-erase.h: what an ESP chip's ROM erases for a part, and how long that takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * FirmwareEspErase:
 * @n_sectors: erases of 4 KiB
 * @n_blocks: erases of 64 KiB
 *
 * Erases that are due.
 */
typedef struct {
  guint n_sectors;
  guint n_blocks;
} FirmwareEspErase;

void firmware_esp_erase_add (FirmwareEspErase *self, guint32 address, gsize size);
FirmwareEspErase firmware_esp_erase_sum (FirmwareImage *image, gsize start, gsize end);

guint firmware_esp_erase_count (const FirmwareEspErase *self);
guint64 firmware_esp_erase_get_time (const FirmwareEspErase *self);

G_END_DECLS
