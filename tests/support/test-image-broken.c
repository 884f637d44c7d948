/* test-image-broken.c: files that must be refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-image.h"

#include "firmware-dfu-suffix.h"
#include "firmware-esp-archive.h"

#include "test-archive.h"

#include <string.h>

typedef struct {
  const char *name;
  GBytes *(*make) (guint16 product, gsize app_size);
} Fault;

static GBytes *
new_app (guint16 chip_id, gsize app_size)
{
  return test_image_new_app (chip_id, MAX (app_size, TEST_IMAGE_APP_SIZE_MIN), "blink", "1.0.3",
                             "v5.2.1");
}

static guint16
find_chip_id (guint16 product)
{
  return firmware_esp_chip_find_by_product (product)->id;
}

static GBytes *
make_empty (guint16 product, gsize app_size)
{
  return g_bytes_new (NULL, 0);
}

static GBytes *
make_crc (guint16 product, gsize app_size)
{
  g_autoptr (GBytes) file = test_image_new_for_product (product, app_size);

  return test_image_flip (file, g_bytes_get_size (file) - 1, 0x01);
}

static GBytes *
make_truncated (guint16 product, gsize app_size)
{
  g_autoptr (GBytes) file = test_image_new_for_product (product, app_size);

  return g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) / 2);
}

static GBytes *
make_no_suffix (guint16 product, gsize app_size)
{
  g_autoptr (GBytes) file = test_image_new_for_product (product, app_size);

  return g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - FIRMWARE_DFU_SUFFIX_LENGTH);
}

static GBytes *
make_md5 (guint16 product, gsize app_size)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) app = new_app (find_chip_id (product), app_size);
  g_autoptr (GBytes) damaged = test_image_flip (app, g_bytes_get_size (app) / 2, 0x10);

  test_archive_add_parameters (archive, TEST_IMAGE_FLASH_SIZE);
  test_archive_list (archive, "blink.bin", TEST_IMAGE_APP_ADDRESS, 0, app);
  test_archive_put (archive, "blink.bin", damaged);

  return test_archive_finish (archive, product);
}

static GBytes *
make_missing_part (guint16 product, gsize app_size)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) app = new_app (find_chip_id (product), app_size);
  g_autoptr (GBytes) table = test_image_new_partition_table ();

  test_archive_add_parameters (archive, TEST_IMAGE_FLASH_SIZE);
  test_archive_list (archive, "partition-table.bin", TEST_IMAGE_TABLE_ADDRESS, 0, table);
  test_archive_add (archive, "blink.bin", TEST_IMAGE_APP_ADDRESS, app);

  return test_archive_finish (archive, product);
}

static GBytes *
make_beyond_flash (guint16 product, gsize app_size)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) app = new_app (find_chip_id (product), app_size);

  test_archive_add_parameters (archive, TEST_IMAGE_FLASH_SIZE);
  test_archive_add (archive, "blink.bin", TEST_IMAGE_FLASH_SIZE - FIRMWARE_ESP_SECTOR_SIZE, app);
  test_archive_add (archive, "more.bin", TEST_IMAGE_FLASH_SIZE, app);

  return test_archive_finish (archive, product);
}

static GBytes *
make_overlap (guint16 product, gsize app_size)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) app = new_app (find_chip_id (product), app_size);
  g_autoptr (GBytes) storage = test_image_new_pattern (16, 5);

  test_archive_add_parameters (archive, TEST_IMAGE_FLASH_SIZE);
  test_archive_add (archive, "storage.bin", TEST_IMAGE_APP_ADDRESS - 16, storage);
  test_archive_add (archive, "blink.bin", TEST_IMAGE_APP_ADDRESS - FIRMWARE_ESP_SECTOR_SIZE, app);

  return test_archive_finish (archive, product);
}

static GBytes *
make_no_table (guint16 product, gsize app_size)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) app = new_app (find_chip_id (product), app_size);

  test_archive_put (archive, "blink.bin", app);

  return test_archive_finish (archive, product);
}

/* Bytes that look like nothing: no archive, no suffix. */
static GBytes *
make_raw (guint16 product, gsize app_size)
{
  return test_image_new_pattern (app_size, product);
}

/* An application with a suffix, which the ROM would write over its own bootloader. */
static GBytes *
make_raw_with_suffix (guint16 product, gsize app_size)
{
  g_autoptr (GBytes) app = new_app (find_chip_id (product), app_size);

  return firmware_dfu_suffix_append (app, FIRMWARE_ESP_VENDOR, product);
}

static const Fault faults[] = {
  { "empty", make_empty },
  { "crc", make_crc },
  { "truncated", make_truncated },
  { "no-suffix", make_no_suffix },
  { "md5", make_md5 },
  { "missing-part", make_missing_part },
  { "beyond-flash", make_beyond_flash },
  { "overlap", make_overlap },
  { "no-table", make_no_table },
  { "raw", make_raw },
  { "raw-with-suffix", make_raw_with_suffix },
};

/**
 * test_image_list_faults:
 *
 * Lists what test_image_new_broken() can make.
 *
 * Returns: (transfer none) (array zero-terminated=1): names of faults
 */
const char *const *
test_image_list_faults (void)
{
  static const char *names[G_N_ELEMENTS (faults) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    names[i] = faults[i].name;

  return names;
}

/**
 * test_image_new_broken:
 * @fault: what shall be wrong, one of test_image_list_faults()
 * @product: idProduct of the chip's ROM loader
 * @app_size: how large the application shall be, in bytes
 *
 * Makes a file that must be refused.
 *
 * Returns: (transfer full) (nullable): the whole file, or %NULL when there is no such fault
 */
GBytes *
test_image_new_broken (const char *fault, guint16 product, gsize app_size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    if (g_str_equal (faults[i].name, fault))
      return faults[i].make (product, app_size);
  }

  return NULL;
}
