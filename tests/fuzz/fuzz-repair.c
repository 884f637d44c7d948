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

#include <string.h>

#define CRC_LENGTH 4
#define RECORD_MD5 72

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

/**
 * fuzz_repair:
 * @data: (array length=size): a file that was changed by chance
 * @size: how long it is
 *
 * Makes the MD5 sums of an ESP archive and the CRC of a DFU suffix right again, where the file
 * still has them.
 */
void
fuzz_repair (guint8 *data, gsize size)
{
  g_autoptr (GBytes) copy = g_bytes_new (data, size);

  if (firmware_cpio_is_present (copy))
    repair_archive (data, copy);

  if (firmware_dfu_suffix_is_present (copy))
    repair_suffix (data, size);
}
