/* test-firmware-esp-flasher-args.c: any flasher_args.json is understood or refused with a reason
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-flasher-args.h"

#include <string.h>

#define MIB (1024 * 1024)

/* What ESP-IDF 5 writes. */
#define MODERN                                                                                     \
  "{\n"                                                                                            \
  "  \"write_flash_args\" : [ \"--flash_mode\", \"dio\", \"--flash_size\", \"4MB\" ],\n"           \
  "  \"flash_settings\" : { \"flash_mode\": \"dio\", \"flash_size\": \"4MB\" },\n"                 \
  "  \"flash_files\" : {\n"                                                                        \
  "    \"0x1000\" : \"bootloader/bootloader.bin\",\n"                                              \
  "    \"0x10000\" : \"blink.bin\",\n"                                                             \
  "    \"0x8000\" : \"partition_table/partition-table.bin\"\n"                                     \
  "  },\n"                                                                                         \
  "  \"app\" : { \"offset\": \"0x10000\", \"file\": \"blink.bin\", \"encrypted\": \"false\" },\n"  \
  "  \"extra_esptool_args\" : { \"stub\" : true, \"chip\" : \"esp32s2\" }\n"                       \
  "}\n"

/* One file, and whatever else. */
#define ONE_FILE "\"flash_files\": {\"0x1000\": \"a.bin\"}"
#define WITH(member) "{" ONE_FILE ", " member "}"

static GBytes *
make_bytes (const char *text)
{
  /* A heap block of exactly this size, so that reading beyond it is noticed. */
  return g_bytes_new (text, strlen (text));
}

static void
test_modern (void)
{
  const FirmwareEspFlasherFile expected[] = {
    { 0x1000, (char *) "bootloader/bootloader.bin" },
    { 0x10000, (char *) "blink.bin" },
    { 0x8000, (char *) "partition_table/partition-table.bin" },
  };
  g_autoptr (GBytes) contents = make_bytes (MODERN);
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_esp_flasher_args_is_present (contents));
  g_assert_true (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (args.flash_size, ==, 4 * MIB);
  g_assert_cmpstr (args.chip->name, ==, "ESP32-S2");
  g_assert_cmpuint (args.files->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < args.files->len; i++) {
    const FirmwareEspFlasherFile *file = &g_array_index (args.files, FirmwareEspFlasherFile, i);

    g_assert_cmphex (file->address, ==, expected[i].address);
    g_assert_cmpstr (file->path, ==, expected[i].path);
  }
}

typedef struct {
  const char *name;
  const char *text;
  const char *chip; /* NULL: not told */
  guint32 flash_size;
} Good;

static const Good goods[] = {
  { "least", "{" ONE_FILE "}", NULL, 0 },
  { "byte-order-mark", "\xef\xbb\xbf{" ONE_FILE "}", NULL, 0 },
  { "white-space", "\r\n\t {" ONE_FILE "}\r\n", NULL, 0 },
  { "nulls", WITH ("\"flash_settings\": null, \"extra_esptool_args\": {\"chip\": null}"), NULL, 0 },
  { "chip-as-printed", WITH ("\"extra_esptool_args\": {\"chip\": \"ESP32-S3\"}"), "ESP32-S3", 0 },
  { "chip-p4", WITH ("\"extra_esptool_args\": {\"chip\": \"esp32p4\"}"), "ESP32-P4", 0 },
  { "chip-s31", WITH ("\"extra_esptool_args\": {\"chip\": \"esp32s31\"}"), "ESP32-S31", 0 },
  { "chip-without-loader", WITH ("\"extra_esptool_args\": {\"chip\": \"esp32\"}"), "ESP32", 0 },
  { "chip-auto", WITH ("\"extra_esptool_args\": {\"chip\": \"auto\"}"), NULL, 0 },
  { "size-1", WITH ("\"flash_settings\": {\"flash_size\": \"1MB\"}"), NULL, MIB },
  { "size-128", WITH ("\"flash_settings\": {\"flash_size\": \"128MB\"}"), NULL, 128 * MIB },
  { "size-small-letters", WITH ("\"flash_settings\": {\"flash_size\": \"2mb\"}"), NULL, 2 * MIB },
  { "size-detected", WITH ("\"flash_settings\": {\"flash_size\": \"detect\"}"), NULL, 0 },
  { "size-kept", WITH ("\"flash_settings\": {\"flash_size\": \"keep\"}"), NULL, 0 },
  { "size-as-argument", WITH ("\"write_flash_args\": [\"--flash_size\", \"8MB\"]"), NULL, 8 * MIB },
  { "size-with-dash", WITH ("\"write_flash_args\": [\"x\", \"--flash-size\", \"16MB\"]"), NULL,
    16 * MIB },
  { "size-in-one-string", WITH ("\"write_flash_args\": \"-fm dio  -fs 4MB -ff 80m\""), NULL,
    4 * MIB },
  { "size-option-without-value", WITH ("\"write_flash_args\": [\"--flash_size\"]"), NULL, 0 },
  { "no-arguments", WITH ("\"write_flash_args\": []"), NULL, 0 },
  { "settings-before-arguments",
    WITH ("\"write_flash_args\": [\"-fs\", \"2MB\"], \"flash_settings\": {\"flash_size\": "
          "\"4MB\"}"),
    NULL, 4 * MIB },
  { "not-encrypted", WITH ("\"app\": {\"encrypted\": false}, \"x\": {\"encrypted\": \"no\"}"), NULL,
    0 },
  { "strange-members", WITH ("\"a\": [1, 2.5, {}], \"b\": null, \"c\": true"), NULL, 0 },
  { "name-twice", WITH ("\"a\": 1, \"a\": 2"), NULL, 0 },
  { "absolute-path", "{\"flash_files\": {\"0x1000\": \"/build/a.bin\"}}", NULL, 0 },
};

static void
test_good (gconstpointer user_data)
{
  const Good *good = user_data;
  g_autoptr (GBytes) contents = make_bytes (good->text);
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_esp_flasher_args_is_present (contents));
  g_assert_true (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (args.files->len, ==, 1);
  g_assert_cmphex (g_array_index (args.files, FirmwareEspFlasherFile, 0).address, ==, 0x1000);
  g_assert_cmpstr (args.chip != NULL ? args.chip->name : NULL, ==, good->chip);
  g_assert_cmpuint (args.flash_size, ==, good->flash_size);
}

static void
test_encrypted (void)
{
  const struct {
    const char *member;
    gboolean is_file_encrypted;
    gboolean is_encrypted;
  } rows[] = {
    { "{\"file\": \"a.bin\", \"encrypted\": \"true\"}", TRUE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": true}", TRUE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": \"Yes\"}", TRUE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": 1}", TRUE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": 0.5}", TRUE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": \"false\"}", FALSE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": \"Off\"}", FALSE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": 0}", FALSE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": null}", FALSE, FALSE },
    { "{\"file\": \"a.bin\", \"encrypted\": {}}", FALSE, FALSE },
    { "{\"file\": \"a.bin\"}", FALSE, FALSE },
    { "{\"file\": \"b.bin\", \"encrypted\": \"true\"}", FALSE, TRUE },
    { "{\"encrypted\": \"true\"}", FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text =
      g_strdup_printf ("{\"flash_files\": {\"0x1000\": \"a.bin\", \"0x8000\": \"c.bin\"}, "
                       "\"x\": %s}",
                       rows[i].member);
    g_autoptr (GBytes) contents = make_bytes (text);
    g_auto (FirmwareEspFlasherArgs) args = { 0 };

    g_assert_true (firmware_esp_flasher_args_parse (&args, contents, NULL));
    g_assert_cmpint (g_array_index (args.files, FirmwareEspFlasherFile, 0).is_encrypted, ==,
                     rows[i].is_file_encrypted);
    g_assert_false (g_array_index (args.files, FirmwareEspFlasherFile, 1).is_encrypted);
    g_assert_cmpint (args.is_encrypted, ==, rows[i].is_encrypted);
  }
}

static void
test_addresses (void)
{
  const struct {
    const char *text;
    gint64 address; /* -1: refused */
  } rows[] = {
    { "0", 0 },
    { "0x0", 0 },
    { "4096", 4096 },
    { "0x1000", 0x1000 },
    { "0X1000", 0x1000 },
    { "0x0001000", 0x1000 },
    { "0xABcd", 0xabcd },
    { "4294967295", 0xffffffff },
    { "0xffffffff", 0xffffffff },
    { "4294967296", -1 },
    { "0x100000000", -1 },
    { "99999999999999999999999999", -1 },
    { "", -1 },
    { "0x", -1 },
    { "0x0x10", -1 },
    { "0xg", -1 },
    { "0x 1", -1 },
    { "01000", -1 },
    { "0_7", -1 },
    { "00", 0 },
    { "0_00", 0 },
    { "-1", -1 },
    { "-0x0", 0 },
    { "+1", 1 },
    { "- 1", -1 },
    { "--0", -1 },
    { " 0x1000", 0x1000 },
    { "0x1000 ", 0x1000 },
    { "\\t\\r\\n 4096\\f", 4096 },
    { "   ", -1 },
    { "0o100", 0x40 },
    { "0O18", -1 },
    { "0b1000", 8 },
    { "0B12", -1 },
    { "0x1_0000", 0x10000 },
    { "0x_10", 0x10 },
    { "1__0", -1 },
    { "_1", -1 },
    { "1_", -1 },
    { "0x_", -1 },
    { "1000h", -1 },
    { "1e3", -1 },
    { "bootloader", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text =
      g_strdup_printf ("{\"flash_files\": {\"%s\": \"a.bin\"}}", rows[i].text);
    g_autoptr (GBytes) contents = make_bytes (text);
    g_auto (FirmwareEspFlasherArgs) args = { 0 };
    g_autoptr (GError) error = NULL;

    g_test_message ("\"%s\"", rows[i].text);
    if (rows[i].address >= 0) {
      g_assert_true (firmware_esp_flasher_args_parse (&args, contents, &error));
      g_assert_no_error (error);
      g_assert_cmphex (g_array_index (args.files, FirmwareEspFlasherFile, 0).address, ==,
                       rows[i].address);
    } else {
      g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
      g_assert_nonnull (strstr (error->message, "no flash address"));
    }
  }
}

typedef struct {
  const char *name;
  const char *text;
  int code;
  const char *message;
} Bad;

static const Bad bads[] = {
  { "no-json", "{\n  \"flash_files\": {\n    \"0x1000\" \"a.bin\"\n}}", FIRMWARE_ERROR_MALFORMED,
    "line 3" },
  { "no-end", "{" ONE_FILE, FIRMWARE_ERROR_MALFORMED, "makes no sense at line 1" },
  { "array", "[]", FIRMWARE_ERROR_MALFORMED, "no object" },
  { "number", "1", FIRMWARE_ERROR_MALFORMED, "no object" },
  { "null", "null", FIRMWARE_ERROR_MALFORMED, "no object" },
  { "white-space", "  ", FIRMWARE_ERROR_MALFORMED, "no object" },
  { "byte-order-mark", "\xef\xbb\xbf", FIRMWARE_ERROR_MALFORMED, "no object" },
  { "two-values", "{" ONE_FILE "} {}", FIRMWARE_ERROR_MALFORMED, "behind its end" },
  { "array-behind", "{" ONE_FILE "}[]", FIRMWARE_ERROR_MALFORMED, "behind its end" },
  { "word-behind", "{" ONE_FILE "} true", FIRMWARE_ERROR_MALFORMED, "makes no sense" },
  { "no-utf-8", "{\"flash_files\": {\"0x1000\": \"\xff.bin\"}}", FIRMWARE_ERROR_MALFORMED,
    "makes no sense" },
  { "another-json", "{\"name\": \"package\"}", FIRMWARE_ERROR_OTHER_JSON, "flash_files" },
  { "nothing-in-it", "{}", FIRMWARE_ERROR_OTHER_JSON, "flash_files" },
  { "files-null", "{\"flash_files\": null}", FIRMWARE_ERROR_OTHER_JSON, "flash_files" },
  { "files-array", "{\"flash_files\": [\"a.bin\"]}", FIRMWARE_ERROR_MALFORMED,
    "\"flash_files\" is no object" },
  { "no-files", "{\"flash_files\": {}}", FIRMWARE_ERROR_MALFORMED, "lists no file" },
  { "path-number", "{\"flash_files\": {\"0x1000\": 5}}", FIRMWARE_ERROR_MALFORMED,
    "names no file for address \"0x1000\"" },
  { "path-object", "{\"flash_files\": {\"0x1000\": {}}}", FIRMWARE_ERROR_MALFORMED,
    "names no file" },
  { "path-null", "{\"flash_files\": {\"0x1000\": null}}", FIRMWARE_ERROR_MALFORMED,
    "names no file" },
  { "path-empty", "{\"flash_files\": {\"0x1000\": \"\"}}", FIRMWARE_ERROR_MALFORMED,
    "names no file" },
  { "path-escape", "{\"flash_files\": {\"0x1000\": \"\\u001b[31m.bin\"}}", FIRMWARE_ERROR_MALFORMED,
    "names no file" },
  { "address-escape", "{\"flash_files\": {\"\\u001b[31m\": \"a.bin\"}}", FIRMWARE_ERROR_MALFORMED,
    "\\033[31m" },
  { "address-twice", "{\"flash_files\": {\"0x1000\": \"a.bin\", \"0x1000\": \"b.bin\"}}",
    FIRMWARE_ERROR_OVERLAP, "\"0x1000\" twice" },
  { "address-twice-with-blank",
    "{\"flash_files\": {\" +0x1000\": \"a.bin\", \" +0x1000\": \"b.bin\"}}", FIRMWARE_ERROR_OVERLAP,
    "\" +0x1000\" twice" },
  { "settings-string", WITH ("\"flash_settings\": \"4MB\""), FIRMWARE_ERROR_MALFORMED,
    "\"flash_settings\" is no object" },
  { "size-number", WITH ("\"flash_settings\": {\"flash_size\": 4}"), FIRMWARE_ERROR_MALFORMED,
    "\"flash_size\" is no string" },
  { "size-3", WITH ("\"flash_settings\": {\"flash_size\": \"3MB\"}"), FIRMWARE_ERROR_MALFORMED,
    "\"3MB\"" },
  { "size-256", WITH ("\"flash_settings\": {\"flash_size\": \"256MB\"}"), FIRMWARE_ERROR_MALFORMED,
    "\"256MB\"" },
  { "size-empty", WITH ("\"flash_settings\": {\"flash_size\": \"\"}"), FIRMWARE_ERROR_MALFORMED,
    "\"\"" },
  { "size-argument", WITH ("\"write_flash_args\": [\"-fs\", \"big\"]"), FIRMWARE_ERROR_MALFORMED,
    "\"big\"" },
  { "arguments-object", WITH ("\"write_flash_args\": {}"), FIRMWARE_ERROR_MALFORMED,
    "\"write_flash_args\" is no list" },
  { "arguments-numbers", WITH ("\"write_flash_args\": [1]"), FIRMWARE_ERROR_MALFORMED,
    "\"write_flash_args\" is no list" },
  { "chip-number", WITH ("\"extra_esptool_args\": {\"chip\": 2}"), FIRMWARE_ERROR_MALFORMED,
    "\"chip\" is no string" },
  { "chip-esp8266", WITH ("\"extra_esptool_args\": {\"chip\": \"esp8266\"}"),
    FIRMWARE_ERROR_NO_LOADER, "\"esp8266\"" },
  { "chip-unknown", WITH ("\"extra_esptool_args\": {\"chip\": \"\\u001b\"}"),
    FIRMWARE_ERROR_NO_LOADER, "\\033" },
  { "encrypted-file", WITH ("\"app\": {\"file\": 1, \"encrypted\": true}"),
    FIRMWARE_ERROR_MALFORMED, "\"file\" is no string" },
};

static void
test_bad (gconstpointer user_data)
{
  const Bad *bad = user_data;
  g_autoptr (GBytes) contents = make_bytes (bad->text);
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, bad->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, bad->message));
  g_assert_null (args.files);
}

static void
assert_bytes_refused (const char *data, gsize size, int code)
{
  g_autoptr (GBytes) contents = g_bytes_new (data, size);
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, code);
}

/* No text is so deep that the parser runs out of stack, nor so long that it takes for ever. */
static void
test_bounds (void)
{
  const gsize size = 1024 * 1024 + 1;
  g_autofree char *text = g_malloc (size);
  g_autoptr (GString) files = g_string_new ("{\"flash_files\": {");

  memset (text, '[', size);
  assert_bytes_refused (text, 1024, FIRMWARE_ERROR_MALFORMED);
  assert_bytes_refused (text, 1025, FIRMWARE_ERROR_MALFORMED);
  assert_bytes_refused (text, size - 1, FIRMWARE_ERROR_MALFORMED);
  assert_bytes_refused (text, size, FIRMWARE_ERROR_TOO_LARGE);

  memset (text, '"', size);
  assert_bytes_refused (text, size - 1, FIRMWARE_ERROR_MALFORMED);

  for (guint i = 0; i < 64; i++)
    g_string_append_printf (files, "%s\"%u\": \"%u.bin\"", i > 0 ? "," : "", i * 4096, i);
  g_string_append (files, "}}");
  assert_bytes_refused (files->str, files->len, FIRMWARE_ERROR_TOO_MANY_PARTS);
}

/* The longest message shows as much of a text as is needed to find it. */
static void
test_long_text (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_autofree char *text =
    g_strdup_printf (WITH ("\"extra_esptool_args\": {\"chip\": \"%s\"}"), name);
  g_autoptr (GBytes) contents = make_bytes (text);
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER);
  g_assert_cmpuint (strlen (error->message), <, 200);
}

static void
test_truncations (void)
{
  const gsize brace = strlen (MODERN) - 2; /* the last one, before the line's end */

  for (gsize length = 0; length <= brace; length++) {
    g_autoptr (GBytes) contents = g_bytes_new (MODERN, length);
    g_auto (FirmwareEspFlasherArgs) args = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_false (firmware_esp_flasher_args_parse (&args, contents, &error));
    g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
  }
}

static void
assert_parsed_or_refused (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) contents = g_bytes_new (data, size);
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GError) error = NULL;

  if (firmware_esp_flasher_args_parse (&args, contents, &error)) {
    g_assert_no_error (error);
    g_assert_cmpuint (args.files->len, >=, 1);
    g_assert_cmpuint (args.files->len, <=, 63);
  } else {
    g_assert_true (error->domain == FIRMWARE_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_null (args.files);
  }
}

/* Each byte of a good file is exchanged for ones that mean something, and for chance. */
static void
test_changed_bytes (void)
{
  const char meaningful[] = "{}[]\",:\\/*0-+.eE#'\n\t\x1b\x7f\xff";
  const gsize size = strlen (MODERN);
  g_autofree guint8 *data = g_memdup2 (MODERN, size);

  for (gsize offset = 0; offset < size; offset++) {
    const guint8 original = data[offset];

    for (gsize i = 0; i < sizeof meaningful; i++) {
      data[offset] = (guint8) meaningful[i];
      assert_parsed_or_refused (data, size);
    }
    data[offset] = original;
  }
}

static void
test_garbage (void)
{
  const char *words[] = { "{",
                          "}",
                          "[",
                          "]",
                          ":",
                          ",",
                          "\"flash_files\"",
                          "\"0x1000\"",
                          "\"a.bin\"",
                          "\"app\"",
                          "\"encrypted\"",
                          "true",
                          "null",
                          "-1",
                          "1e999",
                          "/*",
                          "//",
                          "\\u",
                          "\"",
                          " ",
                          "\n",
                          "\xc3",
                          "\"flash_settings\"",
                          "\"flash_size\"" };

  for (guint run = 0; run < 20000; run++) {
    g_autoptr (GString) text = g_string_new ("{");
    const guint n_words = (guint) g_test_rand_int_range (0, 24);

    for (guint i = 0; i < n_words; i++)
      g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
    assert_parsed_or_refused ((const guint8 *) text->str, text->len);
  }

  for (guint run = 0; run < 2000; run++) {
    guint8 data[64];

    for (gsize i = 0; i < sizeof data; i++)
      data[i] = (guint8) g_test_rand_int ();
    data[0] = '{';
    assert_parsed_or_refused (data, (gsize) g_test_rand_int_range (1, sizeof data + 1));
  }
}

static void
test_is_present (void)
{
  const struct {
    const char *text;
    gboolean is_present;
  } rows[] = {
    { MODERN, TRUE },       { "{}", TRUE },     { "{", TRUE },       { "{ \n\"", TRUE },
    { "{\x01", FALSE },     { "{[", FALSE },    { "[]", FALSE },     { "", FALSE },
    { " ", FALSE },         { "\"{\"", FALSE }, { "070701", FALSE }, { "\xef\xbb\xbf{", TRUE },
    { "\xef\xbb{", FALSE }, { "x{\"", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) contents = make_bytes (rows[i].text);

    g_test_message ("Row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (firmware_esp_flasher_args_is_present (contents), ==, rows[i].is_present);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-flasher-args/modern", test_modern);
  g_test_add_func ("/firmware/esp-flasher-args/is-present", test_is_present);
  g_test_add_func ("/firmware/esp-flasher-args/encrypted", test_encrypted);
  g_test_add_func ("/firmware/esp-flasher-args/addresses", test_addresses);
  for (gsize i = 0; i < G_N_ELEMENTS (goods); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-flasher-args/good/", goods[i].name, NULL);

    g_test_add_data_func (path, &goods[i], test_good);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bads); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-flasher-args/bad/", bads[i].name, NULL);

    g_test_add_data_func (path, &bads[i], test_bad);
  }
  g_test_add_func ("/firmware/esp-flasher-args/bounds", test_bounds);
  g_test_add_func ("/firmware/esp-flasher-args/long-text", test_long_text);
  g_test_add_func ("/firmware/esp-flasher-args/truncations", test_truncations);
  g_test_add_func ("/firmware/esp-flasher-args/changed-bytes", test_changed_bytes);
  g_test_add_func ("/firmware/esp-flasher-args/garbage", test_garbage);

  return g_test_run ();
}
