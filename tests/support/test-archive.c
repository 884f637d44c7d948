/* test-archive.c: puts an ESP archive together piece by piece, right or wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-archive.h"

#include "firmware-cpio.h"
#include "firmware-dfu-suffix.h"
#include "firmware-esp-chip.h"
#include "firmware-esp-parameters.h"
#include "firmware-esp-table.h"

#define BLOCK_SIZE 10240

struct _TestArchive {
  GByteArray *table;
  GByteArray *members;
};

/**
 * test_archive_list:
 * @self: an archive
 * @name: a name
 * @address: where the member goes
 * @flags: its flags
 * @data: its data, for the MD5
 *
 * Adds a record to the table, and no member.
 */
void
test_archive_list (TestArchive *self,
                   const char *name,
                   guint32 address,
                   guint32 flags,
                   GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  firmware_esp_table_append (self->table, name, address, flags, bytes, size);
}

/**
 * test_archive_put:
 * @self: an archive
 * @name: a name
 * @data: its data
 *
 * Adds a member, and no record.
 */
void
test_archive_put (TestArchive *self, const char *name, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  firmware_cpio_append_member (self->members, name, bytes, size);
}

/**
 * test_archive_add:
 * @self: an archive
 * @name: a name
 * @address: where the member goes
 * @data: its data
 *
 * Adds a member and its record.
 */
void
test_archive_add (TestArchive *self, const char *name, guint32 address, GBytes *data)
{
  test_archive_list (self, name, address, 0, data);
  test_archive_put (self, name, data);
}

/**
 * test_archive_add_parameters:
 * @self: an archive
 * @flash_size: how large the flash shall be taken to be
 *
 * Adds flash_params.dat and its record.
 */
void
test_archive_add_parameters (TestArchive *self, guint32 flash_size)
{
  g_autoptr (GBytes) parameters = firmware_esp_parameters_new (flash_size);

  test_archive_list (self, FIRMWARE_ESP_PARAMETERS_NAME, 0, FIRMWARE_ESP_FLAGS_PARAMETERS,
                     parameters);
  test_archive_put (self, FIRMWARE_ESP_PARAMETERS_NAME, parameters);
}

/**
 * test_archive_finish_payload:
 * @self: an archive
 *
 * Puts the table in front of the members and the trailer behind them. Without a record there is no
 * table.
 *
 * Returns: (transfer full): the archive without a DFU suffix
 */
GBytes *
test_archive_finish_payload (TestArchive *self)
{
  GByteArray *payload = g_byte_array_new ();

  if (self->table->len > 0)
    firmware_cpio_append_member (payload, FIRMWARE_ESP_TABLE_NAME, self->table->data,
                                 self->table->len);
  g_byte_array_append (payload, self->members->data, self->members->len);
  firmware_cpio_append_trailer (payload, BLOCK_SIZE);

  return g_byte_array_free_to_bytes (payload);
}

/**
 * test_archive_finish:
 * @self: an archive
 * @product: idProduct for the DFU suffix
 *
 * Makes the whole file.
 *
 * Returns: (transfer full): the file
 */
GBytes *
test_archive_finish (TestArchive *self, guint16 product)
{
  g_autoptr (GBytes) payload = test_archive_finish_payload (self);

  return firmware_dfu_suffix_append (payload, FIRMWARE_ESP_VENDOR, product);
}

/**
 * test_archive_free:
 * @self: an archive
 *
 * Frees it.
 */
void
test_archive_free (TestArchive *self)
{
  g_byte_array_unref (self->table);
  g_byte_array_unref (self->members);
  g_free (self);
}

/**
 * test_archive_new:
 *
 * Starts an archive without records and members.
 *
 * Returns: (transfer full): an archive
 */
TestArchive *
test_archive_new (void)
{
  TestArchive *self = g_new0 (TestArchive, 1);

  self->table = g_byte_array_new ();
  self->members = g_byte_array_new ();

  return self;
}
