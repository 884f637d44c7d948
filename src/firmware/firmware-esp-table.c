/* firmware-esp-table.c: dfuinfo0.dat, which tells the ROM where files go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-table.h"

#include "firmware-bytes.h"
#include "firmware-cpio.h"
#include "firmware-error.h"
#include "firmware-esp-parameters.h"
#include "firmware-text.h"

#include <string.h>

/* A record, ESP32-S2 ROM. */
#define RECORD_ADDRESS 0
#define RECORD_FLAGS 4
#define RECORD_NAME 8
#define RECORD_MD5 72

static gboolean
check_flags (const FirmwareEspRecord *record, GError **error)
{
  gboolean is_parameters = g_str_equal (record->name, FIRMWARE_ESP_PARAMETERS_NAME);
  guint32 expected = is_parameters ? FIRMWARE_ESP_FLAGS_PARAMETERS : 0;

  if (record->flags == expected)
    return TRUE;

  if ((record->flags & (FIRMWARE_ESP_FLAG_COPY_TO_RAM | FIRMWARE_ESP_FLAG_CALL)) != 0)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "%s carries flags 0x%x, which make the chip run code from the file", record->name,
                 record->flags);
  else
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "%s carries flags 0x%x instead of 0x%x", record->name, record->flags, expected);

  return FALSE;
}

static gboolean
parse_record (FirmwareEspRecord *self, const guint8 *data, guint number, GError **error)
{
  self->address = firmware_bytes_read_u32 (data + RECORD_ADDRESS);
  self->flags = firmware_bytes_read_u32 (data + RECORD_FLAGS);
  memcpy (self->name, data + RECORD_NAME, sizeof self->name);
  memcpy (self->md5, data + RECORD_MD5, sizeof self->md5);

  if (memchr (self->name, '\0', sizeof self->name) == NULL ||
      !firmware_esp_table_is_name (self->name)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Record %u of " FIRMWARE_ESP_TABLE_NAME
                 " has no name that a member could have, of 1 to %d bytes",
                 number, FIRMWARE_ESP_RECORD_NAME_MAX);
    return FALSE;
  }

  if (!check_flags (self, error)) {
    g_prefix_error (error, "Record %u of " FIRMWARE_ESP_TABLE_NAME ": ", number);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_new_name (GArray *records, const char *name, GError **error)
{
  for (guint i = 0; i < records->len; i++) {
    if (!g_str_equal (g_array_index (records, FirmwareEspRecord, i).name, name))
      continue;

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Records %u and %u of " FIRMWARE_ESP_TABLE_NAME " are both named %s", i,
                 records->len, name);
    return FALSE;
  }

  return TRUE;
}

/**
 * firmware_esp_table_is_name:
 * @name: a name
 *
 * Tells whether a member that the table lists can be named like this.
 *
 * Returns: whether it can
 */
gboolean
firmware_esp_table_is_name (const char *name)
{
  gsize length = strlen (name);

  return length >= 1 && length <= FIRMWARE_ESP_RECORD_NAME_MAX &&
         !g_str_equal (name, FIRMWARE_ESP_TABLE_NAME) &&
         !g_str_equal (name, FIRMWARE_CPIO_TRAILER) && firmware_text_is_printable (name);
}

/**
 * firmware_esp_table_parse:
 * @data: (array length=size): the data of dfuinfo0.dat
 * @size: how many
 * @error: return location for an error, whose place counts from @data on
 *
 * Reads all records. Names are made of printable characters and differ from each other;
 * flash_params.dat has the flags that make the ROM take it for that, and nothing else has flags:
 * with them the ROM would run code, write without erasing, or not verify what it wrote.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareEspRecord): the records
 */
GArray *
firmware_esp_table_parse (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GArray) records = NULL;
  gsize n_records = size / FIRMWARE_ESP_RECORD_LENGTH;

  if (n_records == 0 || size % FIRMWARE_ESP_RECORD_LENGTH != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 FIRMWARE_ESP_TABLE_NAME " has %" G_GSIZE_FORMAT
                                         " bytes instead of 1 to %d records of %d",
                 size, FIRMWARE_ESP_RECORDS_MAX, FIRMWARE_ESP_RECORD_LENGTH);
    firmware_error_set_offset (error, 0);
    return NULL;
  }

  if (n_records > FIRMWARE_ESP_RECORDS_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_MANY_PARTS,
                 FIRMWARE_ESP_TABLE_NAME " lists %" G_GSIZE_FORMAT
                                         " parts; the chip's ROM takes at most %d",
                 n_records, FIRMWARE_ESP_RECORDS_MAX);
    firmware_error_set_offset (error, 0);
    return NULL;
  }

  records = g_array_sized_new (FALSE, FALSE, sizeof (FirmwareEspRecord), (guint) n_records);

  for (guint i = 0; i < n_records; i++) {
    FirmwareEspRecord record;

    if (!parse_record (&record, data + i * FIRMWARE_ESP_RECORD_LENGTH, i, error) ||
        !check_new_name (records, record.name, error)) {
      firmware_error_set_offset (error, i * FIRMWARE_ESP_RECORD_LENGTH);
      return NULL;
    }

    g_array_append_val (records, record);
  }

  return g_steal_pointer (&records);
}

/**
 * firmware_esp_table_append:
 * @table: a dfuinfo0.dat that is being written
 * @name: the member's name, at most %FIRMWARE_ESP_RECORD_NAME_MAX bytes
 * @address: where it goes in the flash
 * @flags: a set of #FirmwareEspFlag
 * @data: (array length=size): the member's data
 * @size: how many
 *
 * Appends a record for a member.
 */
void
firmware_esp_table_append (GByteArray *table,
                           const char *name,
                           guint32 address,
                           guint32 flags,
                           const guint8 *data,
                           gsize size)
{
  guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH];
  gsize length = strlen (name);

  g_return_if_fail (length <= FIRMWARE_ESP_RECORD_NAME_MAX);

  firmware_bytes_append_u32 (table, address);
  firmware_bytes_append_u32 (table, flags);
  g_byte_array_append (table, (const guint8 *) name, (guint) length);
  firmware_bytes_append_zeros (table, RECORD_MD5 - RECORD_NAME - length);

  firmware_esp_md5 (md5, data, size);
  g_byte_array_append (table, md5, sizeof md5);
}

/**
 * firmware_esp_md5:
 * @md5: (out caller-allocates): the digest
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Computes the digest by which ROM and bootloader tell that bytes are right.
 */
void
firmware_esp_md5 (guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH], const guint8 *data, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize length = FIRMWARE_ESP_RECORD_MD5_LENGTH;

  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, md5, &length);
}
