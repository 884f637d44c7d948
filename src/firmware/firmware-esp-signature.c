/* firmware-esp-signature.c: the signatures of Secure Boot v2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-signature.h"

#include "firmware-bytes.h"
#include "firmware-esp-chip.h"

#include <zlib.h>

/* ets_secure_boot_sig_block_t of ESP-IDF. */
#define BLOCK_MAGIC 0xe7
#define BLOCK_LENGTH 1216
#define BLOCK_VERSION 1
#define BLOCK_CRC 1196
#define BLOCKS_MAX 3

#define VERSION_RSA 2
#define VERSION_ECDSA 3

static gboolean
is_block (const guint8 *block)
{
  return block[0] == BLOCK_MAGIC &&
         (block[BLOCK_VERSION] == VERSION_RSA || block[BLOCK_VERSION] == VERSION_ECDSA);
}

static gboolean
has_good_crc (const guint8 *block)
{
  return block[BLOCK_VERSION] != VERSION_RSA ||
         firmware_bytes_read_u32 (block + BLOCK_CRC) == (guint32) crc32_z (0, block, BLOCK_CRC);
}

static void
read_blocks (FirmwareEspSignature *self, const guint8 *sector)
{
  self->version = sector[BLOCK_VERSION];
  self->n_blocks = 0;
  self->has_good_crc = TRUE;

  for (; self->n_blocks < BLOCKS_MAX; self->n_blocks++) {
    const guint8 *block = sector + self->n_blocks * BLOCK_LENGTH;

    if (!is_block (block))
      return;

    self->has_good_crc &= has_good_crc (block);
  }
}

/**
 * firmware_esp_signature_find:
 * @self: (out caller-allocates): what to fill
 * @data: (array length=size): a part that begins with an image
 * @size: its size
 * @image_size: how long the image is
 *
 * Looks for signatures behind an image. They have a sector of their own, the first one behind the
 * image or, where the image was padded before it was signed, a later one.
 *
 * Returns: whether the image is signed
 */
gboolean
firmware_esp_signature_find (FirmwareEspSignature *self,
                             const guint8 *data,
                             gsize size,
                             gsize image_size)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (image_size >= size)
    return FALSE;

  for (gsize offset = (image_size + FIRMWARE_ESP_SECTOR_SIZE - 1) / FIRMWARE_ESP_SECTOR_SIZE *
                      FIRMWARE_ESP_SECTOR_SIZE;
       offset < size && size - offset >= FIRMWARE_ESP_SECTOR_SIZE;
       offset += FIRMWARE_ESP_SECTOR_SIZE) {
    if (!is_block (data + offset))
      continue;

    self->offset = offset;
    read_blocks (self, data + offset);
    return TRUE;
  }

  return FALSE;
}
