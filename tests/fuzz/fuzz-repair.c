/* fuzz-repair.c: mends the checksums of what libFuzzer has changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Behind a checksum nothing would ever be tried: no chance change keeps a CRC-32 or an MD5 right.
 */

#include "fuzz-repair.h"

#include "firmware-cpio.h"
#include "firmware-dfu-suffix.h"
#include "firmware-esp-table.h"
#include "firmware-ihex.h"
#include "firmware-uf2.h"

#include <string.h>

#define CRC_LENGTH 4
#define RECORD_MD5 72
#define UF2_SUM 8 /* behind start and length of what it is of */

static void
repair_suffix (guint8 *data, gsize size)
{
  guint32 crc = GUINT32_TO_LE (firmware_dfu_suffix_crc (data, size - CRC_LENGTH));

  memcpy (data + size - CRC_LENGTH, &crc, CRC_LENGTH);
}

/* The first member is the table of the others' sums. */
static void
repair_archive (guint8 *data, GBytes *copy)
{
  FirmwareCpioReader reader;
  FirmwareCpioMember table;
  FirmwareCpioMember member;

  firmware_cpio_reader_init (&reader, copy);
  if (!firmware_cpio_reader_next (&reader, &table, NULL) || table.is_trailer)
    return;

  for (gsize record = 0; record + FIRMWARE_ESP_RECORD_LENGTH <= table.size;
       record += FIRMWARE_ESP_RECORD_LENGTH) {
    if (!firmware_cpio_reader_next (&reader, &member, NULL) || member.is_trailer)
      return;

    firmware_esp_md5 (data + table.offset + record + RECORD_MD5, data + member.offset, member.size);
  }
}

/* Only what can be a record at all: the last two of an even number of digits are its checksum. */
static void
repair_record (guint8 *digits, gsize n_digits)
{
  static const char hexadecimal[] = "0123456789ABCDEF";
  guint8 sum = 0;

  if (n_digits < 4 || n_digits % 2 != 0)
    return;

  for (gsize i = 0; i < n_digits - 2; i += 2)
    sum += (guint8) (g_ascii_xdigit_value ((char) digits[i]) << 4 |
                     g_ascii_xdigit_value ((char) digits[i + 1]));

  sum = (guint8) -sum;
  digits[n_digits - 2] = (guint8) hexadecimal[sum >> 4];
  digits[n_digits - 1] = (guint8) hexadecimal[sum & 0xf];
}

static void
repair_hex (guint8 *data, gsize size)
{
  gsize n_digits = 0;

  for (gsize i = 0; i < size; i += 1 + n_digits) {
    n_digits = 0;
    while (data[i] == ':' && i + 1 + n_digits < size &&
           g_ascii_isxdigit ((char) data[i + 1 + n_digits]))
      n_digits++;

    repair_record (data + i + 1, n_digits);
  }
}

/* The sum that Espressif's tools put right behind the payload. */
static void
repair_blocks (guint8 *data, gsize size)
{
  for (gsize offset = 0; size - offset >= FIRMWARE_UF2_BLOCK_SIZE;
       offset += FIRMWARE_UF2_BLOCK_SIZE) {
    FirmwareUf2Block block;
    guint8 *sum = NULL;

    if (!firmware_uf2_block_parse (&block, data, offset, NULL) || block.is_skipped ||
        (block.flags & FIRMWARE_UF2_FILE_CONTAINER) != 0 ||
        (block.flags & FIRMWARE_UF2_MD5_PRESENT) == 0)
      continue;

    sum = data + (block.data - data) + block.size;
    firmware_esp_md5 (sum + UF2_SUM, block.data, block.size);
  }
}

/**
 * fuzz_repair:
 * @data: (array length=size): a file that was changed by chance
 * @size: how long it is
 *
 * Makes the MD5 sums of an ESP archive and of UF2, the checksums of Intel HEX and the CRC of a DFU
 * suffix right again, where the file still has them.
 */
void
fuzz_repair (guint8 *data, gsize size)
{
  g_autoptr (GBytes) copy = g_bytes_new (data, size);

  if (firmware_cpio_is_present (copy))
    repair_archive (data, copy);

  if (firmware_ihex_is_present (copy))
    repair_hex (data, size);

  if (firmware_uf2_is_present (copy))
    repair_blocks (data, size);

  if (firmware_dfu_suffix_is_present (copy))
    repair_suffix (data, size);
}
