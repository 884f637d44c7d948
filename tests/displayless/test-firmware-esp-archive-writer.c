/* test-firmware-esp-archive-writer.c: archives are what Espressif's own tool makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-archive.h"

#include "test-image.h"

#define MIB (1024 * 1024)

typedef struct {
  const char *name;
  guint16 product;
  guint32 flash_size;
  guint32 part_size;
  gboolean bootloader_only;
  const char *sha256;
} Golden;

/* The digests of what Espressif's tool made of the three files below. */
static const Golden goldens[] = {
  { "small-parts-4-mib", 0x0002, 4 * MIB, 4096, FALSE,
    "397f84c4f1b200d8bf2874316cd37ecd11a84d5139b5d71ef253d4cc90322715" },
  { "2-mib", 0x0002, 2 * MIB, 524288, FALSE,
    "86dee9030271cc015d971833a55e6c1f23a28fa4db1def7f81dbd8e98a4454f7" },
  { "8-mib", 0x0002, 8 * MIB, 524288, FALSE,
    "697b7154ad5d2f454d4fd6111dc60725aabe32edc1b6b8597535bde89ee5350d" },
  { "small-parts-16-mib", 0x0002, 16 * MIB, 4096, FALSE,
    "4e8b507e6ab6598c0f336d6b66c1557a8445b86b623c8fb86e1d60756917e0e2" },
  { "bootloader-esp32s2", 0x0002, 4 * MIB, 524288, TRUE,
    "5f8f28ec50c35b8cc9f83676bb050dd8efa4e215d5a71781bc394c9a487c781b" },
  { "bootloader-esp32s3", 0x0009, 4 * MIB, 524288, TRUE,
    "fad956eec1e21ba696bb83393478e6da7aa615a052cc122b07ba16d0d7b93c7e" },
  { "bootloader-esp32p4", 0x0012, 4 * MIB, 524288, TRUE,
    "681d9076922e7dcc55858995c7780b839181085d81d3aeb81a0dc7b8fafe2539" },
  { "bootloader-esp32s31", 0x0020, 4 * MIB, 524288, TRUE,
    "1afd4079e627fa2b4d1daed37ccc44492204c70722726602d565a90bce5120a6" },
};

static GBytes *
make_bootloader (void)
{
  guint8 data[37];

  for (gsize i = 0; i < sizeof data; i++)
    data[i] = (guint8) (7 * i + 3);

  return g_bytes_new (data, sizeof data);
}

static GBytes *
make_partition_table (void)
{
  guint8 data[64];

  for (gsize i = 0; i < sizeof data; i++)
    data[i] = i % 32 == 0 ? 0xaa : i % 32 == 1 ? 0x50 : (guint8) i;

  return g_bytes_new (data, sizeof data);
}

static GBytes *
make_app (void)
{
  guint8 data[5000];

  for (gsize i = 0; i < sizeof data; i++)
    data[i] = (guint8) (13 * i + 1);

  return g_bytes_new (data, sizeof data);
}

static void
test_golden (gconstpointer user_data)
{
  const Golden *golden = user_data;
  g_autoptr (GBytes) bootloader = make_bootloader ();
  g_autoptr (GBytes) table = make_partition_table ();
  g_autoptr (GBytes) app = make_app ();
  const FirmwareEspArchiveInput inputs[] = {
    { "bootloader.bin", 0x1000, bootloader },
    { "partition-table.bin", 0x8000, table },
    { "app.bin", 0x10000, app },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    firmware_esp_archive_write (inputs, golden->bootloader_only ? 1 : G_N_ELEMENTS (inputs),
                                golden->product, golden->flash_size, golden->part_size, &error);
  g_autofree char *sha256 = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (file), ==, 10256);

  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_assert_cmpstr (sha256, ==, golden->sha256);
}

/* Inputs may come in any order and be empty; the archive is the same. */
static void
test_order (void)
{
  g_autoptr (GBytes) bootloader = make_bootloader ();
  g_autoptr (GBytes) table = make_partition_table ();
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  const FirmwareEspArchiveInput inputs[] = {
    { "app.bin", 0x10000, app },
    { "nothing.bin", 0x8000, nothing },
    { "bootloader.bin", 0x1000, bootloader },
    { "partition-table.bin", 0x8000, table },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    firmware_esp_archive_write (inputs, G_N_ELEMENTS (inputs), 0x0002, 2 * MIB, 524288, &error);
  g_autofree char *sha256 = NULL;

  g_assert_no_error (error);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_assert_cmpstr (sha256, ==, goldens[1].sha256);
}

static GBytes *
read_test_data (const char *first, const char *second)
{
  const char *folder = g_getenv ("BOOTLACE_TEST_DATA");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize size = 0;

  path = g_build_filename (folder, first, second, NULL);
  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, size);
}

/* ESP-IDF's own test vector. */
static void
test_esp_idf (void)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) third = NULL;
  g_autoptr (GBytes) expected = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("BOOTLACE_TEST_DATA") == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  first = read_test_data ("esp-idf-golden", "1.bin");
  second = read_test_data ("esp-idf-golden", "2.bin");
  third = read_test_data ("esp-idf-golden", "3.bin");
  expected = read_test_data ("esp-idf-golden", "dfu.bin");

  const FirmwareEspArchiveInput inputs[] = {
    { "1.bin", 0x1000, first },
    { "2.bin", 0x8000, second },
    { "3.bin", 0x10000, third },
  };

  file = firmware_esp_archive_write (inputs, G_N_ELEMENTS (inputs), 0x0002, 4 * MIB,
                                     FIRMWARE_ESP_PART_SIZE_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

typedef struct {
  const char *name; /* of the case */
  const char *part_name;
  guint32 address;
  gsize size;
  guint16 product;
  guint32 flash_size;
  guint32 part_size;
  int code; /* -1: accepted */
} Limit;

static const Limit limits[] = {
  { "fits-exactly", "a.bin", 0, MIB, 0x0002, MIB, 524288, -1 },
  { "one-byte-too-long", "a.bin", 0, MIB + 1, 0x0002, MIB, 524288, FIRMWARE_ERROR_BEYOND_FLASH },
  { "behind-the-end", "a.bin", MIB, 1, 0x0002, MIB, 524288, FIRMWARE_ERROR_BEYOND_FLASH },
  { "address-wraps", "a.bin", 0xfffffffc, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BEYOND_FLASH },
  { "unaligned-address", "a.bin", 2, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BAD_ADDRESS },
  { "nothing-to-write", "a.bin", 0, 0, 0x0002, MIB, 524288, FIRMWARE_ERROR_NOTHING_TO_WRITE },
  { "63-records", "a.bin", 0, 63 * 4096, 0x0002, MIB, 4096, -1 },
  { "64-records", "a.bin", 0, 63 * 4096 + 1, 0x0002, MIB, 4096, FIRMWARE_ERROR_TOO_MANY_PARTS },
  { "name-of-63", "123456789-123456789-123456789-123456789-123456789-123456789-123", 0, 8, 0x0002,
    MIB, 524288, -1 },
  { "name-of-64", "123456789-123456789-123456789-123456789-123456789-123456789-1234", 0, 8, 0x0002,
    MIB, 524288, FIRMWARE_ERROR_BAD_NAME },
  { "piece-name-of-64", "123456789-123456789-123456789-123456789-123456789-123456789-12", 0, 8192,
    0x0002, MIB, 4096, FIRMWARE_ERROR_BAD_NAME },
  { "no-name", "", 0, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BAD_NAME },
  { "reserved-name", "flash_params.dat", 0, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BAD_NAME },
  { "table-name", "dfuinfo0.dat", 0, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BAD_NAME },
  { "trailer-name", "TRAILER!!!", 0, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BAD_NAME },
  { "control-character", "a\n.bin", 0, 8, 0x0002, MIB, 524288, FIRMWARE_ERROR_BAD_NAME },
  { "part-size-0", "a.bin", 0, 8, 0x0002, MIB, 0, FIRMWARE_ERROR_MALFORMED },
  { "part-size-4095", "a.bin", 0, 8, 0x0002, MIB, 4095, FIRMWARE_ERROR_MALFORMED },
  { "flash-size-0", "a.bin", 0, 8, 0x0002, 0, 524288, FIRMWARE_ERROR_MALFORMED },
  { "flash-size-128-mib", "a.bin", 0, 8, 0x0002, 128 * MIB, 524288, -1 },
  { "flash-size-too-large", "a.bin", 0, 8, 0x0002, 129 * MIB, 524288, FIRMWARE_ERROR_MALFORMED },
  { "cut-inside-a-sector", "a.bin", 0x1004, 8192, 0x0002, MIB, 4096, FIRMWARE_ERROR_OVERLAP },
  { "whole-inside-a-sector", "a.bin", 0x1004, 4096, 0x0002, MIB, 4096, -1 },
  { "unknown-chip", "a.bin", 0, 8, 0x0003, MIB, 524288, FIRMWARE_ERROR_MALFORMED },
  { "product-0", "a.bin", 0, 8, 0x0000, MIB, 524288, FIRMWARE_ERROR_MALFORMED },
};

static void
test_limit (gconstpointer user_data)
{
  const Limit *limit = user_data;
  g_autoptr (GBytes) data = test_image_new_pattern (limit->size, 1);
  const FirmwareEspArchiveInput input = { limit->part_name, limit->address, data };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    firmware_esp_archive_write (&input, 1, limit->product, limit->flash_size, limit->part_size,
                                &error);

  if (limit->code < 0) {
    g_assert_no_error (error);
    g_assert_nonnull (file);
  } else {
    g_assert_error (error, FIRMWARE_ERROR, limit->code);
    g_assert_null (file);
  }
}

static void
test_neighbours (void)
{
  const struct {
    guint32 second_address;
    gsize first_size;
    int code;
  } rows[] = {
    { 0x2000, 4096, -1 },
    { 0x2000, 4097, FIRMWARE_ERROR_OVERLAP },
    { 0x1ffc, 8, FIRMWARE_ERROR_OVERLAP },
    { 0x1000, 8, FIRMWARE_ERROR_OVERLAP },
    { 0x2004, 4096, -1 },
    { 0x3000, 100000, FIRMWARE_ERROR_OVERLAP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) first = test_image_new_pattern (rows[i].first_size, 1);
    g_autoptr (GBytes) second = test_image_new_pattern (8, 2);
    const FirmwareEspArchiveInput inputs[] = {
      { "second.bin", rows[i].second_address, second },
      { "first.bin", 0x1000, first },
    };
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) file =
      firmware_esp_archive_write (inputs, G_N_ELEMENTS (inputs), 0x0002, MIB, 524288, &error);

    g_test_message ("%" G_GSIZE_FORMAT " bytes at 0x1000, then 0x%x", rows[i].first_size,
                    rows[i].second_address);
    if (rows[i].code < 0)
      g_assert_no_error (error);
    else
      g_assert_error (error, FIRMWARE_ERROR, rows[i].code);
  }
}

static void
test_same_name (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (8, 1);
  const FirmwareEspArchiveInput inputs[] = {
    { "a.bin", 0x1000, data },
    { "a.bin", 0x2000, data },
  };
  g_autoptr (GError) error = NULL;

  g_assert_null (
    firmware_esp_archive_write (inputs, G_N_ELEMENTS (inputs), 0x0002, MIB, 524288, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BAD_NAME);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (goldens); i++) {
    g_autofree char *path =
      g_strconcat ("/firmware/esp-archive-writer/golden/", goldens[i].name, NULL);

    g_test_add_data_func (path, &goldens[i], test_golden);
  }
  g_test_add_func ("/firmware/esp-archive-writer/order", test_order);
  g_test_add_func ("/firmware/esp-archive-writer/esp-idf", test_esp_idf);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++) {
    g_autofree char *path =
      g_strconcat ("/firmware/esp-archive-writer/limit/", limits[i].name, NULL);

    g_test_add_data_func (path, &limits[i], test_limit);
  }
  g_test_add_func ("/firmware/esp-archive-writer/neighbours", test_neighbours);
  g_test_add_func ("/firmware/esp-archive-writer/same-name", test_same_name);

  return g_test_run ();
}
