/* firmware-esp-erase.c: what an ESP chip's ROM erases for a part, and how long that takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-erase.h"

#include "firmware-esp-sector.h"

#define BLOCK_SIZE 0x10000
#define SECTORS_A_BLOCK (BLOCK_SIZE / FIRMWARE_ESP_SECTOR_SIZE)

/* What flash chips typically need, in milliseconds; they allow themselves ten times that. */
#define SECTOR_TIME 45
#define BLOCK_TIME 150

/**
 * firmware_esp_erase_add:
 * @self: (inout): erases so far
 * @address: where a part goes in the flash
 * @size: how many bytes it has, at least one
 *
 * Adds what the ROM erases at once when the first bytes of a part have come: sectors up to the next
 * block, of which there are sixteen when the part begins with one; then blocks, while more than
 * sixteen sectors are left; and sectors to the end.
 */
void
firmware_esp_erase_add (FirmwareEspErase *self, guint32 address, gsize size)
{
  const guint64 start = firmware_esp_sector_start (address);
  const guint64 end = firmware_esp_sector_end (address + (guint64) size);
  const guint64 first_end = MIN (firmware_esp_align_down (start, BLOCK_SIZE) + BLOCK_SIZE, end);
  const guint n_left = (guint) ((end - first_end) / FIRMWARE_ESP_SECTOR_SIZE);
  const guint n_blocks = n_left > 0 ? (n_left - 1) / SECTORS_A_BLOCK : 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (size > 0);

  self->n_sectors += (guint) ((first_end - start) / FIRMWARE_ESP_SECTOR_SIZE);
  self->n_sectors += n_left - n_blocks * SECTORS_A_BLOCK;
  self->n_blocks += n_blocks;
}

/**
 * firmware_esp_erase_sum:
 * @image: an ESP archive
 * @start: an offset in its payload
 * @end: another; %G_MAXSIZE for the payload's end
 *
 * Returns: what is erased for the members whose data begin at @start or behind it, and before @end
 */
FirmwareEspErase
firmware_esp_erase_sum (FirmwareImage *image, gsize start, gsize end)
{
  FirmwareEspErase sum = { 0, 0 };

  for (guint i = 0; i < firmware_image_get_n_pieces (image); i++) {
    gsize offset = 0;
    guint64 address = 0;
    const gsize size = firmware_image_get_piece (image, i, &offset, &address);

    if (offset >= start && offset < end)
      firmware_esp_erase_add (&sum, (guint32) address, size);
  }

  return sum;
}

/**
 * firmware_esp_erase_count:
 * @self: erases
 *
 * Returns: how many there are, of either kind
 */
guint
firmware_esp_erase_count (const FirmwareEspErase *self)
{
  return self->n_sectors + self->n_blocks;
}

/**
 * firmware_esp_erase_get_time:
 * @self: erases
 *
 * Returns: how long they typically take, in milliseconds
 */
guint64
firmware_esp_erase_get_time (const FirmwareEspErase *self)
{
  return (guint64) self->n_sectors * SECTOR_TIME + (guint64) self->n_blocks * BLOCK_TIME;
}
