/* test-firmware-ihex-refused.c: what is wrong with an Intel HEX file, and in which line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "firmware-error.h"
#include "firmware-memory.h"

#include "test-check.h"
#include "test-hex.h"
#include "test-image.h"

#define GOOD ":0300300002337A1E\n"
#define END ":00000001FF\n"

static void
test_table (void)
{
  const struct {
    const char *text;
    int code;
    const char *message;
  } rows[] = {
    /* The line as text. */
    { GOOD "x0300300002337A1E\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 2, column 1: \"x\" stands where a colon belongs" },
    { GOOD " :0300300002337A1E\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2, column 1: byte 0x20" },
    { " " GOOD END, FIRMWARE_ERROR_MALFORMED, "Line 1, column 1: byte 0x20" },
    { GOOD "\n\r\n\r:03003000G2337A1E\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 5, column 10: \"G\" stands where a hexadecimal digit belongs" },
    { GOOD ":0300300002337A1E ; good\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2, column 18" },
    { GOOD ";0300300002337A1E\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 2, column 1: \";\" stands where a colon belongs" },
    { GOOD " ; blank first\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2, column 1: byte 0x20" },
    { "\xef\xbb\xbf" GOOD "; fine\nx\n" END, FIRMWARE_ERROR_MALFORMED, "Line 3, column 1" },
    { GOOD "\xef\xbb\xbf\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2, column 1: byte 0xef" },
    { GOOD ":03003000\x80\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2, column 10: byte 0x80" },

    /* Its length. */
    { GOOD ":\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2 has 0 digits" },
    { GOOD ":030\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2 has 3 digits" },
    { GOOD ":0300300002337A1\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 2 has 15 digits; with 3 bytes of data, as it says, it would have 16" },
    { GOOD ":0300300002337A1E00\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2 has 18 digits" },
    { GOOD ":0400300002337A1D\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2 has 16 digits" },
    { GOOD ":0\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 2 has 1 digits; no record has less than 10" },
    { GOOD ":000000001\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 2 has 9 digits; no record has less than 10" },
    { GOOD ":0100000100\n" END, FIRMWARE_ERROR_MALFORMED,
      "Line 2 has 10 digits; with 1 bytes of data, as it says, it would have 12" },
    { GOOD ":0300300002337A1E00", FIRMWARE_ERROR_MALFORMED,
      "Line 2 has 18 digits; with 3 bytes of data, as it says, it would have 16" },

    /* The record. */
    { GOOD ":0300600002337A1E\n" END, FIRMWARE_ERROR_CHECKSUM,
      "Line 2: its checksum is 0x1e; its bytes make 0xee" },
    { GOOD ":00000006FA\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2: there is no record type 06" },
    { GOOD ":00000020E0\n" END, FIRMWARE_ERROR_MALFORMED, "Line 2: there is no record type 20" },
    { GOOD ":0100000100FE\n", FIRMWARE_ERROR_MALFORMED, "a record of type 01 has 1 bytes" },
    { GOOD ":0100000210ED\n" END, FIRMWARE_ERROR_MALFORMED,
      "type 02 has 1 bytes of data instead of 2" },
    { GOOD ":03000004080000F1\n" END, FIRMWARE_ERROR_MALFORMED, "type 04 has 3 bytes" },
    { GOOD ":020000030000FB\n" END, FIRMWARE_ERROR_MALFORMED, "type 03 has 2 bytes" },
    { GOOD ":00000005FB\n" END, FIRMWARE_ERROR_MALFORMED,
      "type 05 has 0 bytes of data instead of 4" },

    /* The file. */
    { GOOD, FIRMWARE_ERROR_TRUNCATED, "ends with line 1, before an end record" },
    { GOOD GOOD ":0300300002337A1", FIRMWARE_ERROR_TRUNCATED, "ends in the middle of line 3" },
    { GOOD ":0", FIRMWARE_ERROR_TRUNCATED, "ends in the middle of line 2" },
    { GOOD ":00000001F", FIRMWARE_ERROR_TRUNCATED, "ends in the middle of line 2" },
    { GOOD ":0100000100", FIRMWARE_ERROR_TRUNCATED, "ends in the middle of line 2" },
    { GOOD ":", FIRMWARE_ERROR_TRUNCATED, "ends in the middle of line 2" },
    { GOOD "\n" END "\n" GOOD, FIRMWARE_ERROR_MALFORMED,
      "Line 5 comes after the end record in line 3" },
    { GOOD END "\x1a", FIRMWARE_ERROR_MALFORMED, "Line 3 comes after" },
    { GOOD END END, FIRMWARE_ERROR_MALFORMED, "Line 3 comes after" },
    { END, FIRMWARE_ERROR_MALFORMED, "end record in line 1 comes before any data" },
    { ":0000000000\n" END, FIRMWARE_ERROR_MALFORMED, "line 2 comes before any data" },

    /* The addresses. */
    { GOOD GOOD END, FIRMWARE_ERROR_OVERLAP,
      "line 1 and line 2 both have a byte for address 0x00000030" },
    { GOOD "\n:0100320000CD\n" END, FIRMWARE_ERROR_OVERLAP,
      "line 1 and line 3 both have a byte for address 0x00000032" },
    { ":020000040001F9\n:0100000000FF\n:020000021000EC\n:0100000000FF\n" END,
      FIRMWARE_ERROR_OVERLAP, "line 2 and line 4 both have a byte for address 0x00010000" },
    { ":02000004FFFFFC\n:03FFFE0002337A51\n" END, FIRMWARE_ERROR_BEYOND_FLASH,
      "Line 2: 3 bytes at address 0xfffffffe" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) contents = g_bytes_new (rows[i].text, strlen (rows[i].text));

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    test_assert_refused (contents, rows[i].code, rows[i].message);
  }
}

static GBytes *
create_good_file (void)
{
  const guint8 data[] = "firmware";
  GString *text = g_string_new (NULL);

  test_hex_append_at (text, 0x08000000, data, sizeof data);
  test_hex_append_end (text);

  return g_string_free_to_bytes (text);
}

/* Cut after any byte but the last line's end, it is never taken for whole, nor for something else.
 */
static void
test_cut (void)
{
  g_autoptr (GBytes) file = create_good_file ();
  const gsize whole = g_bytes_get_size (file);

  for (gsize size = 1; size < whole - 1; size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, size);

    test_assert_refused (cut, FIRMWARE_ERROR_TRUNCATED, "Intel HEX file ends");
  }
}

/* What is short and no such line is nothing of the kind. */
static void
test_short (void)
{
  const char *const texts[] = { "0", "030", ":x", ":0\n", ":03 ", ": ", "\n", " " };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) contents = g_bytes_new (texts[i], strlen (texts[i]));

    test_assert_refused (contents, FIRMWARE_ERROR_UNKNOWN_FORMAT, NULL);
  }
}

/* No digit can be replaced by another one. */
static void
test_digits (void)
{
  g_autoptr (GBytes) file = create_good_file ();
  gsize size = 0;
  const guint8 *text = g_bytes_get_data (file, &size);

  for (gsize i = 0; i < size; i++) {
    for (guint8 value = 0; g_ascii_isxdigit (text[i]) && value < 16; value++) {
      const guint8 digit = (guint8) "0123456789ABCDEF"[value];
      g_autoptr (GBytes) changed = test_image_flip (file, i, text[i] ^ digit);
      g_autoptr (GError) error = NULL;

      if (digit == text[i])
        continue;

      g_assert_null (firmware_image_new_from_bytes (changed, &error));
      g_assert_true (error->domain == FIRMWARE_ERROR);
    }
  }
}

/* A byte at every other address: as many segments as are taken, and one more. */
static void
test_scattered (void)
{
  const guint8 byte = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) more = NULL;
  g_autoptr (GBytes) good = NULL;
  g_autoptr (GBytes) bad = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  for (guint i = 0; i < FIRMWARE_MEMORY_RUNS_MAX; i++)
    test_hex_append (text, &test_hex_plain, 0, (guint16) (2 * i), &byte, 1);

  more = g_string_new (text->str);
  test_hex_append (more, &test_hex_plain, 0, 2 * FIRMWARE_MEMORY_RUNS_MAX, &byte, 1);
  test_hex_append_end (text);
  test_hex_append_end (more);
  good = g_bytes_new (text->str, text->len);
  bad = g_bytes_new (more->str, more->len);

  image = test_read_image (good);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==,
                    FIRMWARE_MEMORY_RUNS_MAX);
  test_assert_refused (bad, FIRMWARE_ERROR_MALFORMED, "scattered over 4097 places");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/ihex-refused/table", test_table);
  g_test_add_func ("/firmware/ihex-refused/cut", test_cut);
  g_test_add_func ("/firmware/ihex-refused/short", test_short);
  g_test_add_func ("/firmware/ihex-refused/digits", test_digits);
  g_test_add_func ("/firmware/ihex-refused/scattered", test_scattered);

  return g_test_run ();
}
