/* esp32s2-rom-writer.c: how the loader writes files to flash and checks them in the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "esp32s2-rom.h"

#include <string.h>

#define NOT_CHECKED (ROM_FILE_TO_RAM | ROM_FILE_CALL | ROM_FILE_NO_MD5)
#define PARAMETERS_LENGTH 32
#define PARAMETERS_CHIP_SIZE 12 /* offset of the chip's size in flash_params.dat */

static guint32
read_u32 (const guint8 *bytes)
{
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (guint32) bytes[3] << 24;
}

static void
trace (Esp32s2RomWriter *self, const char *operation, guint32 address, gsize length)
{
  if (self->trace != NULL)
    self->trace (operation, address, length, self->trace_data);
}

/* Whether the loader will touch the flash there. It fails without a word where it will not. */
static gboolean
is_reachable (Esp32s2RomWriter *self, guint64 address, gsize length)
{
  return address + length <= self->chip_size;
}

static void
erase_unit (Esp32s2RomWriter *self, guint64 address, gsize length)
{
  if (!is_reachable (self, address, length))
    return;

  if (length == NOR_FLASH_BLOCK_SIZE)
    nor_flash_erase_block (self->flash, address);
  else
    nor_flash_erase_sector (self->flash, address);
}

/* Sectors up to the next block and for the last sixteen, blocks between. A range that begins with
 * a block has its first block erased sector by sector all the same. */
static void
erase (Esp32s2RomWriter *self, guint32 start, gsize length)
{
  const gsize sectors_per_block = NOR_FLASH_BLOCK_SIZE / NOR_FLASH_SECTOR_SIZE;
  guint64 address = start - start % NOR_FLASH_SECTOR_SIZE;
  gsize n_left = (start - address + length + NOR_FLASH_SECTOR_SIZE - 1) / NOR_FLASH_SECTOR_SIZE;

  trace (self, "erase", address, n_left * NOR_FLASH_SECTOR_SIZE);

  while (n_left > 0) {
    gboolean is_first = address / NOR_FLASH_BLOCK_SIZE == start / NOR_FLASH_BLOCK_SIZE;
    gsize n_sectors = !is_first && n_left > sectors_per_block ? sectors_per_block : 1;

    erase_unit (self, address, n_sectors * NOR_FLASH_SECTOR_SIZE);
    address += n_sectors * NOR_FLASH_SECTOR_SIZE;
    n_left -= n_sectors;
  }
}

/* The controller takes words: an address between two of them fails. */
static void
program (Esp32s2RomWriter *self, guint64 address, const guint8 *data, gsize length)
{
  trace (self, "write", address, length);

  if (address % 4 == 0 && is_reachable (self, address, length))
    nor_flash_program (self->flash, address, data, length);
}

/* Whole words first, then what is left, filled up to a word. */
static void
program_padded (Esp32s2RomWriter *self, guint64 address, const guint8 *data, gsize length)
{
  gsize whole = length - length % 4;
  guint8 tail[4] = { 0xff, 0xff, 0xff, 0xff };

  if (whole > 0)
    program (self, address, data, whole);
  if (whole == length)
    return;

  memcpy (tail, data + whole, length - whole);
  program (self, address + whole, tail, sizeof tail);
}

static void
take_parameters (Esp32s2RomWriter *self)
{
  if (self->piece_length >= PARAMETERS_LENGTH)
    self->chip_size = read_u32 (self->piece + PARAMETERS_CHIP_SIZE);
  esp32s2_rom_writer_attach (self);
}

/* What goes to RAM or is called as a function leaves no mark that a host could see. */
static void
write_piece (Esp32s2RomWriter *self)
{
  Esp32s2RomFile *file = self->current;

  if ((file->flags & ROM_FILE_PARAMETERS) != 0) {
    take_parameters (self);
  } else if ((file->flags & (ROM_FILE_TO_RAM | ROM_FILE_CALL)) == 0) {
    if (!self->is_erased && (file->flags & ROM_FILE_NO_ERASE) == 0)
      erase (self, file->address, file->size);
    self->is_erased = TRUE;
    program_padded (self, (guint64) file->address + self->offset, self->piece, self->piece_length);
  }

  self->offset += self->piece_length;
  self->piece_length = 0;
}

static gboolean
has_good_md5 (Esp32s2RomWriter *self, const Esp32s2RomFile *file)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize digest_length = sizeof digest;

  for (guint32 offset = 0; offset < file->size; offset += ESP32S2_ROM_TRANSFER_SIZE) {
    gsize length = MIN (file->size - offset, ESP32S2_ROM_TRANSFER_SIZE);
    const guint8 *bytes = esp32s2_rom_writer_read (self, file->address + offset, length);

    g_checksum_update (checksum, bytes, length);
  }

  self->bytes_checked += file->size;
  g_checksum_get_digest (checksum, digest, &digest_length);

  return memcmp (digest, file->md5, sizeof digest) == 0;
}

static Esp32s2RomFile *
find_file (Esp32s2RomWriter *self, const char *name)
{
  for (guint i = 0; i < self->n_files; i++) {
    Esp32s2RomFile *file = &self->files[i];

    if (memchr (file->name, '\0', sizeof file->name) != NULL && g_str_equal (file->name, name))
      return file;
  }

  return NULL;
}

void
esp32s2_rom_writer_attach (Esp32s2RomWriter *self)
{
  trace (self, "attach", 0, 0);
}

void
esp32s2_rom_writer_set_table (Esp32s2RomWriter *self, const guint8 *table, gsize length)
{
  self->n_files = MIN (length / ESP32S2_ROM_RECORD_LENGTH, ESP32S2_ROM_MAX_FILES);

  for (guint i = 0; i < self->n_files; i++) {
    const guint8 *record = table + i * ESP32S2_ROM_RECORD_LENGTH;
    Esp32s2RomFile *file = &self->files[i];

    *file = (Esp32s2RomFile){ .address = read_u32 (record), .flags = read_u32 (record + 4) };
    memcpy (file->name, record + 8, sizeof file->name);
    memcpy (file->md5, record + 72, sizeof file->md5);
  }
}

gboolean
esp32s2_rom_writer_begin_file (Esp32s2RomWriter *self, const char *name, guint32 size)
{
  self->current = find_file (self, name);
  if (self->current == NULL)
    return FALSE;

  self->current->has_arrived = TRUE;
  self->current->size = size;
  self->is_erased = FALSE;
  self->offset = 0;
  self->piece_length = 0;

  return TRUE;
}

void
esp32s2_rom_writer_write_file (Esp32s2RomWriter *self, const guint8 *data, gsize length)
{
  while (length > 0) {
    gsize wanted = MIN (sizeof self->piece, self->current->size - self->offset);
    gsize taken = MIN (length, wanted - self->piece_length);

    memcpy (self->piece + self->piece_length, data, taken);
    self->piece_length += taken;
    data += taken;
    length -= taken;

    if (self->piece_length == wanted)
      write_piece (self);
  }
}

void
esp32s2_rom_writer_write_raw (Esp32s2RomWriter *self, const guint8 *data, gsize length)
{
  if (self->raw_address % NOR_FLASH_SECTOR_SIZE == 0)
    erase (self, self->raw_address, NOR_FLASH_SECTOR_SIZE);

  program_padded (self, self->raw_address, data, length);
  self->raw_address += length;
}

Esp32s2RomStatus
esp32s2_rom_writer_check (Esp32s2RomWriter *self)
{
  for (guint i = 0; i < self->n_files; i++) {
    const Esp32s2RomFile *file = &self->files[i];

    if ((file->flags & NOT_CHECKED) != 0)
      continue;
    if (!file->has_arrived)
      return ROM_STATUS_TARGET;
    if (!has_good_md5 (self, file))
      return ROM_STATUS_FIRMWARE;
  }

  return ROM_STATUS_OK;
}

const guint8 *
esp32s2_rom_writer_read (Esp32s2RomWriter *self, guint32 address, gsize length)
{
  trace (self, "read", address, length);

  if (is_reachable (self, address, length))
    nor_flash_read (self->flash, address, self->stale, length);

  return self->stale;
}
