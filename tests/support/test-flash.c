/* test-flash.c: the flash of a board in one piece, as "esptool merge_bin" makes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-flash.h"

#include "firmware-esp-chip.h"

#include "test-image.h"

#include <string.h>

#define BOOTLOADER_SIZE 0x2000

struct _TestFlash {
  GByteArray *data;
};

/**
 * test_flash_new:
 * @size: how many bytes
 *
 * Makes an erased flash.
 *
 * Returns: (transfer full): the flash
 */
TestFlash *
test_flash_new (gsize size)
{
  TestFlash *self = g_new0 (TestFlash, 1);

  self->data = g_byte_array_new ();
  g_byte_array_set_size (self->data, (guint) size);
  memset (self->data->data, 0xff, size);

  return self;
}

/**
 * test_flash_new_for_chip:
 * @chip_id: a chip
 *
 * Makes a flash of 4 MiB with what test_image_new_multi_part() has in it but for the OTA data: a
 * bootloader, a partition table, an application and a storage partition.
 *
 * Returns: (transfer full): the flash
 */
TestFlash *
test_flash_new_for_chip (guint16 chip_id)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (chip_id);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (chip_id, BOOTLOADER_SIZE);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app =
    test_image_new_app (chip_id, TEST_FLASH_APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) storage = test_image_new_pattern (TEST_FLASH_STORAGE_SIZE, 5);
  TestFlash *self = test_flash_new (TEST_IMAGE_FLASH_SIZE);

  test_flash_put (self, chip->bootloader_address, bootloader);
  test_flash_put (self, TEST_IMAGE_TABLE_ADDRESS, table);
  test_flash_put (self, TEST_IMAGE_APP_ADDRESS, app);
  test_flash_put (self, TEST_IMAGE_STORAGE_ADDRESS, storage);

  return self;
}

/**
 * test_flash_free:
 * @self: (transfer full): a flash
 */
void
test_flash_free (TestFlash *self)
{
  g_clear_pointer (&self->data, g_byte_array_unref);
  g_free (self);
}

/**
 * test_flash_put:
 * @self: a flash
 * @address: where the first byte goes
 * @data: what to write over what is there
 */
void
test_flash_put (TestFlash *self, gsize address, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  g_assert_cmpuint (address + size, <=, self->data->len);
  memcpy (self->data->data + address, bytes, size);
}

/**
 * test_flash_get:
 * @self: a flash
 * @start: an address
 * @end: the address behind the last byte
 *
 * Returns: (transfer full): what is there
 */
GBytes *
test_flash_get (TestFlash *self, gsize start, gsize end)
{
  g_assert_cmpuint (end, <=, self->data->len);

  return g_bytes_new (self->data->data + start, end - start);
}

/**
 * test_flash_get_all:
 * @self: a flash
 *
 * Returns: (transfer full): all of it
 */
GBytes *
test_flash_get_all (TestFlash *self)
{
  return test_flash_get (self, 0, self->data->len);
}
