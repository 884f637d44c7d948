/* nor-flash.c: a NOR flash chip: programming clears bits, only erasing sets them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "nor-flash.h"

#include <string.h>

struct _NorFlash {
  guint8 *bytes;
  gsize size;
  gsize sector_size;    /* the least that is erased at once, in bytes */
  guint *sector_erases; /* one for each sector */
  NorFlashTiming timing;
  NorFlashStats stats;
  guint64 busy_us;
  gboolean corrupt_next;
};

static void
erase_range (NorFlash *self, guint32 address, gsize length)
{
  gsize start = address - address % length;

  if (start >= self->size)
    return;

  memset (self->bytes + start, 0xff, length);
  for (gsize offset = 0; offset < length; offset += self->sector_size)
    self->sector_erases[(start + offset) / self->sector_size]++;
}

/* Clears the lowest bit that should have stayed set; all-zero data have none to lose. */
static void
lose_a_bit (NorFlash *self, guint32 address, gsize length)
{
  for (gsize i = address; i < address + length; i++) {
    if (self->bytes[i] == 0)
      continue;

    self->bytes[i] &= self->bytes[i] - 1;
    self->corrupt_next = FALSE;
    return;
  }
}

NorFlash *
nor_flash_new (gsize size)
{
  g_return_val_if_fail (size % NOR_FLASH_BLOCK_SIZE == 0, NULL);

  return nor_flash_new_with_sectors (size, NOR_FLASH_SECTOR_SIZE);
}

NorFlash *
nor_flash_new_with_sectors (gsize size, gsize sector_size)
{
  NorFlash *self = g_new0 (NorFlash, 1);

  g_return_val_if_fail (size > 0 && size % sector_size == 0, NULL);

  self->size = size;
  self->sector_size = sector_size;
  self->bytes = g_malloc (size);
  memset (self->bytes, 0xff, size);
  self->sector_erases = g_new0 (guint, size / sector_size);

  return self;
}

void
nor_flash_free (NorFlash *self)
{
  g_free (self->bytes);
  g_free (self->sector_erases);
  g_free (self);
}

void
nor_flash_set_timing (NorFlash *self, const NorFlashTiming *timing)
{
  self->timing = *timing;
}

const NorFlashTiming *
nor_flash_get_timing (NorFlash *self)
{
  return &self->timing;
}

gsize
nor_flash_get_size (NorFlash *self)
{
  return self->size;
}

gsize
nor_flash_get_sector_size (NorFlash *self)
{
  return self->sector_size;
}

const guint8 *
nor_flash_get_contents (NorFlash *self)
{
  return self->bytes;
}

const NorFlashStats *
nor_flash_get_stats (NorFlash *self)
{
  return &self->stats;
}

guint
nor_flash_get_sector_erases (NorFlash *self, gsize sector)
{
  g_return_val_if_fail (sector < self->size / self->sector_size, 0);

  return self->sector_erases[sector];
}

void
nor_flash_read (NorFlash *self, guint32 address, guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    data[i] = (gsize) address + i < self->size ? self->bytes[address + i] : 0xff;
}

void
nor_flash_program (NorFlash *self, guint32 address, const guint8 *data, gsize length)
{
  gsize fits = address < self->size ? MIN (length, self->size - address) : 0;

  for (gsize i = 0; i < fits; i++)
    self->bytes[address + i] &= data[i];
  if (self->corrupt_next)
    lose_a_bit (self, address, fits);

  self->stats.n_programs++;
  self->stats.n_bytes_programmed += fits;
  self->busy_us += self->timing.page_program_us * length / NOR_FLASH_PAGE_SIZE;
}

void
nor_flash_erase_sector (NorFlash *self, guint32 address)
{
  erase_range (self, address, NOR_FLASH_SECTOR_SIZE);
  self->stats.n_sector_erases++;
  self->busy_us += self->timing.sector_erase_us;
}

void
nor_flash_erase_block (NorFlash *self, guint32 address)
{
  erase_range (self, address, NOR_FLASH_BLOCK_SIZE);
  self->stats.n_block_erases++;
  self->busy_us += self->timing.block_erase_us;
}

void
nor_flash_erase (NorFlash *self, guint32 address, gsize length)
{
  g_return_if_fail (length > 0 && length % self->sector_size == 0);

  erase_range (self, address, length);
  self->stats.n_sector_erases++;
}

void
nor_flash_corrupt_next_program (NorFlash *self)
{
  self->corrupt_next = TRUE;
}

guint64
nor_flash_take_busy_us (NorFlash *self)
{
  guint64 busy_us = self->busy_us;

  self->busy_us = 0;

  return busy_us;
}

gboolean
nor_flash_load (NorFlash *self, const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, error))
    return FALSE;

  if (length > self->size) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "%s has %" G_GSIZE_FORMAT " bytes, the flash %" G_GSIZE_FORMAT, path, length,
                 self->size);
    return FALSE;
  }

  memset (self->bytes, 0xff, self->size);
  memcpy (self->bytes, contents, length);

  return TRUE;
}

gboolean
nor_flash_save (NorFlash *self, const char *path, GError **error)
{
  return g_file_set_contents (path, (const char *) self->bytes, self->size, error);
}
