/* make-corpus.c: good files for the fuzzers to begin with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-build.h"
#include "test-elf.h"
#include "test-flash.h"
#include "test-hex.h"
#include "test-image.h"
#include "test-program.h"
#include "test-uf2.h"

#include "firmware-dfu-suffix.h"
#include "firmware-dfuse.h"

#include <gio/gio.h>

#define APP_SIZE 4096

static const char *folder;

static void
save (const char *target, const char *name, GBytes *contents)
{
  g_autofree char *path = g_build_filename (folder, target, NULL);
  g_autofree char *file = g_build_filename (path, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (contents, &size);

  g_mkdir_with_parents (path, 0700);
  if (!g_file_set_contents (file, data, (gssize) size, &error))
    g_error ("%s", error->message);
}

/* What has a target of its own is also for the one that knows nothing. */
static void
save_file (const char *target, const char *name, GBytes *contents)
{
  g_autofree char *general = g_strdup_printf ("%s-%s", target, name);

  save (target, name, contents);
  save ("any", general, contents);
}

static void
save_text (const char *target, const char *name, const char *text)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (text, strlen (text));

  save_file (target, name, contents);
}

/* idProduct of devices: anybody's, and an Arduino's. */
#define ANY_PRODUCT 0x0002
#define NANO_ESP32 0x0070

/* What a device tells of itself: as fuzz-board.c takes it. */
static void
append_device (GByteArray *input, guint16 product, guint8 protocol, guint16 version)
{
  const gboolean is_nano = product == NANO_ESP32;
  const guint8 identity[] = { is_nano ? 0x41 : 0x09,
                              is_nano ? 0x23 : 0x12,
                              product & 0xff,
                              product >> 8,
                              0x00,
                              0x01,
                              1,
                              'B',
                              36,
                              0 };
  const guint8 descriptors[] = {
    9, 2,  36, 0, 1, 1,    0, 0x80, 50, /* configuration */
    9, 4,  0,  0, 0, 0xfe, 1, 0,    4,  /* alternate setting 0 */
    9, 4,  0,  1, 0, 0xfe, 1, 0,    5,  /* alternate setting 1 */
    9, 33, 15, 0, 1, 64,   0, 0,    0,  /* functional */
  };
  const guint start = input->len + sizeof identity;

  g_byte_array_append (input, identity, sizeof identity);
  g_byte_array_append (input, descriptors, sizeof descriptors);
  input->data[start + 9 + 7] = input->data[start + 18 + 7] = protocol;
  input->data[start + 34] = version & 0xff;
  input->data[start + 35] = version >> 8;
}

static void
append_status (GByteArray *input, guint8 state)
{
  const guint8 answer[] = { 0, 0, 0, 0, 0, state, 0 };

  g_byte_array_append (input, answer, sizeof answer);
}

static void
append_taken (GByteArray *input)
{
  g_byte_array_append (input, (const guint8[]){ 0 }, 1);
}

/* A device that takes five blocks and gives five back, as it is asked to or not. */
static void
make_board (const char *name, guint8 flags, guint16 product, guint8 protocol, guint16 version)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  g_autoptr (GBytes) contents = NULL;
  const guint8 block[65] = { 64 };

  g_byte_array_append (input, &flags, 1);
  append_device (input, product, protocol, version);
  append_status (input, 2);
  for (guint i = 0; i < 5; i++) {
    append_taken (input);
    append_status (input, 5);
  }
  append_taken (input);
  append_status (input, 2);
  for (guint i = 0; i < 5; i++)
    g_byte_array_append (input, block, sizeof block);
  append_status (input, 2);

  contents = g_byte_array_free_to_bytes (g_steal_pointer (&input));
  save ("board", name, contents);
}

static void
make_boards (void)
{
  make_board ("write", 0x00, ANY_PRODUCT, 2, 0x0110);
  make_board ("write-all", 0x30, ANY_PRODUCT, 2, 0x0110);
  make_board ("archive", 0x04, ANY_PRODUCT, 2, 0x0110);
  make_board ("dfuse", 0x08, ANY_PRODUCT, 2, 0x011a);
  make_board ("dfuse-all", 0x38, ANY_PRODUCT, 2, 0x011a);
  make_board ("read", 0x01, ANY_PRODUCT, 2, 0x0110);
  make_board ("by-name", 0x40, ANY_PRODUCT, 2, 0x0110);
  make_board ("detach", 0x03, ANY_PRODUCT, 1, 0x0110);
  make_board ("application", 0x3c, NANO_ESP32, 2, 0x0110);
  make_board ("restart", 0x02, ANY_PRODUCT, 2, 0x0110);
}

static void
make_archives (void)
{
  g_autoptr (GBytes) plain = test_image_new (APP_SIZE);
  g_autoptr (GBytes) parts = test_image_new_multi_part (TEST_IMAGE_PRODUCT, APP_SIZE);
  const char *const *faults = test_image_list_faults ();
  const char *const *findings = test_image_list_findings ();

  save_file ("esp-archive", "plain", plain);
  save_file ("esp-archive", "parts", parts);
  for (gsize i = 0; findings[i] != NULL; i++) {
    g_autoptr (GBytes) file =
      test_image_new_with_finding (findings[i], TEST_IMAGE_PRODUCT, APP_SIZE);

    save_file ("esp-archive", findings[i], file);
  }

  for (guint i = 0; faults[i] != NULL; i++) {
    g_autoptr (GBytes) broken = test_image_new_broken (faults[i], TEST_IMAGE_PRODUCT, APP_SIZE);

    save_file ("esp-archive", faults[i], broken);
  }
}

static void
make_dfu_files (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (200, 1);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x1209, 0xdb42);

  save_file ("dfu", "plain", file);
}

static void
make_dfuse_files (void)
{
  const FirmwareDfuSuffix ids = { .device = 0x2200, .product = 0xdf11, .vendor = 0x0483 };
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GBytes) file = NULL;

  for (guint i = 0; i < 6; i++) {
    g_autoptr (GBytes) data = test_image_new_pattern (20 + i, i);
    g_autoptr (FirmwareSegment) segment =
      firmware_segment_new_for_alternate ("memory", i / 4, 0x08000000 + 0x100 * i, data);

    g_list_store_append (segments, segment);
  }

  file = firmware_dfuse_write (G_LIST_MODEL (segments), &ids, NULL);
  save_file ("dfuse", "targets", file);
}

/* The first has its header in a segment. */
static void
make_elf_files (void)
{
  g_autoptr (GBytes) text = test_image_new_pattern (100, 1);
  g_autoptr (GBytes) data = test_image_new_pattern (8, 2);
  const TestElfSegment segments[] = { { 0x08000000, text }, { 0x08001000, data } };
  const TestElf with_header = { .machine = 40, .has_header = TRUE };
  const TestElf big = { .machine = 40, .is_big = TRUE };
  g_autoptr (GBytes) first = test_elf_new (&with_header, segments, G_N_ELEMENTS (segments));
  g_autoptr (GBytes) second = test_elf_new (&big, segments, G_N_ELEMENTS (segments));

  save_file ("elf", "header", first);
  save_file ("elf", "big", second);
}

/* Programs of which images are made. */
static void
make_esp_programs (void)
{
  g_autoptr (GBytes) app = test_program_new (0x0002);
  g_autoptr (GBytes) riscv = test_program_new (0x0012);
  g_autoptr (GBytes) bootloader = test_program_new_bootloader (0x0009);

  save_file ("elf", "esp", app);
  save_file ("elf", "esp-riscv", riscv);
  save_file ("elf", "esp-bootloader", bootloader);
}

static void
make_esp_files (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (0x0002);
  g_autoptr (GBytes) merged = test_flash_get (flash, 0, 0x12000);
  g_autoptr (GBytes) cut = test_flash_get (flash, 0x1000, 0x12000);
  g_autoptr (GBytes) app = test_image_new_app (0x0002, APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, APP_SIZE);
  g_autoptr (GBytes) table = test_image_new_partition_table ();

  save_file ("esp-flash", "whole", merged);
  save_file ("esp-flash", "cut", cut);
  save_file ("esp-binary", "app", app);
  save_file ("esp-binary", "bootloader", bootloader);
  save_file ("esp-binary", "table", table);
}

static void
make_builds (void)
{
  save_text ("flasher-args", "three",
             "{" TEST_BUILD_THREE_FILES
             ", " TEST_BUILD_CHIP ("esp32s2") ", " TEST_BUILD_SIZE ("4MB") "}");
  save_text ("flasher-args", "old",
             "{\"write_flash_args\": \"--flash_size 2MB\", \"flash_files\": {\"4096\": \"a\"}, "
             "\"app\": {\"offset\": \"0x10000\", \"file\": \"a\", \"encrypted\": \"true\"}}");
}

static void
make_configs (void)
{
  save_text ("config", "json",
             "{\"IDF_TARGET\": \"esp32s3\", \"BLINK_GPIO\": 0, \"LED_PIN2\": 19, "
             "\"A_GPIO_RANGE_MAX\": 45, \"B_BUTTON_GPIO_NUM\": -1, \"C_GPIO\": true}");
  save_text ("config", "text",
             "# settings\nCONFIG_IDF_TARGET=\"esp32s2\"\nCONFIG_BLINK_GPIO=46\n"
             "CONFIG_USB_DM_PIN=19\n# Deprecated options\nCONFIG_OLD_PIN=0\n");
}

/* All six types of records, and the flash of an ESP32-S2. */
static void
make_hex_files (void)
{
  const guint8 start[] = { 0x08, 0x00, 0x01, 0x11 };
  const guint8 segment[] = { 0x20, 0x00 };
  g_autoptr (GBytes) app = test_image_new_app (0x0002, 1024, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) data = test_image_new_pattern (100, 1);
  const guint8 *bytes = g_bytes_get_data (data, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  test_hex_append_at (text, 0x0800fff0, bytes, 100);
  test_hex_append (text, &test_hex_plain, 5, 0, start, sizeof start);
  test_hex_append (text, &test_hex_plain, 2, 0, segment, sizeof segment);
  test_hex_append (text, &test_hex_plain, 0, 0xfff8, bytes, 16);
  test_hex_append (text, &test_hex_plain, 3, 0, start, sizeof start);
  test_hex_append_end (text);
  save_text ("ihex", "records", text->str);

  g_string_truncate (text, 0);
  test_hex_append_at (text, 0x10000, g_bytes_get_data (app, NULL), g_bytes_get_size (app));
  test_hex_append_end (text);
  save_text ("ihex", "esp", text->str);
}

static void
make_uf2_files (void)
{
  g_autoptr (GBytes) app = test_image_new_app (0x0002, APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 1024);
  g_autoptr (GBytes) plain = test_uf2_new (TEST_UF2_RP2040, 0x10000000, app, 256);
  g_autoptr (GBytes) relative = test_uf2_new (TEST_UF2_ESP32S2, 0, app, 476);
  GByteArray *parts = g_byte_array_new ();
  g_autoptr (GBytes) whole = NULL;

  test_uf2_append_esp (parts, TEST_UF2_ESP32S2, 0x1000, bootloader);
  test_uf2_append_esp (parts, TEST_UF2_ESP32S2, 0x10000, app);
  whole = g_byte_array_free_to_bytes (parts);

  save_file ("uf2", "plain", plain);
  save_file ("uf2", "relative", relative);
  save_file ("uf2", "parts", whole);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    g_error ("Name the folder for the corpora");

  folder = argv[1];
  make_archives ();
  make_boards ();
  make_dfu_files ();
  make_dfuse_files ();
  make_elf_files ();
  make_esp_programs ();
  make_esp_files ();
  make_builds ();
  make_configs ();
  make_hex_files ();
  make_uf2_files ();

  return 0;
}
