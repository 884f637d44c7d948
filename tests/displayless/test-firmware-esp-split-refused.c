/* test-firmware-esp-split-refused.c: bytes that are no flash of an ESP chip, or that of no one chip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-split.h"

#include "test-flash.h"
#include "test-image.h"

#define CHIP_C3 0x0005

static FirmwareEspBuild *
split (GBytes *data, guint64 address, GError **error)
{
  const FirmwareRun run = { .address = address, .data = data };

  return firmware_esp_split (&run, 1, NULL, error);
}

static void
assert_split_refused (TestFlash *flash, int code, const char *const *words)
{
  g_autoptr (GBytes) data = test_flash_get_all (flash);
  g_autoptr (GError) error = NULL;

  g_assert_null (split (data, 0, &error));
  g_assert_error (error, FIRMWARE_ERROR, code);
  for (; *words != NULL; words++)
    g_assert_nonnull (g_strstr_len (error->message, -1, *words));
}

static void
test_unknown_chip (void)
{
  const char *const words[] = { "bootloader", "unknown chip", "0x7777", NULL };
  const char *const app_words[] = { "application", "unknown chip", "0x7777", NULL };
  g_autoptr (TestFlash) flash = test_flash_new (0x20000);
  g_autoptr (TestFlash) other = test_flash_new (0x20000);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x7777, 0x1000);
  g_autoptr (GBytes) app = test_image_new_app (0x7777, 0x1000, "blink", "1", "v5.2.1");
  g_autoptr (GBytes) data = NULL;
  FirmwareRun run = { .address = 0 };

  test_flash_put (flash, 0x1000, bootloader);
  test_flash_put (other, TEST_IMAGE_APP_ADDRESS, app);
  assert_split_refused (flash, FIRMWARE_ERROR_NO_LOADER, words);
  assert_split_refused (other, FIRMWARE_ERROR_NO_LOADER, app_words);

  data = test_flash_get_all (other);
  run.data = data;
  g_assert_true (firmware_esp_split_is_flash (&run, 1));
}

static void
test_no_loader (void)
{
  const char *const words[] = { "ESP32-C3", NULL };
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_C3);

  assert_split_refused (flash, FIRMWARE_ERROR_NO_LOADER, words);
}

static void
test_no_chip (void)
{
  const char *const words[] = { "neither a bootloader nor an application", NULL };
  g_autoptr (TestFlash) flash = test_flash_new (0x10000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) data = NULL;
  FirmwareRun run = { .address = 0 };

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, table);
  assert_split_refused (flash, FIRMWARE_ERROR_UNKNOWN_CHIP, words);

  data = test_flash_get_all (flash);
  run.data = data;
  g_assert_false (firmware_esp_split_is_flash (&run, 1));
}

static void
test_other_memory (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (0x1000, 3);
  const FirmwareRun run = { .address = 0x08000000, .data = data };
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_esp_split_is_flash (&run, 1));
  g_assert_null (split (data, run.address, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH);
}

/* Two bytes in each of many sectors would become whole sectors. */
static void
test_scattered (void)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (FirmwareRun));
  g_autoptr (GBytes) byte = g_bytes_new_static ("", 1);
  g_autoptr (GError) error = NULL;

  for (guint64 sector = 0; sector < 0x1000; sector++) {
    const FirmwareRun pair[] = { { sector * 0x1000, byte }, { sector * 0x1000 + 0xffe, byte } };

    g_array_append_vals (runs, pair, G_N_ELEMENTS (pair));
  }

  g_assert_null (firmware_esp_split ((const FirmwareRun *) runs->data, runs->len, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-split/refused/unknown-chip", test_unknown_chip);
  g_test_add_func ("/firmware/esp-split/refused/no-loader", test_no_loader);
  g_test_add_func ("/firmware/esp-split/refused/no-chip", test_no_chip);
  g_test_add_func ("/firmware/esp-split/refused/other-memory", test_other_memory);
  g_test_add_func ("/firmware/esp-split/refused/scattered", test_scattered);

  return g_test_run ();
}
