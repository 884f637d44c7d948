/* nano-esp32-update.c: what Arduino's core does with what it is given
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: arduino-esp32, libraries/Update and variants/arduino_nano_nora; ESP-IDF, app_update.
 */

#include "nano-esp32.h"

#include <string.h>

#define HEADER_LENGTH 24
#define SEGMENT_HEADER_LENGTH 8
#define MAGIC 0xe9
#define CHIP_ID_OFFSET 12
#define CHIP_ID_S3 9
#define HASH_FLAG_OFFSET 23
#define CHECKSUM_SEED 0xef
#define CHECKSUM_ALIGNMENT 16
#define HASH_LENGTH 32

/* The one that does not run; the recovery program is in neither. */
static guint32
get_slot (BoardNanoEsp32 *self)
{
  return self->running == BOARD_NANO_ESP32_FIRST_SLOT
           ? BOARD_NANO_ESP32_FIRST_SLOT + self->options.slot_size
           : BOARD_NANO_ESP32_FIRST_SLOT;
}

/* It goes on where the last block ended, whichever download that was in. */
guint8
nano_update_write (BoardNanoEsp32 *self)
{
  NanoUpdate *update = &self->update;
  const guint32 address = get_slot (self) + update->length;
  const gsize n_held = update->is_running ? 0 : MIN (self->block_length, sizeof update->head);

  if (!update->is_running && self->block[0] != MAGIC)
    return NANO_ERR_WRITE;

  if (update->length + self->block_length > self->options.slot_size) {
    *update = (NanoUpdate){ 0 };
    return NANO_ERR_WRITE;
  }

  memcpy (update->head, self->block, n_held);
  if (address % NOR_FLASH_SECTOR_SIZE == 0)
    nor_flash_erase_sector (self->flash, address);
  nor_flash_program (self->flash, address + n_held, self->block + n_held,
                     self->block_length - n_held);
  update->is_running = TRUE;
  update->length += self->block_length;

  return NANO_OK;
}

static guint32
read_u32 (const guint8 *bytes)
{
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (guint32) bytes[3] << 24;
}

/* Returns the offset behind the last segment, or 0 when there is no room for all of them. */
static gsize
walk_segments (const guint8 *image, gsize size, guint8 *checksum)
{
  gsize offset = HEADER_LENGTH;

  for (guint i = 0; i < image[1]; i++) {
    guint32 length;

    if (offset + SEGMENT_HEADER_LENGTH > size)
      return 0;

    length = read_u32 (image + offset + 4);
    offset += SEGMENT_HEADER_LENGTH;
    if (length > size - offset)
      return 0;

    for (gsize end = offset + length; offset < end; offset++)
      *checksum ^= image[offset];
  }

  return offset;
}

static gboolean
has_hash (const guint8 *image, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[HASH_LENGTH];
  gsize hash_length = sizeof hash;

  g_checksum_update (checksum, image, length);
  g_checksum_get_digest (checksum, hash, &hash_length);

  return memcmp (hash, image + length, sizeof hash) == 0;
}

/* As ESP-IDF looks at an image before it makes it the one to start. */
static gboolean
is_startable (const guint8 *image, gsize size)
{
  guint8 checksum = CHECKSUM_SEED;
  gsize end;

  if (image[0] != MAGIC || read_u32 (image + CHIP_ID_OFFSET) % 0x10000 != CHIP_ID_S3)
    return FALSE;

  end = walk_segments (image, size, &checksum);
  if (end == 0)
    return FALSE;

  end += CHECKSUM_ALIGNMENT - end % CHECKSUM_ALIGNMENT;
  if (end + HASH_LENGTH > size || image[end - 1] != checksum)
    return FALSE;

  return image[HASH_FLAG_OFFSET] == 0 || has_hash (image, end);
}

guint8
nano_update_end (BoardNanoEsp32 *self)
{
  const guint32 slot = get_slot (self);
  const NanoUpdate update = self->update;

  self->update = (NanoUpdate){ 0 };
  if (!update.is_running)
    return NANO_ERR_VERIFY;

  nor_flash_program (self->flash, slot, update.head, sizeof update.head);
  if (!is_startable (nor_flash_get_contents (self->flash) + slot, self->options.slot_size))
    return NANO_ERR_VERIFY;

  self->start = slot;
  return NANO_OK;
}
