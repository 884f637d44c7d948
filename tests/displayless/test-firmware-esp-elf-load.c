/* test-firmware-esp-elf-load.c: what is loaded when somebody chooses the program of an ESP chip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-elf.h"
#include "firmware-format.h"

#include "test-build.h"
#include "test-check.h"
#include "test-elf.h"
#include "test-image.h"
#include "test-program.h"

#include <string.h>

#define CHIP_S2 0x0002
#define CHIP_S3 0x0009

/* The image that ESP-IDF would have made, with settings that Bootlace would not take. */
static GBytes *
make_image (GBytes *elf)
{
  const FirmwareEspImageParameters parameters = { .flash_mode = 0, .flash_frequency_size = 0x2f };
  const FirmwareEspChip *chip = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *image = firmware_esp_elf_convert (elf, &chip, &parameters, &error);

  g_assert_no_error (error);

  return image;
}

static FirmwareImage *
load_elf (TestBuild *self, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (self->folder, "blink.elf");

  return firmware_image_load (file, NULL, error);
}

static FirmwareImage *
load_good_elf (TestBuild *self)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = load_elf (self, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");

  return image;
}

static const char *
get_flash_mode (FirmwareImage *image)
{
  return firmware_segment_get_facts (test_get_segment (image, 0))->header.flash_mode;
}

static void
assert_made (FirmwareImage *image)
{
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_elf);
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_IMAGE_MADE, "blink.elf", "DIO, 80 MHz, 2 MB", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
  g_assert_cmpstr (get_flash_mode (image), ==, "dio");
  g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR));
}

/* Only this part is written, which is told. */
static void
test_alone (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (FirmwareImage) image = NULL;
  FirmwareSegment *segment = NULL;

  test_build_write (self, "blink.elf", elf);
  image = load_good_elf (self);
  segment = test_get_segment (image, 0);

  assert_made (image);
  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
  g_assert_cmpstr (firmware_segment_get_name (segment), ==, "blink.bin");
  g_assert_cmphex (firmware_segment_get_address (segment), ==, 0x10000);
  g_assert_cmpint (firmware_segment_get_role (segment), ==, FIRMWARE_ROLE_APPLICATION);
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_PLACE_PROPOSED, "blink.bin", "0x00010000", NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "bootloader", NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "partition-table", NULL));
}

static void
test_bootloader (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new_bootloader (CHIP_S2);
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;
  FirmwareSegment *segment = NULL;

  test_build_write (self, "blink.elf", elf);
  image = load_elf (self, &error);
  g_assert_no_error (error);
  segment = test_get_segment (image, 0);

  assert_made (image);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, 0x1000);
  g_assert_cmpint (firmware_segment_get_role (segment), ==, FIRMWARE_ROLE_BOOTLOADER);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "application", NULL));
}

/* Bytes without a file are read the same way. */
static void
test_bytes (void)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S3);
  g_autoptr (FirmwareImage) image = test_read_image (elf);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S3");
  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 0)), ==, "app.bin");
}

static void
test_build_beside (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GBytes) app = make_image (elf);
  g_autoptr (FirmwareImage) image = NULL;

  test_build_write (self, "blink.elf", elf);
  test_build_write (self, "blink.bin", app);
  test_build_write_json (self, "{\"flash_files\": {\"0x20000\": \"blink.bin\"}}");
  image = load_good_elf (self);

  g_assert_true (firmware_image_get_origin (image) == &firmware_format_esp_build);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_BUILD_TAKEN, "blink.elf", NULL, NULL));
  g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, 0)), ==, 0x20000);
}

/* A build that was made of something else is not what was chosen. */
static void
test_other_build_beside (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S2, 8000, "hello", "1.0.3", "v5.2.1");
  g_autoptr (FirmwareImage) image = NULL;

  test_build_write (self, "blink.elf", elf);
  test_build_write (self, "hello.bin", app);
  test_build_write_json (self, "{\"flash_files\": {\"0x20000\": \"hello.bin\"}}");
  image = load_good_elf (self);

  assert_made (image);
}

/* Why the build is of no use must be told: it would have had the right settings. */
static void
test_broken_build_beside (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GError) error = NULL;

  test_build_write (self, "blink.elf", elf);
  test_build_write_json (self, "{\"flash_files\": {\"0x20000\": \"gone.bin\"}}");

  g_assert_null (load_elf (self, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART);
}

/* Somebody else's tool has made the image; one of another program is none of it. */
static void
test_image_beside (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GBytes) app = make_image (elf);
  g_autoptr (GBytes) other = test_image_new_app (CHIP_S2, 8000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (FirmwareImage) taken = NULL;
  g_autoptr (FirmwareImage) made = NULL;

  test_build_write (self, "blink.elf", elf);
  test_build_write (self, "blink.bin", app);
  taken = load_good_elf (self);
  g_assert_true (firmware_image_get_origin (taken) == &firmware_format_esp_binary);
  g_assert_true (test_has_finding (taken, FIRMWARE_FINDING_BUILD_TAKEN, "blink.elf", NULL, NULL));
  g_assert_cmpstr (get_flash_mode (taken), ==, "qio");

  test_build_write (self, "blink.bin", other);
  made = load_good_elf (self);
  assert_made (made);
}

/* As "bootlace-cli build" does it. */
static void
test_open (TestBuild *self, gconstpointer data)
{
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (GBytes) archive = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  test_build_write (self, "blink.elf", elf);
  g_ptr_array_add (files, g_file_get_child (self->folder, "blink.elf"));
  build =
    firmware_esp_build_open_files (files, firmware_esp_chip_find_by_id (CHIP_S2), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (firmware_esp_build_get_inputs (build)->len, ==, 1);
  archive = firmware_esp_build_write (build, NULL, &error);
  g_assert_no_error (error);
  image = test_read_image (archive);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
}

static FirmwareImage *
load_files (TestBuild *self, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files, g_file_get_child (self->folder, names[i]));

  return firmware_image_load_files (files, NULL, error);
}

/* The places follow from the parts that it is given with. */
static void
test_with_parts (TestBuild *self, gconstpointer data)
{
  static const char *const names[] = { "blink.elf", "partitions.bin", "boot.bin", NULL };
  static const guint64 addresses[] = { 0x1000, 0x8000, 0x10000 };
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  test_build_write (self, "blink.elf", elf);
  test_build_write (self, "boot.bin", bootloader);
  test_build_write (self, "partitions.bin", table);
  image = load_files (self, names, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==,
                    G_N_ELEMENTS (addresses));
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, i)), ==, addresses[i]);
  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 2)), ==, "blink.bin");
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_IMAGE_MADE, "blink.elf", "DIO, 80 MHz, 2 MB", NULL));
  g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR));
  g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
}

/* The program and its image are one and the same part; what cannot be one is named. */
static void
test_with_parts_refused (TestBuild *self, gconstpointer data)
{
  const struct {
    const char *names[4];
    int code;
    const char *message;
  } rows[] = {
    { { "boot.bin", "blink.elf", "blink.bin", NULL }, FIRMWARE_ERROR_SAME_ROLE, "blink.bin" },
    { { "boot.bin", "stm32.elf", NULL }, FIRMWARE_ERROR_WHOLE, "stm32.elf" },
    { { "boot.bin", "cut.elf", NULL }, FIRMWARE_ERROR_WHOLE, "cut.elf" },
  };
  g_autoptr (GBytes) elf = test_program_new (CHIP_S2);
  g_autoptr (GBytes) app = make_image (elf);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, 0x2000);
  const TestElf arm = { .machine = 40 };
  const TestElfSegment segment = { 0x08000000, bootloader };
  g_autoptr (GBytes) foreign = test_elf_new (&arm, &segment, 1);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (elf, 0, 40);

  test_build_write (self, "blink.elf", elf);
  test_build_write (self, "blink.bin", app);
  test_build_write (self, "boot.bin", bootloader);
  test_build_write (self, "stm32.elf", foreign);
  test_build_write (self, "cut.elf", cut);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (load_files (self, rows[i].names, &error));
    g_assert_error (error, FIRMWARE_ERROR, rows[i].code);
    g_assert_nonnull (strstr (error->message, rows[i].message));
  }
}

/* The bootloader says which chip it is when the program does not. */
static void
test_with_parts_of_p4 (TestBuild *self, gconstpointer data)
{
  static const char *const names[] = { "blink.elf", "boot.bin", NULL };
  g_autoptr (GBytes) elf = test_program_new (0x0012);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0012, 0x2000);
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  test_build_write (self, "blink.elf", elf);
  test_build_write (self, "boot.bin", bootloader);
  image = load_files (self, names, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-P4");
}

static void
add (const char *path, void (*test) (TestBuild *self, gconstpointer data))
{
  g_test_add (path, TestBuild, NULL, test_build_set_up, test, test_build_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/firmware/esp-elf-load/alone", test_alone);
  add ("/firmware/esp-elf-load/bootloader", test_bootloader);
  g_test_add_func ("/firmware/esp-elf-load/bytes", test_bytes);
  add ("/firmware/esp-elf-load/build-beside", test_build_beside);
  add ("/firmware/esp-elf-load/other-build-beside", test_other_build_beside);
  add ("/firmware/esp-elf-load/broken-build-beside", test_broken_build_beside);
  add ("/firmware/esp-elf-load/image-beside", test_image_beside);
  add ("/firmware/esp-elf-load/open", test_open);
  add ("/firmware/esp-elf-load/with-parts", test_with_parts);
  add ("/firmware/esp-elf-load/with-parts-refused", test_with_parts_refused);
  add ("/firmware/esp-elf-load/with-parts-of-p4", test_with_parts_of_p4);

  return g_test_run ();
}
