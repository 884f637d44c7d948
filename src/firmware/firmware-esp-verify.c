/* firmware-esp-verify.c: whether an ESP image is whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-verify.h"

#include "firmware-bytes.h"

#include <string.h>

/* esp_image_segment_header_t of ESP-IDF. */
#define SEGMENT_HEADER_LENGTH 8
#define SEGMENT_DATA_LENGTH 4

#define CHECKSUM_SEED 0xef
#define CHECKSUM_ALIGNMENT 16
#define HASH_LENGTH 32

G_DEFINE_ENUM_TYPE (FirmwareEspProof,
                    firmware_esp_proof,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_PROOF_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_PROOF_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_PROOF_WRONG, "wrong"))

static guint8
sum_up (guint8 checksum, const guint8 *data, guint32 length)
{
  for (guint32 i = 0; i < length; i++)
    checksum ^= data[i];

  return checksum;
}

/* Stops behind what is missing: the numbers there would be those of something else. */
static guint64
walk_segments (const FirmwareEspImage *header, const guint8 *data, gsize size, guint8 *checksum)
{
  guint64 offset = FIRMWARE_ESP_IMAGE_HEADER_LENGTH;

  for (guint i = 0; i < header->n_segments; i++) {
    const guint8 *segment = data + offset;
    guint32 length = 0;

    offset += SEGMENT_HEADER_LENGTH;
    if (offset > size)
      return offset;

    length = firmware_bytes_read_u32 (segment + SEGMENT_DATA_LENGTH);
    offset += length;
    if (offset > size)
      return offset;

    *checksum = sum_up (*checksum, segment + SEGMENT_HEADER_LENGTH, length);
  }

  return offset;
}

static FirmwareEspProof
check_hash (const guint8 *data, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[HASH_LENGTH];
  gsize hash_length = sizeof hash;

  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_get_digest (checksum, hash, &hash_length);

  return memcmp (hash, data + length, sizeof hash) == 0 ? FIRMWARE_ESP_PROOF_GOOD
                                                        : FIRMWARE_ESP_PROOF_WRONG;
}

/**
 * firmware_esp_verify:
 * @self: (out caller-allocates): what to fill
 * @header: the header of the image
 * @data: (array length=size): the part that begins with it
 * @size: its size
 *
 * Walks through an image as ESP-IDF's bootloader does. The checksum byte ends the image at a
 * multiple of 16 bytes, and the hash follows.
 */
void
firmware_esp_verify (FirmwareEspExtent *self,
                     const FirmwareEspImage *header,
                     const guint8 *data,
                     gsize size)
{
  guint8 checksum = CHECKSUM_SEED;
  guint64 end = 0;
  gsize hash_offset = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (header != NULL);
  g_return_if_fail (data != NULL && size >= FIRMWARE_ESP_IMAGE_HEADER_LENGTH);

  *self = (FirmwareEspExtent){ 0 };
  end = walk_segments (header, data, size, &checksum);
  end += CHECKSUM_ALIGNMENT - end % CHECKSUM_ALIGNMENT;
  self->size = end + (header->has_hash ? HASH_LENGTH : 0);
  self->is_complete = self->size <= size;
  if (!self->is_complete)
    return;

  hash_offset = (gsize) end;
  self->checksum =
    data[hash_offset - 1] == checksum ? FIRMWARE_ESP_PROOF_GOOD : FIRMWARE_ESP_PROOF_WRONG;
  if (header->has_hash)
    self->hash = check_hash (data, hash_offset);
}
