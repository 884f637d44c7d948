/* test-firmware-esp-archive.c: what an archive holds and where it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-chip.h"
#include "firmware-image.h"

#include "test-archive.h"
#include "test-check.h"
#include "test-image.h"

#define MIB (1024 * 1024)

static void
assert_segment (FirmwareImage *image,
                guint number,
                const char *name,
                guint64 address,
                guint64 size,
                FirmwareRole role)
{
  FirmwareSegment *segment = test_get_segment (image, number);

  g_assert_cmpstr (firmware_segment_get_name (segment), ==, name);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, address);
  g_assert_cmpuint (firmware_segment_get_size (segment), ==, size);
  g_assert_cmpint (firmware_segment_get_role (segment), ==, role);
}

/* Every byte of every segment is where firmware_image_locate() says, and nowhere else. */
static void
check_locations (FirmwareImage *image)
{
  gsize size = 0;
  const guint8 *payload = g_bytes_get_data (firmware_image_get_payload (image), &size);
  guint64 n_located = 0;

  for (gsize offset = 0; offset < size; offset++) {
    guint64 address = 0;
    FirmwareSegment *segment = firmware_image_locate (image, offset, &address);
    const guint8 *data = NULL;
    guint64 start = 0;

    if (segment == NULL)
      continue;

    n_located++;
    start = firmware_segment_get_address (segment);
    data = g_bytes_get_data (firmware_segment_get_data (segment), NULL);
    g_assert_cmpuint (address, >=, start);
    g_assert_cmpuint (address, <, start + firmware_segment_get_size (segment));
    g_assert_cmpuint (data[address - start], ==, payload[offset]);
  }

  g_assert_cmpuint (n_located, ==, firmware_image_get_total_size (image));
  g_assert_null (firmware_image_locate (image, size, NULL));
  g_assert_null (firmware_image_locate (image, G_MAXSIZE, NULL));
}

static void
test_single (void)
{
  g_autoptr (GBytes) file = test_image_new (40000);
  g_autoptr (FirmwareImage) image = test_read_image (file);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
  g_assert_cmpuint (firmware_image_get_flash_size (image), ==, 4 * MIB);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  g_assert_cmpstr (firmware_image_get_idf_version (image), ==, "v5.2.1");
  g_assert_cmpstr (firmware_image_get_build_date (image), ==, "May  3 2026");
  g_assert_cmphex (firmware_image_get_suffix (image)->vendor, ==, FIRMWARE_ESP_VENDOR);
  g_assert_cmphex (firmware_image_get_suffix (image)->product, ==, 0x0002);
  g_assert_cmpuint (g_bytes_get_size (firmware_image_get_payload (image)), ==,
                    g_bytes_get_size (file) - FIRMWARE_DFU_SUFFIX_LENGTH);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 3);
  assert_segment (image, 0, "bootloader.bin", 0x1000, 0x2000, FIRMWARE_ROLE_BOOTLOADER);
  assert_segment (image, 1, "partition-table.bin", 0x8000, 0xc00, FIRMWARE_ROLE_PARTITION_TABLE);
  assert_segment (image, 2, "blink.bin", 0x10000, 40000, FIRMWARE_ROLE_APPLICATION);
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 0x2000 + 0xc00 + 40000);

  check_locations (image);
}

static void
test_multi_part (void)
{
  g_autoptr (GBytes) file = test_image_new_multi_part (0x0002, 40001);
  g_autoptr (FirmwareImage) image = test_read_image (file);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 5);
  assert_segment (image, 0, "bootloader.bin", 0x1000, 0x1ffd, FIRMWARE_ROLE_BOOTLOADER);
  assert_segment (image, 1, "partition-table.bin", 0x8000, 0xc00, FIRMWARE_ROLE_PARTITION_TABLE);
  assert_segment (image, 2, "ota_data_initial.bin", 0xd000, 0x2000, FIRMWARE_ROLE_OTA_DATA);
  assert_segment (image, 3, "blink.bin", 0x10000, 40001, FIRMWARE_ROLE_APPLICATION);
  assert_segment (image, 4, "storage.bin", 0x300000, 0x2345, FIRMWARE_ROLE_DATA);

  check_locations (image);
}

/* Around the size where the tool starts to cut, and a part of several pieces. */
static void
test_pieces (void)
{
  const gsize sizes[] = { 512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1, 3 * 512 * 1024 + 700 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) file = test_image_new (sizes[i]);
    g_autoptr (FirmwareImage) image = test_read_image (file);
    g_autoptr (GBytes) app = test_image_new_app (0x0002, sizes[i], "blink", "1.0.3", "v5.2.1");

    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 3);
    assert_segment (image, 2, "blink.bin", 0x10000, sizes[i], FIRMWARE_ROLE_APPLICATION);
    g_assert_true (g_bytes_equal (firmware_segment_get_data (test_get_segment (image, 2)), app));
    check_locations (image);
  }
}

static void
test_largest (void)
{
  g_autoptr (GBytes) file = test_image_new (TEST_IMAGE_APP_SIZE_MAX);
  g_autoptr (FirmwareImage) image = test_read_image (file);

  assert_segment (image, 2, "blink.bin", 0x10000, TEST_IMAGE_APP_SIZE_MAX,
                  FIRMWARE_ROLE_APPLICATION);
}

static void
test_small_sizes (void)
{
  for (gsize size = 1; size < 700; size++) {
    g_autoptr (GBytes) file = test_image_new (size);
    g_autoptr (FirmwareImage) image = test_read_image (file);

    g_assert_cmpuint (firmware_segment_get_size (test_get_segment (image, 2)), ==, size);
    if (size < TEST_IMAGE_APP_SIZE_MIN)
      g_assert_cmpstr (firmware_image_get_title (image), ==, "bootloader");
  }
}

static void
test_chips (void)
{
  const struct {
    guint16 product;
    const char *chip;
    guint64 bootloader_address;
  } rows[] = {
    { 0x0002, "ESP32-S2", 0x1000 },
    { 0x0009, "ESP32-S3", 0x0 },
    { 0x0012, "ESP32-P4", 0x2000 },
    { 0x0020, "ESP32-S31", 0x2000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = test_image_new_for_product (rows[i].product, 4000);
    g_autoptr (FirmwareImage) image = test_read_image (file);

    g_assert_cmpstr (firmware_image_get_chip (image), ==, rows[i].chip);
    assert_segment (image, 0, "bootloader.bin", rows[i].bootloader_address, 0x2000,
                    FIRMWARE_ROLE_BOOTLOADER);
  }
}

/* Names that only look like pieces stay apart. */
static void
test_no_pieces (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) sector = test_image_new_pattern (4096, 1);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  test_archive_add (archive, "a.bin", 0x1000, sector);
  test_archive_add (archive, "a.bin.2", 0x2000, sector); /* not the first piece behind it */
  test_archive_add (archive, "b.bin", 0x4000, sector);
  test_archive_add (archive, "b.bin.1", 0x6000, sector); /* not right behind it */
  test_archive_add (archive, "c.bin.1", 0x7000, sector); /* without a head */
  file = test_archive_finish (archive, 0x0002);
  image = test_read_image (file);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 5);
}

/* Neither the table nor the members need an order. */
static void
test_unsorted (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) first = test_image_new_pattern (4096, 1);
  g_autoptr (GBytes) second = test_image_new_pattern (100, 2);
  g_autoptr (GBytes) third = test_image_new_pattern (5000, 3);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  test_archive_list (archive, "third.bin", 0x20000, 0, third);
  test_archive_list (archive, "first.bin", 0x1000, 0, first);
  test_archive_list (archive, "first.bin.1", 0x2000, 0, second);
  test_archive_put (archive, "first.bin.1", second);
  test_archive_put (archive, "third.bin", third);
  test_archive_put (archive, "first.bin", first);
  file = test_archive_finish (archive, 0x0002);
  image = test_read_image (file);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 2);
  assert_segment (image, 0, "first.bin", 0x1000, 4196, FIRMWARE_ROLE_DATA);
  assert_segment (image, 1, "third.bin", 0x20000, 5000, FIRMWARE_ROLE_DATA);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "third");
  g_assert_null (firmware_image_get_idf_version (image));
  g_assert_null (firmware_image_get_build_date (image));
  check_locations (image);
}

/* Files made before May 2022 do not tell the size of the flash. */
static void
test_without_parameters (void)
{
  const struct {
    guint32 address;
    int code; /* -1: accepted */
  } rows[] = {
    { 2 * MIB - 4096, -1 },
    { 2 * MIB - 4092, FIRMWARE_ERROR_BEYOND_FLASH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) data = test_image_new_pattern (4096, 1);
    g_autoptr (GBytes) file = NULL;

    test_archive_add (archive, "a.bin", rows[i].address, data);
    file = test_archive_finish (archive, 0x0002);

    if (rows[i].code < 0) {
      g_autoptr (FirmwareImage) image = test_read_image (file);

      g_assert_cmpuint (firmware_image_get_flash_size (image), ==, 2 * MIB);
    } else {
      test_assert_refused (file, rows[i].code, "a.bin");
    }
  }
}

static FirmwareImage *
load_test_data (const char *first, const char *second)
{
  g_autofree char *path = g_build_filename (g_getenv ("BOOTLACE_TEST_DATA"), first, second, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_image_load (file, NULL, &error);

  g_assert_no_error (error);

  return image;
}

static void
test_real_files (void)
{
  g_autoptr (FirmwareImage) blink = NULL;
  g_autoptr (FirmwareImage) golden = NULL;

  if (g_getenv ("BOOTLACE_TEST_DATA") == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  blink = load_test_data ("blink.dfu.bin", NULL);
  g_assert_cmpstr (firmware_image_get_title (blink), ==, "blink qa-test-v5.0-20220830-4-g4532e6");
  g_assert_cmpstr (firmware_image_get_idf_version (blink), ==, "v5.0-beta1-427-g4532e6e0b2-dirt");
  g_assert_cmpstr (firmware_image_get_build_date (blink), ==, "Sep 13 2022");
  g_assert_cmpuint (firmware_image_get_flash_size (blink), ==, 2 * MIB);
  assert_segment (blink, 0, "bootloader.bin", 0x1000, 21968, FIRMWARE_ROLE_BOOTLOADER);
  assert_segment (blink, 1, "partition-table.bin", 0x8000, 96, FIRMWARE_ROLE_PARTITION_TABLE);
  assert_segment (blink, 2, "blink.bin", 0x10000, 182368, FIRMWARE_ROLE_APPLICATION);
  check_locations (blink);

  golden = load_test_data ("esp-idf-golden", "dfu.bin");
  g_assert_cmpstr (firmware_image_get_title (golden), ==, "3");
  g_assert_cmpuint (firmware_image_get_total_size (golden), ==, 1024 + 2048 + 3072);
  check_locations (golden);
}

static const struct {
  const char *name;
  void (*run) (void);
} tests[] = {
  { "single", test_single },
  { "multi-part", test_multi_part },
  { "pieces", test_pieces },
  { "largest", test_largest },
  { "small-sizes", test_small_sizes },
  { "chips", test_chips },
  { "no-pieces", test_no_pieces },
  { "unsorted", test_unsorted },
  { "without-parameters", test_without_parameters },
  { "real-files", test_real_files },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-archive/", tests[i].name, NULL);

    g_test_add_func (path, tests[i].run);
  }

  return g_test_run ();
}
