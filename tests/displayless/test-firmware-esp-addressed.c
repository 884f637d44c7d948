/* test-firmware-esp-addressed.c: the flash of an ESP chip as Intel HEX and as UF2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-chip.h"
#include "firmware-format.h"

#include "test-check.h"
#include "test-hex.h"
#include "test-image.h"
#include "test-uf2.h"

#define BOOTLOADER_ADDRESS 0x1000
#define ESP32S2 0x0002
#define ESP32S3 0x0009
#define BOOTLOADER_SIZE 0x1400
#define APP_SIZE 0x4e20

/* The parts of a build, as ESP-IDF writes them to the flash of an ESP32-S2. */
typedef struct {
  GBytes *bootloader;
  GBytes *table;
  GBytes *app;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->bootloader = test_image_new_bootloader (ESP32S2, BOOTLOADER_SIZE);
  self->table = test_image_new_partition_table ();
  self->app = test_image_new_app (ESP32S2, APP_SIZE, "blink", "1.0.3", "v5.2.1");
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_clear_pointer (&self->bootloader, g_bytes_unref);
  g_clear_pointer (&self->table, g_bytes_unref);
  g_clear_pointer (&self->app, g_bytes_unref);
}

static FirmwareImage *
read_uf2 (GByteArray *file)
{
  g_autoptr (GBytes) contents = g_bytes_new (file->data, file->len);

  return test_read_image (contents);
}

static void
append_to_hex (GString *text, guint32 address, GBytes *data)
{
  test_hex_append_at (text, address, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
}

static FirmwareFinding *
find_proposal (FirmwareImage *image)
{
  GListModel *findings = firmware_image_get_findings (image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_kind (finding) == FIRMWARE_FINDING_PLACE_PROPOSED)
      return g_steal_pointer (&finding);
  }

  return NULL;
}

static void
assert_part (FirmwareImage *image, guint i, FirmwareRole role, guint64 address, GBytes *data)
{
  FirmwareSegment *segment = test_get_segment (image, i);

  g_assert_cmpint (firmware_segment_get_role (segment), ==, role);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, address);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), data));
}

static void
assert_whole (Fixture *self, FirmwareImage *image, const FirmwareFormat *origin)
{
  g_autoptr (FirmwareFinding) proposal = find_proposal (image);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_esp_archive);
  g_assert_true (firmware_image_get_origin (image) == origin);
  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  g_assert_nonnull (firmware_image_get_payload (image));
  g_assert_null (proposal);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 3);
  assert_part (image, 0, FIRMWARE_ROLE_BOOTLOADER, BOOTLOADER_ADDRESS, self->bootloader);
  assert_part (image, 1, FIRMWARE_ROLE_PARTITION_TABLE, TEST_IMAGE_TABLE_ADDRESS, self->table);
  assert_part (image, 2, FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS, self->app);
}

/* As "idf.py uf2" makes it. */
static void
test_uf2 (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (FirmwareImage) image = NULL;

  test_uf2_append_esp (file, TEST_UF2_ESP32S2, BOOTLOADER_ADDRESS, self->bootloader);
  test_uf2_append_esp (file, TEST_UF2_ESP32S2, TEST_IMAGE_TABLE_ADDRESS, self->table);
  test_uf2_append_esp (file, TEST_UF2_ESP32S2, TEST_IMAGE_APP_ADDRESS, self->app);
  image = read_uf2 (file);

  assert_whole (self, image, &firmware_format_uf2);
}

static void
test_hex (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  append_to_hex (text, TEST_IMAGE_APP_ADDRESS, self->app);
  append_to_hex (text, BOOTLOADER_ADDRESS, self->bootloader);
  append_to_hex (text, TEST_IMAGE_TABLE_ADDRESS, self->table);
  test_hex_append_end (text);
  contents = g_bytes_new (text->str, text->len);
  image = test_read_image (contents);

  assert_whole (self, image, &firmware_format_ihex);
}

/* HEX does not tell the chip, so only its content can; the chip's lack of a loader is told then. */
static void
test_hex_without_loader (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) app = test_image_new_app (0x0005, APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) contents = NULL;

  append_to_hex (text, TEST_IMAGE_APP_ADDRESS, app);
  test_hex_append_end (text);
  contents = g_bytes_new (text->str, text->len);

  test_assert_refused (contents, FIRMWARE_ERROR_NO_LOADER, "ESP32-C3");
}

/* "idf.py uf2-app", with addresses in the flash. */
static void
test_app_alone (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (FirmwareFinding) proposal = NULL;

  test_uf2_append_esp (file, TEST_UF2_ESP32S2, TEST_IMAGE_APP_ADDRESS, self->app);
  image = read_uf2 (file);
  proposal = find_proposal (image);

  assert_part (image, 0, FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS, self->app);
  g_assert_null (proposal);
}

/* For a UF2 bootloader, with addresses in a partition; padded to whole blocks by some tools. */
static void
test_relative (Fixture *self, gconstpointer user_data)
{
  const gsize payload_sizes[] = { 256, 476 };

  for (gsize i = 0; i < G_N_ELEMENTS (payload_sizes); i++) {
    g_autoptr (GBytes) file = test_uf2_new (TEST_UF2_ESP32S2, 0, self->app, payload_sizes[i]);
    g_autoptr (FirmwareImage) image = test_read_image (file);
    g_autoptr (FirmwareFinding) proposal = find_proposal (image);

    g_assert_true (firmware_image_get_origin (image) == &firmware_format_uf2);
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
    assert_part (image, 0, FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS, self->app);
    g_assert_nonnull (proposal);
    g_assert_cmpstr (firmware_finding_get_found (proposal), ==, "0x00010000");
    g_assert_cmpstr (firmware_finding_get_part (proposal), ==,
                     firmware_segment_get_name (test_get_segment (image, 0)));
  }
}

/* What else is in such a file has no place that could be guessed. */
static void
test_relative_and_more (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) contents = NULL;

  test_uf2_append_esp (file, TEST_UF2_ESP32S2, 0, self->app);
  test_uf2_append_esp (file, TEST_UF2_ESP32S2, 0x100000, self->table);
  contents = g_bytes_new (file->data, file->len);

  test_assert_refused (contents, FIRMWARE_ERROR_MALFORMED, "and more at 0x00100000");
}

/* On the ESP32-S3 the bootloader is at address 0, and is no application. */
static void
test_bootloader_at_zero (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (ESP32S3, BOOTLOADER_SIZE);
  g_autoptr (GBytes) file = test_uf2_new (0xc47e5767, 0, bootloader, 256);
  g_autoptr (FirmwareImage) image = test_read_image (file);
  g_autoptr (FirmwareFinding) proposal = find_proposal (image);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S3");
  assert_part (image, 0, FIRMWARE_ROLE_BOOTLOADER, 0, bootloader);
  g_assert_null (proposal);
}

/* Nothing tells where such data belong. */
static void
test_data_alone (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) data = test_image_new_pattern (5000, 1);
  g_autoptr (GBytes) file = test_uf2_new (TEST_UF2_ESP32S2, 0x110000, data, 256);
  g_autoptr (FirmwareImage) image = test_read_image (file);
  g_autoptr (FirmwareFinding) proposal = find_proposal (image);

  assert_part (image, 0, FIRMWARE_ROLE_DATA, 0x110000, data);
  g_assert_nonnull (proposal);
  g_assert_cmpstr (firmware_finding_get_found (proposal), ==, "0x00110000");
}

/* The family counts, and the image is for another one. */
static void
test_other_family (Fixture *self, gconstpointer user_data)
{
  const guint32 addresses[] = { TEST_IMAGE_APP_ADDRESS, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GBytes) file = test_uf2_new (0xc47e5767, addresses[i], self->app, 256);
    g_autoptr (FirmwareImage) image = test_read_image (file);

    g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S3");
    g_assert_true (
      test_has_finding (image, FIRMWARE_FINDING_OTHER_CHIP, "app.bin", "ESP32-S2", "ESP32-S3"));
  }
}

static void
test_refused (Fixture *self, gconstpointer user_data)
{
  const struct {
    guint32 family;
    guint32 address;
    int code;
    const char *message;
  } rows[] = {
    { TEST_UF2_ESP32C3, TEST_IMAGE_APP_ADDRESS, FIRMWARE_ERROR_NO_LOADER, "The ESP32-C3 has no" },
    { 0x7eab61ed, TEST_IMAGE_APP_ADDRESS, FIRMWARE_ERROR_NO_LOADER, "The ESP8266 has no" },
    { 0x1c5f21b0, 0, FIRMWARE_ERROR_NO_LOADER, "The ESP32 has no" },
    { TEST_UF2_ESP32S2, 0xfff00000, FIRMWARE_ERROR_BEYOND_FLASH, "0xfff00000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = test_uf2_new (rows[i].family, rows[i].address, self->app, 256);

    test_assert_refused (file, rows[i].code, rows[i].message);
  }
}

/* Nothing but erased flash is nothing to write. */
static void
test_blank (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) data = test_image_new_erased (8192);
  g_autoptr (GBytes) file = test_uf2_new (TEST_UF2_ESP32S2, 0x110000, data, 256);

  test_assert_refused (file, FIRMWARE_ERROR_NOTHING_TO_WRITE, "erased flash");
}

static const struct {
  const char *path;
  void (*run) (Fixture *self, gconstpointer user_data);
} tests[] = {
  { "/firmware/esp-addressed/uf2", test_uf2 },
  { "/firmware/esp-addressed/hex", test_hex },
  { "/firmware/esp-addressed/hex-without-loader", test_hex_without_loader },
  { "/firmware/esp-addressed/app-alone", test_app_alone },
  { "/firmware/esp-addressed/relative", test_relative },
  { "/firmware/esp-addressed/relative-and-more", test_relative_and_more },
  { "/firmware/esp-addressed/bootloader-at-zero", test_bootloader_at_zero },
  { "/firmware/esp-addressed/data-alone", test_data_alone },
  { "/firmware/esp-addressed/other-family", test_other_family },
  { "/firmware/esp-addressed/refused", test_refused },
  { "/firmware/esp-addressed/blank", test_blank },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);

  return g_test_run ();
}
