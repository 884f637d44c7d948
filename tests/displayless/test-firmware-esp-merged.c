/* test-firmware-esp-merged.c: the flash of an ESP chip in one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-chip.h"
#include "firmware-format.h"

#include "test-check.h"
#include "test-flash.h"
#include "test-image.h"

#define CHIP_S2 0x0002
#define CHIP_C3 0x0005
#define CHIP_S3 0x0009
#define CHIP_P4 0x0012
#define CHIP_S31 0x0020

/* The end of the last byte that is not erased. */
#define USED_SIZE (TEST_IMAGE_STORAGE_ADDRESS + TEST_FLASH_STORAGE_SIZE)

static void
assert_blink (FirmwareImage *image, guint16 chip_id)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (chip_id);
  FirmwareSegment *bootloader = test_get_segment (image, 0);
  FirmwareSegment *application = test_get_segment (image, 3);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_esp_archive);
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_esp_flash);
  g_assert_cmpstr (firmware_image_get_chip (image), ==, chip->name);
  g_assert_cmpuint (firmware_image_get_flash_size (image), ==, TEST_IMAGE_FLASH_SIZE);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));

  g_assert_cmphex (firmware_segment_get_address (bootloader), ==, chip->bootloader_address);
  g_assert_cmpint (firmware_segment_get_role (bootloader), ==, FIRMWARE_ROLE_BOOTLOADER);
  g_assert_cmphex (firmware_segment_get_address (application), ==, TEST_IMAGE_APP_ADDRESS);
  g_assert_cmpuint (firmware_segment_get_size (application), ==, TEST_FLASH_APP_SIZE);
}

/* The whole flash; up to the last byte; and without what is before the bootloader. */
static void
test_chip (gconstpointer data)
{
  const guint16 chip_id = (guint16) GPOINTER_TO_UINT (data);
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (chip_id);
  const struct {
    gsize start;
    gsize end;
  } rows[] = {
    { 0, TEST_IMAGE_FLASH_SIZE },
    { 0, USED_SIZE },
    { chip->bootloader_address, USED_SIZE },
  };
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (chip_id);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = test_flash_get (flash, rows[i].start, rows[i].end);
    g_autoptr (FirmwareImage) image = test_read_image (file);

    assert_blink (image, chip_id);
  }
}

/* Read from a board, there may be anything before the bootloader. */
static void
test_read_back (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) digest = test_image_new_pattern (64, 3);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0, digest);
  file = test_flash_get_all (flash);
  image = test_read_image (file);

  g_assert_true (firmware_image_get_origin (image) == &firmware_format_esp_flash);
  g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, 0)), ==, 0);
}

/* With nothing before it, a bootloader in its place needs no table to be told from other files. */
static void
test_without_table (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) erased = test_image_new_erased (0x1000);
  g_autoptr (GBytes) front = NULL;
  g_autoptr (GBytes) bootloader = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (FirmwareImage) alone = NULL;

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, erased);
  front = test_flash_get_all (flash);
  bootloader = test_flash_get (flash, 0x1000, 0x3000);
  image = test_read_image (front);
  alone = test_read_image (bootloader);

  g_assert_true (firmware_image_get_origin (image) == &firmware_format_esp_flash);
  g_assert_true (firmware_image_get_origin (alone) == &firmware_format_esp_binary);
}

/* More than the bootloader's header says, so the flash must be larger. */
static void
test_larger (void)
{
  g_autoptr (TestFlash) small = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (TestFlash) flash = test_flash_new (5 * 1024 * 1024);
  g_autoptr (GBytes) front = test_flash_get_all (small);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0, front);
  file = test_flash_get_all (flash);
  image = test_read_image (file);

  g_assert_cmpuint (firmware_image_get_flash_size (image), ==, 8 * 1024 * 1024);
}

static FirmwareImage *
read_with (TestFlash *flash, gsize address, GBytes *part)
{
  g_autoptr (GBytes) file = NULL;

  test_flash_put (flash, address, part);
  file = test_flash_get_all (flash);

  return test_read_image (file);
}

/* It is shown, and nothing can outweigh the finding. */
static void
test_other_chip (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S3, 0x1000, "blink", "1", "v5.2.1");
  g_autoptr (FirmwareImage) image = read_with (flash, TEST_IMAGE_APP_ADDRESS, app);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
  g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR));
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_OTHER_CHIP, "factory.bin", "ESP32-S3", "ESP32-S2"));
}

/* The flash is that of a chip which takes it, whatever lies where the bootloader should be. */
static void
test_other_bootloader (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0000, 0x2000);
  g_autoptr (FirmwareImage) image = read_with (flash, 0x1000, bootloader);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_OTHER_CHIP, "bootloader.bin", "ESP32", "ESP32-S2"));
}

/* In the place of another chip's, but beside a table. */
static void
test_misplaced_bootloader (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S3);
  g_autoptr (TestFlash) front = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) erased = test_image_new_erased (0x3000);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S3, 0x2000);
  g_autoptr (GBytes) other_bootloader = test_image_new_bootloader (CHIP_S2, 0x1000);
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (FirmwareImage) at_zero = NULL;

  test_flash_put (flash, 0, erased);
  image = read_with (flash, 0x1000, bootloader);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_BOOTLOADER_MISPLACED, "bootloader.bin",
                                   "0x00001000", "0x00000000"));

  test_flash_put (front, 0, erased);
  at_zero = read_with (front, 0, other_bootloader);
  g_assert_true (test_has_finding (at_zero, FIRMWARE_FINDING_BOOTLOADER_MISPLACED, "bootloader.bin",
                                   "0x00000000", "0x00001000"));
}

/* Where another project has put it, with and without what is before the bootloader. */
static void
test_table_moved (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) erased = test_image_new_erased (g_bytes_get_size (table));

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, erased);
  test_flash_put (flash, 0xf000, table);

  for (gsize start = 0; start <= 0x1000; start += 0x1000) {
    g_autoptr (GBytes) file = test_flash_get (flash, start, USED_SIZE);
    g_autoptr (FirmwareImage) image = test_read_image (file);

    g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, 0)), ==, 0x1000);
    g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
    g_assert_true (test_has_finding (image, FIRMWARE_FINDING_TABLE_MOVED, "partition-table.bin",
                                     "0x0000f000", "0x00008000"));
  }
}

static void
test_refused (void)
{
  g_autoptr (TestFlash) other = test_flash_new_for_chip (CHIP_C3);
  g_autoptr (TestFlash) erased = test_flash_new (0x10000);
  g_autoptr (GBytes) other_file = test_flash_get_all (other);
  g_autoptr (GBytes) erased_file = test_flash_get_all (erased);

  test_assert_refused (other_file, FIRMWARE_ERROR_NO_LOADER, "ESP32-C3");
  test_assert_refused (erased_file, FIRMWARE_ERROR_UNKNOWN_FORMAT, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/firmware/esp-flash/s2", GUINT_TO_POINTER (CHIP_S2), test_chip);
  g_test_add_data_func ("/firmware/esp-flash/s3", GUINT_TO_POINTER (CHIP_S3), test_chip);
  g_test_add_data_func ("/firmware/esp-flash/p4", GUINT_TO_POINTER (CHIP_P4), test_chip);
  g_test_add_data_func ("/firmware/esp-flash/s31", GUINT_TO_POINTER (CHIP_S31), test_chip);
  g_test_add_func ("/firmware/esp-flash/read-back", test_read_back);
  g_test_add_func ("/firmware/esp-flash/without-table", test_without_table);
  g_test_add_func ("/firmware/esp-flash/larger", test_larger);
  g_test_add_func ("/firmware/esp-flash/other-chip", test_other_chip);
  g_test_add_func ("/firmware/esp-flash/other-bootloader", test_other_bootloader);
  g_test_add_func ("/firmware/esp-flash/misplaced-bootloader", test_misplaced_bootloader);
  g_test_add_func ("/firmware/esp-flash/table-moved", test_table_moved);
  g_test_add_func ("/firmware/esp-flash/refused", test_refused);

  return g_test_run ();
}
