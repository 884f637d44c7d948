/* firmware-esp-image.h: the parts of an ESP32's flash, recognised by content
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

/**
 * FirmwareEspImage:
 * @n_segments: how many segments the image has, 1 to 16
 * @chip_id: the chip that it was built for; see firmware_esp_chip_find_by_id()
 *
 * The header of a bootloader or an application.
 */
typedef struct {
  guint8 n_segments;
  guint16 chip_id;
} FirmwareEspImage;

gboolean firmware_esp_image_parse (FirmwareEspImage *self, const guint8 *data, gsize size);

FirmwareRole firmware_esp_image_find_role (const char *name,
                                           guint64 address,
                                           GBytes *data,
                                           const FirmwareEspChip *chip);

G_END_DECLS
