/* firmware-esp-image-writer.h: makes the image of an ESP bootloader or application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ESP_IMAGE_SEGMENTS_MAX 16

/**
 * FirmwareEspImagePiece:
 * @address: where it goes in memory, a multiple of 4
 * @data: its bytes, as many as are a multiple of 4
 *
 * Bytes that are together in memory.
 */
typedef struct {
  guint32 address;
  GByteArray *data;
} FirmwareEspImagePiece;

/**
 * FirmwareEspImageParameters:
 * @flash_mode: how the chip talks to its flash: the number of the header's field
 * @flash_frequency_size: the flash's clock and size, as the header has them
 * @min_revision_old: the oldest revision of the chip, in its old form
 * @min_revision: the same, 100 × major + minor
 * @max_revision: the newest one, or 0xffff for any
 *
 * What stands in an image's header and in nothing that it is made of.
 */
typedef struct {
  guint8 flash_mode;
  guint8 flash_frequency_size;
  guint8 min_revision_old;
  guint16 min_revision;
  guint16 max_revision;
} FirmwareEspImageParameters;

/**
 * FirmwareEspImageSource:
 * @chip_id: the chip that it is for
 * @entry_point: address of the first instruction
 * @mapped: (element-type FirmwareEspImagePiece): what is read through the cache, in the order in
 *   which it is to stand in the image
 * @copied: (element-type FirmwareEspImagePiece): what the bootloader copies to RAM, in its order
 *
 * What an image is made of.
 */
typedef struct {
  guint16 chip_id;
  guint32 entry_point;
  GArray *mapped;
  GArray *copied;
} FirmwareEspImageSource;

GArray *firmware_esp_image_pieces_new (void);
GBytes *firmware_esp_image_write (const FirmwareEspImageSource *source,
                                  const FirmwareEspImageParameters *parameters,
                                  GError **error);

G_END_DECLS
