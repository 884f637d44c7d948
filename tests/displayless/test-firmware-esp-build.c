/* test-firmware-esp-build.c: a build folder becomes what Espressif's own tool makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-build.h"
#include "firmware-format.h"

#include "test-build.h"
#include "test-check.h"
#include "test-image.h"

#include <string.h>
#include <unistd.h>

#define MIB (1024 * 1024)

typedef struct {
  const char *name;
  const char *json;
  guint32 part_size;
  const char *sha256;
} Golden;

/* The digests of what Espressif's tool made of the files. */
static const Golden goldens[] = {
  { "small-parts-4-mib",
    "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32s2") "," TEST_BUILD_SIZE ("4MB") "}",
    4096, "397f84c4f1b200d8bf2874316cd37ecd11a84d5139b5d71ef253d4cc90322715" },
  { "2-mib", "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32s2") "}", 0,
    "86dee9030271cc015d971833a55e6c1f23a28fa4db1def7f81dbd8e98a4454f7" },
  { "8-mib",
    "{" TEST_BUILD_SIZE ("8MB") "," TEST_BUILD_CHIP ("esp32s2") "," TEST_BUILD_THREE_FILES "}", 0,
    "697b7154ad5d2f454d4fd6111dc60725aabe32edc1b6b8597535bde89ee5350d" },
  { "small-parts-16-mib",
    "{" TEST_BUILD_THREE_FILES "," TEST_BUILD_CHIP ("esp32s2") "," TEST_BUILD_SIZE ("16MB") "}",
    4096, "4e8b507e6ab6598c0f336d6b66c1557a8445b86b623c8fb86e1d60756917e0e2" },
  { "bootloader-esp32s2",
    "{" TEST_BUILD_BOOTLOADER "," TEST_BUILD_CHIP ("esp32s2") "," TEST_BUILD_SIZE ("4MB") "}", 0,
    "5f8f28ec50c35b8cc9f83676bb050dd8efa4e215d5a71781bc394c9a487c781b" },
  { "bootloader-esp32s3",
    "{" TEST_BUILD_BOOTLOADER "," TEST_BUILD_CHIP ("esp32s3") "," TEST_BUILD_SIZE ("4MB") "}", 0,
    "fad956eec1e21ba696bb83393478e6da7aa615a052cc122b07ba16d0d7b93c7e" },
  { "bootloader-esp32p4",
    "{" TEST_BUILD_BOOTLOADER "," TEST_BUILD_CHIP ("esp32p4") "," TEST_BUILD_SIZE ("4MB") "}", 0,
    "681d9076922e7dcc55858995c7780b839181085d81d3aeb81a0dc7b8fafe2539" },
  { "bootloader-esp32s31",
    "{" TEST_BUILD_BOOTLOADER "," TEST_BUILD_CHIP ("esp32s31") "," TEST_BUILD_SIZE ("4MB") "}", 0,
    "1afd4079e627fa2b4d1daed37ccc44492204c70722726602d565a90bce5120a6" },
};

static void
test_golden (TestBuild *fixture, gconstpointer user_data)
{
  const Golden *golden = user_data;
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (GBytes) archive = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;

  test_build_write_json (fixture, golden->json);
  build = firmware_esp_build_open (fixture->folder, NULL, &error);
  g_assert_no_error (error);
  if (golden->part_size != 0)
    firmware_esp_build_set_part_size (build, golden->part_size);

  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, archive);
  g_assert_cmpstr (sha256, ==, golden->sha256);

  /* A second time, of files that were read anew. */
  g_clear_pointer (&archive, g_bytes_unref);
  g_clear_pointer (&sha256, g_free);
  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, archive);
  g_assert_cmpstr (sha256, ==, golden->sha256);
}

/* Files one by one, as Espressif's tool takes them too. */
static void
test_added_files (TestBuild *fixture, gconstpointer user_data)
{
  g_autoptr (FirmwareEspBuild) build = firmware_esp_build_new ();
  g_autoptr (GFile) app = g_file_get_child (fixture->folder, "app.bin");
  g_autoptr (GFile) bootloader =
    g_file_resolve_relative_path (fixture->folder, "bootloader/bootloader.bin");
  g_autoptr (GFile) table =
    g_file_resolve_relative_path (fixture->folder, "partition_table/partition-table.bin");
  g_autoptr (GBytes) archive = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;

  firmware_esp_build_add_file (build, 0x8000, table);
  firmware_esp_build_add_file (build, 0x10000, app);
  firmware_esp_build_add_file (build, 0x1000, bootloader);
  g_assert_cmpuint (firmware_esp_build_get_inputs (build)->len, ==, 3);

  g_assert_null (firmware_esp_build_write (build, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_CHIP);
  g_assert_nonnull (strstr (error->message, "which chip"));
  g_clear_error (&error);

  firmware_esp_build_set_chip (build, firmware_esp_chip_find_by_name ("esp32s2"));
  firmware_esp_build_set_flash_size (build, 8 * MIB);
  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, archive);
  g_assert_cmpstr (sha256, ==, goldens[2].sha256);
}

/* The build folder, the project around it, the JSON itself, and a link to the folder are all the
 * same. */
static void
test_places (TestBuild *fixture, gconstpointer user_data)
{
  const char *const names[] = { "build", ".", "build/flasher_args.json", "link", NULL };
  g_autofree char *link = g_build_filename (fixture->project, "link", NULL);

  test_build_write_json (fixture, "{" TEST_BUILD_CHIP (
                                    "esp32s2") ", \"flash_files\": {\"0\": \"app.bin\"}}");
  g_assert_no_errno (symlink ("build", link));

  for (gsize i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (fixture->project, names[i], NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    FirmwareImage *image = NULL;

    g_test_message ("%s", names[i]);
    image = test_build_load (file);
    g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
    g_assert_cmpuint (firmware_image_get_flash_size (image), ==, 2 * MIB);
    g_assert_cmpuint (firmware_image_get_total_size (image), ==, 5000);
    g_assert_finalize_object (image);
  }
}

/* Paths are seen from where the link is, as Espressif's tool sees them. */
static void
test_linked_json (TestBuild *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->project, "link.json", NULL);
  g_autoptr (GFile) link = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  test_build_write_json (fixture, goldens[0].json);
  g_assert_no_errno (symlink ("build/flasher_args.json", path));

  g_assert_null (firmware_image_load (link, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART);
}

static void
test_folder_before_project (TestBuild *fixture, gconstpointer user_data)
{
  g_autofree char *project_json = g_build_filename (fixture->project, "flasher_args.json", NULL);
  g_autoptr (GFile) project = g_file_new_for_path (fixture->project);
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  test_build_write_json (fixture, "{}");
  g_file_set_contents (project_json,
                       "{\"flash_files\": {\"4096\": \"build/app.bin\"}," TEST_BUILD_CHIP (
                         "esp32s2") "}",
                       -1, &error);
  g_assert_no_error (error);

  image = test_build_load (project);
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 5000);
}

static void
test_absolute_path (TestBuild *fixture, gconstpointer user_data)
{
  g_autofree char *app = test_build_dup_path (fixture, "app.bin");
  g_autofree char *json =
    g_strdup_printf ("{" TEST_BUILD_CHIP (
                       "esp32s2") ", \"flash_files\": {\"0x10000\": \"%s\", \"0x1000\": "
                                  "\"../build/./bootloader/bootloader.bin\"}}",
                     app);
  g_autoptr (FirmwareImage) image = NULL;

  test_build_write_json (fixture, json);
  image = test_build_load (fixture->folder);
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 5037);
}

/* What the chip is, the first image tells when nothing else does. */
static void
test_chip_from_image (TestBuild *fixture, gconstpointer user_data)
{
  const struct {
    guint16 chip_id;
    const char *chip; /* NULL: refused */
    const char *message;
  } rows[] = {
    { 0x0002, "ESP32-S2", NULL },         { 0x0009, "ESP32-S3", NULL },
    { 0x0012, "ESP32-P4", NULL },         { 0x0020, "ESP32-S31", NULL },
    { 0x0000, NULL, "The ESP32 has no" }, { 0x0005, NULL, "The ESP32-C3 has no" },
    { 0x4321, NULL, "chip id 0x4321" },
  };

  test_build_write_json (fixture, "{\"flash_files\": {\"0x10000\": \"image.bin\", \"0x8000\": "
                                  "\"app.bin\"}}");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) app = test_image_new_app (rows[i].chip_id, 4096, "blink", "1.0", "v5.2");
    g_autoptr (FirmwareImage) image = NULL;

    test_build_write (fixture, "image.bin", app);
    if (rows[i].chip == NULL) {
      test_build_assert_refused (fixture, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
                                 rows[i].message);
      continue;
    }

    image = test_build_load (fixture->folder);
    g_assert_cmpstr (firmware_image_get_chip (image), ==, rows[i].chip);
    g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0");
  }
}

static void
assert_is_file (GBytes *archive, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &expected, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (archive, NULL), g_bytes_get_size (archive), expected, length);
}

/* A build of ESP-IDF and what Espressif's tool made of it. */
static void
test_real_build (void)
{
  const char *data = g_getenv ("BOOTLACE_TEST_DATA");
  g_autofree char *path = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GBytes) archive = NULL;
  g_autoptr (GError) error = NULL;

  if (data == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  path = g_build_filename (data, "blink-build", NULL);
  folder = g_file_new_for_path (path);
  build = firmware_esp_build_open (folder, NULL, &error);
  g_assert_no_error (error);
  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  assert_is_file (archive, data, "blink.dfu.bin");

  image = test_build_load (folder);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 3);
}

/* The same archive, of the files alone. */
static void
test_blink_files (void)
{
  const char *const names[] = { "blink.bin", "partition_table/partition-table.bin",
                                "bootloader/bootloader.bin" };
  const char *data = g_getenv ("BOOTLACE_TEST_DATA");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (GBytes) archive = NULL;
  g_autoptr (GError) error = NULL;

  if (data == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (files, g_file_new_build_filename (data, "blink-build", names[i], NULL));

  build = firmware_esp_build_open_files (files, NULL, NULL, &error);
  g_assert_no_error (error);
  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  assert_is_file (archive, data, "blink.dfu.bin");
}

/* ESP-IDF's own test vector. */
static void
test_esp_idf (void)
{
  const char *const names[] = { "1.bin", "2.bin", "3.bin" };
  const guint32 addresses[] = { 0x1000, 0x8000, 0x10000 };
  const char *data = g_getenv ("BOOTLACE_TEST_DATA");
  g_autofree char *folder = NULL;
  g_autoptr (FirmwareEspBuild) build = firmware_esp_build_new ();
  g_autoptr (GBytes) archive = NULL;
  g_autoptr (GError) error = NULL;

  if (data == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  folder = g_build_filename (data, "esp-idf-golden", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);

    firmware_esp_build_add_file (build, addresses[i], file);
  }
  firmware_esp_build_set_chip (build, firmware_esp_chip_find_by_name ("ESP32-S2"));
  firmware_esp_build_set_flash_size (build, 4 * MIB);

  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  assert_is_file (archive, folder, "dfu.bin");
}

/* Without a chip of its own, a build is for that of its first image. */
static void
test_chips_at_odds (TestBuild *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 4096);
  g_autoptr (GBytes) app = test_image_new_app (0x0009, 4096, "blink", "1.0", "v5.2");
  g_autoptr (FirmwareImage) image = NULL;

  test_build_write (fixture, "bootloader/bootloader.bin", bootloader);
  test_build_write (fixture, "app.bin", app);
  test_build_write_json (fixture, "{" TEST_BUILD_THREE_FILES "}");
  image = test_build_load (fixture->folder);

  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_OTHER_CHIP, "app.bin", "ESP32-S3", "ESP32-S2"));
}

/* The chip encrypts its flash itself, so the bytes are the same and a warning is due. */
static void
test_encrypted (TestBuild *fixture, gconstpointer user_data)
{
  g_autoptr (FirmwareImage) image = NULL;

  test_build_write_json (fixture,
                         "{" TEST_BUILD_THREE_FILES
                         "," TEST_BUILD_CHIP ("esp32s2") ", \"app\": {\"file\": \"app.bin\", "
                                                         "\"encrypted\": \"true\"}, \"storage\": "
                                                         "{\"encrypted\": true}}");
  image = test_build_load (fixture->folder);

  g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_ENCRYPTED), ==, 2);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ENCRYPTED, "app.bin", NULL, NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ENCRYPTED, NULL, NULL, NULL));
  g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
}

static const struct {
  const char *path;
  void (*run) (TestBuild *fixture, gconstpointer user_data);
} folder_tests[] = {
  { "/firmware/esp-build/added-files", test_added_files },
  { "/firmware/esp-build/places", test_places },
  { "/firmware/esp-build/linked-json", test_linked_json },
  { "/firmware/esp-build/folder-before-project", test_folder_before_project },
  { "/firmware/esp-build/absolute-path", test_absolute_path },
  { "/firmware/esp-build/chip-from-image", test_chip_from_image },
  { "/firmware/esp-build/chips-at-odds", test_chips_at_odds },
  { "/firmware/esp-build/encrypted", test_encrypted },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (goldens); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-build/golden/", goldens[i].name, NULL);

    g_test_add (path, TestBuild, &goldens[i], test_build_set_up, test_golden, test_build_tear_down);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (folder_tests); i++)
    g_test_add (folder_tests[i].path, TestBuild, NULL, test_build_set_up, folder_tests[i].run,
                test_build_tear_down);
  g_test_add_func ("/firmware/esp-build/real-build", test_real_build);
  g_test_add_func ("/firmware/esp-build/blink-files", test_blink_files);
  g_test_add_func ("/firmware/esp-build/esp-idf", test_esp_idf);

  return g_test_run ();
}
