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

static void
test_refused (void)
{
  g_autoptr (TestFlash) other = test_flash_new_for_chip (CHIP_C3);
  g_autoptr (TestFlash) mixed = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (TestFlash) erased = test_flash_new (0x10000);
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S3, 0x1000, "blink", "1", "v5.2.1");
  g_autoptr (GBytes) other_file = test_flash_get_all (other);
  g_autoptr (GBytes) erased_file = test_flash_get_all (erased);
  g_autoptr (GBytes) mixed_file = NULL;

  test_flash_put (mixed, TEST_IMAGE_APP_ADDRESS, app);
  mixed_file = test_flash_get_all (mixed);

  test_assert_refused (other_file, FIRMWARE_ERROR_NO_LOADER, "ESP32-C3");
  test_assert_refused (mixed_file, FIRMWARE_ERROR_MIXED_CHIPS, "ESP32-S3");
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
  g_test_add_func ("/firmware/esp-flash/refused", test_refused);

  return g_test_run ();
}
