/* firmware-esp-image.h: the header of an ESP bootloader or application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ESP_IMAGE_HEADER_LENGTH 24

/**
 * FirmwareEspImage:
 * @n_segments: how many segments the image has, 1 to 16
 * @flash_mode: (nullable): how the chip talks to its flash, as esptool spells it: "dio"
 * @flash_frequency: the flash's clock in MHz, or 0 when the value has no meaning
 * @flash_size: how large the image takes the flash to be, in bytes, or 0 when the value has no
 *   meaning
 * @entry_point: address of the first instruction
 * @chip_id: the chip that it was built for; see firmware_esp_chip_find_by_id()
 * @min_revision: the oldest revision of the chip that it runs on, 100 × major + minor
 * @max_revision: the newest one, or 0 when the image does not tell
 * @has_hash: whether a SHA-256 stands behind the image
 *
 * The header of a bootloader or an application, esp_image_header_t of ESP-IDF.
 */
typedef struct {
  guint8 n_segments;
  const char *flash_mode;
  guint flash_frequency;
  guint64 flash_size;
  guint32 entry_point;
  guint16 chip_id;
  guint16 min_revision;
  guint16 max_revision;
  gboolean has_hash;
} FirmwareEspImage;

gboolean firmware_esp_image_parse (FirmwareEspImage *self, const guint8 *data, gsize size);

G_END_DECLS
