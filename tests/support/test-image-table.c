/* test-image-table.c: partition tables for tests, as ESP-IDF would make them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-image.h"

#include <string.h>

#define TABLE_LENGTH 0xc00
#define ENTRY_LENGTH 32
#define OTA_DATA_ADDRESS 0xd000
#define OTA_DATA_SIZE 0x2000

static const struct {
  guint8 type;
  guint8 subtype;
  guint32 offset;
  guint32 size;
  const char *label;
} partitions[] = {
  { 1, 0x02, 0x9000, 0x4000, "nvs" },
  { 1, 0x00, OTA_DATA_ADDRESS, OTA_DATA_SIZE, "otadata" },
  { 1, 0x01, 0xf000, 0x1000, "phy_init" },
  { 0, 0x00, TEST_IMAGE_APP_ADDRESS, TEST_IMAGE_STORAGE_ADDRESS - TEST_IMAGE_APP_ADDRESS,
    "factory" },
  { 1, 0x82, TEST_IMAGE_STORAGE_ADDRESS, TEST_IMAGE_FLASH_SIZE - TEST_IMAGE_STORAGE_ADDRESS,
    "storage" },
};

static void
write_u32 (guint8 *field, guint32 value)
{
  const guint32 bytes = GUINT32_TO_LE (value);

  memcpy (field, &bytes, sizeof bytes);
}

/* Writes the first so many partitions, the last one up to an address. */
static GBytes *
new_table (gsize n_partitions, guint32 end)
{
  guint8 *table = g_malloc (TABLE_LENGTH);
  guint8 *entry = table;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize md5_length = 16;

  memset (table, 0xff, TABLE_LENGTH);

  for (gsize i = 0; i < n_partitions; i++, entry += ENTRY_LENGTH) {
    memset (entry, 0, ENTRY_LENGTH);
    entry[0] = 0xaa;
    entry[1] = 0x50;
    entry[2] = partitions[i].type;
    entry[3] = partitions[i].subtype;
    write_u32 (entry + 4, partitions[i].offset);
    write_u32 (entry + 8, i + 1 < n_partitions ? partitions[i].size : end - partitions[i].offset);
    memcpy (entry + 12, partitions[i].label, strlen (partitions[i].label));
  }

  entry[0] = 0xeb;
  entry[1] = 0xeb;
  g_checksum_update (checksum, table, entry - table);
  g_checksum_get_digest (checksum, entry + 16, &md5_length);

  return g_bytes_new_take (table, TABLE_LENGTH);
}

/**
 * test_image_new_partition_table:
 *
 * Makes a partition table for a 4 MiB flash, with its MD5.
 *
 * Returns: (transfer full): the table
 */
GBytes *
test_image_new_partition_table (void)
{
  return new_table (G_N_ELEMENTS (partitions), TEST_IMAGE_FLASH_SIZE);
}

/**
 * test_image_new_partition_table_for:
 * @app_size: how large the application is, in bytes
 *
 * Makes the same table, but a large application takes the place of the storage.
 *
 * Returns: (transfer full): the table
 */
GBytes *
test_image_new_partition_table_for (gsize app_size)
{
  if (app_size <= TEST_IMAGE_MULTI_PART_APP_SIZE_MAX)
    return test_image_new_partition_table ();

  return new_table (G_N_ELEMENTS (partitions) - 1, TEST_IMAGE_FLASH_SIZE);
}

/**
 * test_image_patch_entry:
 * @table: a partition table of ours, with all of its partitions
 * @number: which of its entries to change
 * @offset: where in that entry
 * @bytes: (array length=length): the new ones
 * @length: how many
 *
 * Changes a copy, which has no MD5, as old tables have none.
 *
 * Returns: (transfer full): the changed copy
 */
GBytes *
test_image_patch_entry (GBytes *table, guint number, gsize offset, const char *bytes, gsize length)
{
  g_autoptr (GBytes) erased = test_image_new_erased (ENTRY_LENGTH);
  g_autoptr (GBytes) patched =
    test_image_patch (table, number * ENTRY_LENGTH + offset, bytes, length);

  return test_image_patch (patched, G_N_ELEMENTS (partitions) * ENTRY_LENGTH,
                           g_bytes_get_data (erased, NULL), ENTRY_LENGTH);
}
