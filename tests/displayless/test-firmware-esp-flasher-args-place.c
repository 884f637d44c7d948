/* test-firmware-esp-flasher-args-place.c: in which line of a flasher_args.json something is wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-flasher-args.h"

#include <string.h>

#define FILES "  \"flash_files\": {\n    \"0x1000\": \"a.bin\"\n  }"

static const struct {
  const char *text;
  int code;
  guint line;
} rows[] = {
  { "{\n  \"flash_files\": {\n    \"0x1000\" : \"a.bin\",\n    \"0x1g\" : \"b.bin\"\n  }\n}",
    FIRMWARE_ERROR_MALFORMED, 4 },
  { "{\n  \"app\": \"0x1g\",\n  \"flash_files\": {\n    \"0x1g\"\n: \"b.bin\"\n  }\n}",
    FIRMWARE_ERROR_MALFORMED, 4 },
  { "{\n  \"flash_files\": {\n    \"0x1000\": 1\n  }\n}", FIRMWARE_ERROR_MALFORMED, 3 },
  { "{\n\n  \"flash_files\": []\n}", FIRMWARE_ERROR_MALFORMED, 3 },
  { "{\n\n  \"flash_files\": {}\n}", FIRMWARE_ERROR_MALFORMED, 3 },
  { "{\n  \"flash_files\": {\n    \"0x1000\": \"a.bin\",\n    \"0x1000\": \"b.bin\"\n  }\n}",
    FIRMWARE_ERROR_OVERLAP, 4 },
  { "{\n" FILES ",\n  \"flash_settings\": 1\n}", FIRMWARE_ERROR_MALFORMED, 5 },
  { "{\n" FILES ",\n  \"flash_settings\": {\n    \"flash_size\": 4\n  }\n}",
    FIRMWARE_ERROR_MALFORMED, 6 },
  { "{\n" FILES ",\n  \"flash_settings\": {\n    \"flash_size\": \"5MB\"\n  }\n}",
    FIRMWARE_ERROR_MALFORMED, 6 },
  { "{\n" FILES ",\n  \"write_flash_args\": 4\n}", FIRMWARE_ERROR_MALFORMED, 5 },
  { "{\n" FILES ",\n  \"write_flash_args\": [ \"-fs\", \"5MB\" ]\n}", FIRMWARE_ERROR_MALFORMED, 5 },
  { "{\n" FILES ",\n  \"extra_esptool_args\": 1\n}", FIRMWARE_ERROR_MALFORMED, 5 },
  { "{\n" FILES ",\n  \"extra_esptool_args\": {\n    \"chip\": 32\n  }\n}",
    FIRMWARE_ERROR_MALFORMED, 6 },
  { "{\n" FILES ",\n  \"app\": {\n    \"file\": 1, \"encrypted\": true\n  }\n}",
    FIRMWARE_ERROR_MALFORMED, 5 },
  { "{\n" FILES "\n}\n{\n}", FIRMWARE_ERROR_MALFORMED, 6 },
  { "{\n" FILES ",\n}}\n", FIRMWARE_ERROR_MALFORMED, 5 },
  { "", FIRMWARE_ERROR_MALFORMED, 1 },
  { "[]", FIRMWARE_ERROR_MALFORMED, 1 },
};

static void
test_line (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) contents = g_bytes_new_static (rows[i].text, strlen (rows[i].text));
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, rows[i].code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (firmware_error_get_place (error));
  g_assert_cmpint (firmware_error_get_place (error)->kind, ==, FIRMWARE_PLACE_LINE);
  g_assert_cmpuint (firmware_error_get_place (error)->number, ==, rows[i].line);
}

/* What is not understood is at fault, not what was understood just before. */
static void
test_syntax (void)
{
  const struct {
    const char *text;
    guint line;
    guint column; /* 0 where versions of json-glib differ */
  } bads[] = {
    { "{\n  // Mine\n  \"a\": 1\n}", 2, 3 },
    { "// Mine\n{ \"a\": 1 }", 1, 0 },
    { "{\n  \"a\": 1,\n  \"b\": 2,\n}", 4, 1 },
    { "{\n  \"a\": 1\n  \"b\": 2\n}", 2, 8 },
    { "{\n\t\"a\": 1,\n\tb: 2\n}", 3, 2 },
    { "{\n\t\"ä\":\t1,\tb: 2\n}", 2, 10 },
    { "{\n  \"a\": \"x\n}", 3, 1 },
    { "{\n  \"a\": [\n", 2, 9 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bads); i++) {
    g_autoptr (GBytes) contents = g_bytes_new_static (bads[i].text, strlen (bads[i].text));
    g_auto (FirmwareEspFlasherArgs) args = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
    g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
    g_test_message ("%" G_GSIZE_FORMAT ": %s", i, error->message);
    g_assert_cmpuint (firmware_error_get_place (error)->number, ==, bads[i].line);
    if (bads[i].column > 0)
      g_assert_cmpuint (firmware_error_get_place (error)->column, ==, bads[i].column);
  }
}

/* Whoever opens so many brackets is stopped in the line of the first one too many. */
static void
test_brackets (void)
{
  g_autoptr (GString) text = g_string_new ("{\n");
  g_autoptr (GBytes) contents = NULL;
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "[\n");
  contents = g_bytes_new_static (text->str, text->len);

  g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
  g_assert_cmpuint (firmware_error_get_place (error)->number, ==, 1025);
}

/* A name that is written in another way than the parser reads it cannot be found again. */
static void
test_unknown_line (void)
{
  const char *text = "{\"flash_files\": {\"0x1\\u0067\": \"b.bin\"}}";
  g_autoptr (GBytes) contents = g_bytes_new_static (text, strlen (text));
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
  g_assert_null (firmware_error_get_place (error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/firmware/esp-flasher-args-place/line/%u", i);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_line);
  }
  g_test_add_func ("/firmware/esp-flasher-args-place/syntax", test_syntax);
  g_test_add_func ("/firmware/esp-flasher-args-place/brackets", test_brackets);
  g_test_add_func ("/firmware/esp-flasher-args-place/unknown-line", test_unknown_line);

  return g_test_run ();
}
