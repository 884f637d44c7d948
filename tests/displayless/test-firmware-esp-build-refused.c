/* test-firmware-esp-build-refused.c: a build that cannot be written is refused, and named is why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-build.h"

#include "test-build.h"
#include "test-image.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32s2") "}"

typedef struct {
  const char *name;
  const char *json;
  int code;
  const char *message;
} Bad;

static const Bad bads[] = {
  { "missing-file",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"old/gone.bin\"}}",
    FIRMWARE_ERROR_MISSING_PART, "gone.bin for 0x00001000 is not there" },
  { "missing-path",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"old/gone.bin\"}}",
    FIRMWARE_ERROR_MISSING_PART, "build/old/gone.bin" },
  { "missing-all",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"a.bin\", \"0x8000\": "
                                    "\"app.bin\", \"0x10000\": \"c.bin\"}}",
    FIRMWARE_ERROR_MISSING_PART, "build/a.bin; c.bin for 0x00010000 is not there" },
  { "missing-many",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"a\", \"0x2000\": \"b\", "
                                    "\"0x3000\": \"c\", \"0x4000\": \"d\", \"0x5000\": \"e\", "
                                    "\"0x6000\": \"f\"}}",
    FIRMWARE_ERROR_MISSING_PART, "build/d; and 2 more" },
  { "below-a-file",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0\": \"app.bin/gone.bin\"}}",
    FIRMWARE_ERROR_MISSING_PART, "gone.bin for 0x00000000" },
  { "folder", "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"bootloader\"}}",
    FIRMWARE_ERROR_MISSING_PART, "bootloader for 0x00001000" },
  { "dot", "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \".\"}}",
    FIRMWARE_ERROR_MISSING_PART, "build for 0x00001000" },
  { "root", "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"/\"}}",
    FIRMWARE_ERROR_MISSING_PART, "0x00001000" },
  { "same-address",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1000\": \"app.bin\", \"4096\": "
                                    "\"bootloader/bootloader.bin\"}}",
    FIRMWARE_ERROR_OVERLAP, "bootloader.bin are both for address 0x00001000" },
  { "same-name",
    "{" TEST_BUILD_CHIP (
      "esp32s2") ", \"flash_files\": {\"0x8000\": \"app.bin\", \"0\": \"app.bin\"}}",
    FIRMWARE_ERROR_BAD_NAME, "0x00000000 and 0x00008000 are both named app.bin" },
  { "overlap",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x0\": \"app.bin\", \"0x1000\": "
                                    "\"bootloader/bootloader.bin\"}}",
    FIRMWARE_ERROR_OVERLAP, "bootloader.bin at 0x00001000 lies in a flash sector with app.bin" },
  { "unaligned", "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1001\": \"app.bin\"}}",
    FIRMWARE_ERROR_BAD_ADDRESS, "app.bin goes to address 0x00001001" },
  { "beyond-default-size",
    "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0x1ff000\": \"app.bin\"}}",
    FIRMWARE_ERROR_BEYOND_FLASH, "app.bin reaches from 0x001ff000" },
  { "beyond-told-size",
    "{" TEST_BUILD_CHIP ("esp32s2") "," TEST_BUILD_SIZE (
      "1MB") ", \"flash_files\": {\"0x100000\": \"app.bin\"}}",
    FIRMWARE_ERROR_BEYOND_FLASH, "app.bin" },
  { "reserved-name", "{" TEST_BUILD_CHIP ("esp32s2") ", \"flash_files\": {\"0\": \"TRAILER!!!\"}}",
    FIRMWARE_ERROR_BAD_NAME, "TRAILER!!! for 0x00000000 cannot be part" },
  { "esp32", "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32") "}", FIRMWARE_ERROR_NO_LOADER,
    "The ESP32 has no" },
  { "esp32c3", "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32c3") "}",
    FIRMWARE_ERROR_NO_LOADER, "The ESP32-C3 has no" },
  { "esp32h2", "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32h2") "}",
    FIRMWARE_ERROR_NO_LOADER, "The ESP32-H2 has no" },
  { "no-chip", "{" TEST_BUILD_THREE_FILES "}", FIRMWARE_ERROR_UNKNOWN_CHIP, "which chip" },
  { "no-json", "{ \"flash_files\"", FIRMWARE_ERROR_MALFORMED, "flasher_args.json: The JSON makes" },
  { "empty-json", "", FIRMWARE_ERROR_EMPTY, "empty" },
  { "no-json-at-all", "hello", FIRMWARE_ERROR_MALFORMED, "flasher_args.json: The JSON makes" },
  { "comment-in-front", "// Mine\n{ \"flash_files\" }", FIRMWARE_ERROR_MALFORMED,
    "makes no sense at line 1" },
  { "comment-first", "{ /* Mine */\n\"flash_files\" }", FIRMWARE_ERROR_MALFORMED,
    "makes no sense at line 2" },
};

static void
test_bad (TestBuild *fixture, gconstpointer user_data)
{
  const Bad *bad = user_data;

  test_build_write_json (fixture, bad->json);
  test_build_assert_refused (fixture, FIRMWARE_ERROR, bad->code, bad->message);
}

static void
test_no_build (TestBuild *fixture, gconstpointer user_data)
{
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, "app.bin");
  g_autoptr (GError) error = NULL;

  test_build_assert_refused (fixture, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "flasher_args.json");

  g_assert_null (firmware_esp_build_open (file, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT);
}

/* It is not what the person has named, but a file in it. */
static void
test_place_is_a_file (TestBuild *fixture, gconstpointer user_data)
{
  const char *const names[] = { "flasher_args.json", "app.bin" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    test_build_write_json (fixture, GOOD);
    test_build_write_text (fixture, names[i], "");
    g_assert_null (firmware_image_load (fixture->folder, NULL, &error));
    g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY);
    g_assert_nonnull (firmware_error_get_place (error));
    g_assert_cmpstr (firmware_error_get_place (error)->file, ==, names[i]);
  }
}

static void
test_no_files (void)
{
  g_autoptr (FirmwareEspBuild) build = firmware_esp_build_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (firmware_esp_build_write (build, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOTHING_TO_WRITE);
}

/* What is named by a file needs that file's place, so bytes alone are not enough. */
static void
test_bytes_alone (void)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (GOOD, strlen (GOOD));
  g_autoptr (GError) error = NULL;

  g_assert_null (firmware_image_new_from_bytes (contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT);
}

static void
test_cancelled (TestBuild *fixture, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  test_build_write_json (fixture, GOOD);
  g_cancellable_cancel (cancellable);

  g_assert_null (firmware_image_load (fixture->folder, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_empty_part (TestBuild *fixture, gconstpointer user_data)
{
  test_build_write_text (fixture, "app.bin", "");
  test_build_write_json (fixture, GOOD);
  test_build_assert_refused (fixture, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY,
                             "app.bin for 0x00010000: ");
}

/* Reading any of them would wait for ever. */
static void
test_special_part (TestBuild *fixture, gconstpointer user_data)
{
  g_autofree char *path = test_build_dup_path (fixture, "app.bin");

  test_build_write_json (fixture, GOOD);

  g_assert_no_errno (g_remove (path));
  g_assert_no_errno (mkfifo (path, 0600));
  test_build_assert_refused (fixture, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                             "app.bin for 0x00010000: ");

  g_assert_no_errno (g_remove (path));
  g_assert_no_errno (symlink ("/dev/zero", path));
  test_build_assert_refused (fixture, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                             "app.bin for 0x00010000: ");

  g_assert_no_errno (g_remove (path));
  g_assert_no_errno (symlink ("gone", path));
  test_build_assert_refused (fixture, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART, "app.bin");
}

static void
set_size (TestBuild *fixture, const char *name, goffset size)
{
  g_autofree char *path = test_build_dup_path (fixture, name);

  g_assert_no_errno (truncate (path, size));
}

/* It is the sum that counts. The files are sparse: a hole takes no room. */
static void
test_large_parts (TestBuild *fixture, gconstpointer user_data)
{
  const goffset max = FIRMWARE_IMAGE_MAX_SIZE;

  test_build_write_json (fixture, "{" TEST_BUILD_CHIP ("esp32s2") "," TEST_BUILD_SIZE (
                                    "128MB") ", \"flash_files\": {\"0\": "
                                             "\"bootloader/bootloader.bin\", \"0x4000000\": "
                                             "\"app.bin\"}}");

  set_size (fixture, "app.bin", (goffset) 1 << 40);
  test_build_assert_refused (fixture, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE,
                             "app.bin for 0x04000000: ");

  set_size (fixture, "app.bin", max - 36);
  test_build_assert_refused (fixture, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE,
                             "app.bin for 0x04000000: ");
}

static const struct {
  const char *path;
  void (*run) (TestBuild *fixture, gconstpointer user_data);
} folder_tests[] = {
  { "/firmware/esp-build-refused/place-is-a-file", test_place_is_a_file },
  { "/firmware/esp-build-refused/no-build", test_no_build },
  { "/firmware/esp-build-refused/cancelled", test_cancelled },
  { "/firmware/esp-build-refused/empty-part", test_empty_part },
  { "/firmware/esp-build-refused/special-part", test_special_part },
  { "/firmware/esp-build-refused/large-parts", test_large_parts },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bads); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-build-refused/", bads[i].name, NULL);

    g_test_add (path, TestBuild, &bads[i], test_build_set_up, test_bad, test_build_tear_down);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (folder_tests); i++)
    g_test_add (folder_tests[i].path, TestBuild, NULL, test_build_set_up, folder_tests[i].run,
                test_build_tear_down);
  g_test_add_func ("/firmware/esp-build-refused/no-files", test_no_files);
  g_test_add_func ("/firmware/esp-build-refused/bytes-alone", test_bytes_alone);

  return g_test_run ();
}
