/* test-firmware-esp-description.c: what an ESP image says about itself, whatever bytes it says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-description.h"
#include "firmware-text.h"

#include "test-image.h"

#include <string.h>

#define CHIP_ID 0x0002

static void
test_application (void)
{
  g_autoptr (GBytes) image =
    test_image_new_app (CHIP_ID, TEST_IMAGE_APP_SIZE_MIN, "blink", "1.0.3", "v5.2.1");
  g_auto (FirmwareEspDescription) description = { NULL };
  g_autofree char *title = NULL;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (image, &size);

  g_assert_true (firmware_esp_description_is_application (data, size));
  g_assert_false (firmware_esp_description_is_bootloader (data, size));
  g_assert_true (firmware_esp_description_parse (&description, data, size));
  g_assert_cmpstr (description.project, ==, "blink");
  g_assert_cmpstr (description.version, ==, "1.0.3");
  g_assert_cmpstr (description.idf_version, ==, "v5.2.1");
  g_assert_cmpstr (description.date, ==, "May  3 2026");
  g_assert_cmpstr (description.time, ==, "12:34:56");

  title = firmware_esp_description_dup_title (&description);
  g_assert_cmpstr (title, ==, "blink 1.0.3");
}

static void
test_titles (void)
{
  const struct {
    const char *project;
    const char *version;
    const char *title;
  } rows[] = {
    { "blink", "1.0.3", "blink 1.0.3" },
    { "blink", "", "blink" },
    { "", "1.0.3", NULL },
    { "", "", NULL },
    { "  blink\t", " 1 ", "blink 1" },
    { "   ", "1.0.3", NULL },
    { "bl\033[31mink", "1.0.3", NULL },
    { "blink", "1.0\n3", "blink" },
    { "bl\xffink", "1.0.3", NULL },
    { "Stra\xc3\x9f"
      "e",
      "\xe2\x9c\x93",
      "Stra\xc3\x9f"
      "e \xe2\x9c\x93" },
    /* 32 bytes: no NUL. */
    { "0123456789abcdef0123456789abcdef", "v-123456789abcdef0123456789abcdef",
      "0123456789abcdef0123456789abcdef v-123456789abcdef0123456789abcde" },
    /* The last character is cut in its middle. */
    { "0123456789abcdef0123456789abcde\xc3\x9f", "1", "0123456789abcdef0123456789abcde 1" },
    { "0123456789abcdef0123456789abcd\xe2\x9c\x93", "1", "0123456789abcdef0123456789abcd 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) image = test_image_new_app (CHIP_ID, TEST_IMAGE_APP_SIZE_MIN,
                                                   rows[i].project, rows[i].version, "v5.2.1");
    g_auto (FirmwareEspDescription) description = { NULL };
    g_autofree char *title = NULL;
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (image, &size);

    g_assert_true (firmware_esp_description_parse (&description, data, size));
    title = firmware_esp_description_dup_title (&description);
    g_assert_cmpstr (title, ==, rows[i].title);
  }
}

static void
test_truncations (void)
{
  const gsize description_end = 0x20 + 256;
  g_autoptr (GBytes) image =
    test_image_new_app (CHIP_ID, TEST_IMAGE_APP_SIZE_MIN, "blink", "1.0.3", "v5.2.1");

  for (gsize size = 0; size <= g_bytes_get_size (image); size++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (image, NULL), size);
    g_auto (FirmwareEspDescription) description = { NULL };

    g_assert_cmpint (firmware_esp_description_parse (&description, data, size), ==,
                     size >= description_end);
    g_assert_false (firmware_esp_description_is_bootloader (data, size));
    if (size < description_end)
      g_assert_null (description.project);
  }
}

static void
assert_printable (const char *text)
{
  g_assert_true (text == NULL || firmware_text_is_printable (text));
}

/* U+2028 and U+2029 end a line, and U+202E turns one. */
static void
test_line_ends (void)
{
  g_assert_true (firmware_text_is_printable ("blink \303\274"));
  g_assert_false (firmware_text_is_printable ("blink\342\200\250"));
  g_assert_false (firmware_text_is_printable ("blink\342\200\251"));
  g_assert_false (firmware_text_is_printable ("blink\342\200\256"));
}

/* Nothing that a description holds can break a terminal or a label. */
static void
test_random_bytes (void)
{
  for (guint seed = 0; seed < 2000; seed++) {
    g_autoptr (GBytes) noise = test_image_new_pattern (TEST_IMAGE_APP_SIZE_MIN, seed);
    gsize size = 0;
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (noise, &size), g_bytes_get_size (noise));
    g_auto (FirmwareEspDescription) description = { NULL };

    memcpy (data + 0x20, "\x32\x54\xcd\xab", 4);
    g_assert_true (firmware_esp_description_parse (&description, data, size));

    assert_printable (description.project);
    assert_printable (description.version);
    assert_printable (description.idf_version);
    assert_printable (description.date);
    assert_printable (description.time);
    assert_printable (description.elf_sha256);
  }
}

static void
test_bootloader (void)
{
  g_autoptr (GBytes) image = test_image_new_bootloader (CHIP_ID, TEST_IMAGE_APP_SIZE_MIN);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (image, &size);
  g_autoptr (GBytes) without_magic = test_image_flip (image, 0x20, 0x01);
  g_autoptr (GBytes) unreadable = test_image_flip (image, 0x28, 0x80);

  g_assert_true (firmware_esp_description_is_bootloader (data, size));
  g_assert_false (firmware_esp_description_is_application (data, size));
  g_assert_false (
    firmware_esp_description_is_bootloader (g_bytes_get_data (without_magic, NULL), size));
  g_assert_false (
    firmware_esp_description_is_bootloader (g_bytes_get_data (unreadable, NULL), size));
  g_assert_false (firmware_esp_description_is_bootloader (data, 0x20 + 79));
  g_assert_true (firmware_esp_description_is_bootloader (data, 0x20 + 80));
}

static void
test_bootloader_fields (void)
{
  g_autoptr (GBytes) image = test_image_new_bootloader (CHIP_ID, TEST_IMAGE_APP_SIZE_MIN);
  g_autoptr (GBytes) app = test_image_new_app (CHIP_ID, TEST_IMAGE_APP_SIZE_MIN, "p", "1", "v5");
  const guint8 *data = g_bytes_get_data (image, NULL);
  g_auto (FirmwareEspBootloaderDescription) description = { NULL };

  g_assert_true (
    firmware_esp_bootloader_description_parse (&description, data, TEST_IMAGE_APP_SIZE_MIN));
  g_assert_cmpstr (description.idf_version, ==, "v5.2.1");
  g_assert_cmpstr (description.date, ==, "Apr 30 2026 10:20:30");
  g_assert_cmpuint (description.version, ==, 1);
  g_assert_cmpuint (description.secure_version, ==, 0);

  firmware_esp_bootloader_description_clear (&description);
  g_assert_false (firmware_esp_bootloader_description_parse (&description,
                                                             g_bytes_get_data (app, NULL),
                                                             TEST_IMAGE_APP_SIZE_MIN));
  g_assert_null (description.idf_version);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-description/application", test_application);
  g_test_add_func ("/firmware/esp-description/titles", test_titles);
  g_test_add_func ("/firmware/esp-description/truncations", test_truncations);
  g_test_add_func ("/firmware/esp-description/line-ends", test_line_ends);
  g_test_add_func ("/firmware/esp-description/random-bytes", test_random_bytes);
  g_test_add_func ("/firmware/esp-description/bootloader", test_bootloader);
  g_test_add_func ("/firmware/esp-description/bootloader-fields", test_bootloader_fields);

  return g_test_run ();
}
