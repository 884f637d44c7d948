/* nor-flash.h: a NOR flash chip: programming clears bits, only erasing sets them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NOR_FLASH_PAGE_SIZE 256
#define NOR_FLASH_SECTOR_SIZE 4096
#define NOR_FLASH_BLOCK_SIZE 65536

/* How long the chip takes, in microseconds. All zero: no time at all. */
typedef struct {
  guint64 sector_erase_us;
  guint64 block_erase_us;
  guint64 page_program_us;
} NorFlashTiming;

/* What has been done to the chip since it was made. */
typedef struct {
  guint64 n_sector_erases; /* commands that erase 4 KiB, or any one sector */
  guint64 n_block_erases;  /* commands that erase 64 KiB */
  guint64 n_programs;
  guint64 n_bytes_programmed;
} NorFlashStats;

typedef struct _NorFlash NorFlash;

/**
 * nor_flash_new:
 * @size: in bytes, a multiple of 64 KiB
 *
 * Returns: an erased chip
 */
NorFlash *nor_flash_new (gsize size);

/**
 * nor_flash_new_with_sectors:
 * @size: in bytes, a multiple of @sector_size
 * @sector_size: the smallest sector, in bytes; all others are multiples of it
 *
 * Returns: an erased chip, or a flash inside a microcontroller
 */
NorFlash *nor_flash_new_with_sectors (gsize size, gsize sector_size);
void nor_flash_free (NorFlash *self);

void nor_flash_set_timing (NorFlash *self, const NorFlashTiming *timing);
const NorFlashTiming *nor_flash_get_timing (NorFlash *self);
gsize nor_flash_get_size (NorFlash *self);
gsize nor_flash_get_sector_size (NorFlash *self);

/**
 * nor_flash_get_contents:
 * @self: a chip
 *
 * Returns: all of its bytes, which it keeps
 */
const guint8 *nor_flash_get_contents (NorFlash *self);
const NorFlashStats *nor_flash_get_stats (NorFlash *self);

/**
 * nor_flash_get_sector_erases:
 * @self: a chip
 * @sector: a sector's number
 *
 * Returns: how often that sector was erased, by whatever command
 */
guint nor_flash_get_sector_erases (NorFlash *self, gsize sector);

/* What lies beyond the chip's end is neither read, programmed nor erased, without a word. */
void nor_flash_read (NorFlash *self, guint32 address, guint8 *data, gsize length);
void nor_flash_program (NorFlash *self, guint32 address, const guint8 *data, gsize length);
void nor_flash_erase_sector (NorFlash *self, guint32 address);
void nor_flash_erase_block (NorFlash *self, guint32 address);

/**
 * nor_flash_erase:
 * @self: a flash
 * @address: an address
 * @length: how large the sector of @address is; sectors of this size begin at its multiples
 *
 * Erases one sector, in no time: how long it takes is for the caller to know.
 */
void nor_flash_erase (NorFlash *self, guint32 address, gsize length);

/**
 * nor_flash_corrupt_next_program:
 * @self: a chip
 *
 * Makes the chip lose one bit of what is programmed next.
 */
void nor_flash_corrupt_next_program (NorFlash *self);

/**
 * nor_flash_take_busy_us:
 * @self: a chip
 *
 * Returns: how long the chip has been busy since the last call
 */
guint64 nor_flash_take_busy_us (NorFlash *self);

gboolean nor_flash_load (NorFlash *self, const char *path, GError **error);
gboolean nor_flash_save (NorFlash *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NorFlash, nor_flash_free)

G_END_DECLS
