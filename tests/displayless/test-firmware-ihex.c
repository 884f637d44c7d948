/* test-firmware-ihex.c: Intel HEX, read and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "firmware-error.h"
#include "firmware-format.h"
#include "firmware-ihex.h"

#include "test-check.h"
#include "test-hex.h"

#define AREA_SIZE 0x30000 /* three pages of 64 KiB */
#define N_LAYOUTS 30

/* What a file says about an area of the address space. */
typedef struct {
  guint8 bytes[AREA_SIZE];
  gboolean known[AREA_SIZE];
} Area;

static GArray *
read_text (const char *text)
{
  g_autoptr (GBytes) contents = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GArray *runs = firmware_ihex_read (contents, &error);

  g_assert_no_error (error);
  return runs;
}

static void
assert_run (GArray *runs, guint i, guint64 address, const char *expected, gsize expected_size)
{
  const FirmwareRun *run = &g_array_index (runs, FirmwareRun, i);
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (run->data, &size);

  g_assert_cmphex (run->address, ==, address);
  g_assert_cmpmem (data, size, expected, expected_size);
}

static void
test_accepted (void)
{
  const struct {
    const char *text;
    guint64 address;
  } rows[] = {
    { ":0300300002337A1E\n:00000001FF\n", 0x30 },
    { ":0300300002337a1e\n:00000001ff\n", 0x30 },
    { ":0300300002337A1E\r\n:00000001FF\r\n", 0x30 },
    { ":0300300002337A1E\r:00000001FF\r", 0x30 },
    { ":0300300002337A1E\n:00000001FF", 0x30 },
    { "\xef\xbb\xbf:0300300002337A1E\r\n:00000001FF\r\n", 0x30 },
    { "\xef\xbb\xbf; made by a compiler\n:0300300002337A1E\n:00000001FF\n", 0x30 },
    { "# note\n:0300300002337A1E\n;\n:00000001FF\n;PIC18F4550\n;CRC=1234\n", 0x30 },
    { "\r\n \t\n:0300300002337A1E \t\n\n:00000001FF  \n\r\n  \n", 0x30 },
    { ":020000021000EC\n:0300300002337A1E\n:00000001FF\n", 0x10030 },
    { ":020000040800F2\n:0300300002337A1E\n:00000001FF\n", 0x08000030 },
    { ":020000040800F2\n:020000021000EC\n:0300300002337A1E\n:00000001FF\n", 0x10030 },
    { ":0400000300003800C1\n:0300300002337A1E\n:04000005000000CD2A\n:00000001FF\n", 0x30 },
    { ":0000000000\n:0300300002337A1E\n:00123401B9\n", 0x30 },
    { ":02000004FFFFFC\n:03FFFD0002337A52\n:00000001FF\n", 0xfffffffd },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GArray) runs = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    runs = read_text (rows[i].text);
    g_assert_cmpuint (runs->len, ==, 1);
    assert_run (runs, 0, rows[i].address, "\x02\x33\x7a", 3);
  }
}

/* In a segment, offset 0xffff is followed by offset 0; linear addresses go on. */
static void
test_wrap_around (void)
{
  g_autoptr (GArray) start = read_text (":04FFFE0001020304F5\n:00000001FF\n");
  g_autoptr (GArray) segment = read_text (":020000022000DC\n:04FFFE0001020304F5\n:00000001FF\n");
  g_autoptr (GArray) linear = read_text (":020000040002F8\n:04FFFE0001020304F5\n:00000001FF\n");

  g_assert_cmpuint (start->len, ==, 2);
  assert_run (start, 0, 0x0, "\3\4", 2);
  assert_run (start, 1, 0xfffe, "\1\2", 2);

  g_assert_cmpuint (segment->len, ==, 2);
  assert_run (segment, 0, 0x20000, "\3\4", 2);
  assert_run (segment, 1, 0x2fffe, "\1\2", 2);

  g_assert_cmpuint (linear->len, ==, 1);
  assert_run (linear, 0, 0x2fffe, "\1\2\3\4", 4);
}

static void
test_image (void)
{
  const char *text = ":020000040800F2\n:0300300002337A1E\n:0200500041422B\n:00000001FF\n";
  g_autoptr (GBytes) contents = g_bytes_new (text, strlen (text));
  g_autoptr (FirmwareImage) image = test_read_image (contents);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_ihex);
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_ihex);
  g_assert_null (firmware_image_get_payload (image));
  g_assert_null (firmware_image_get_suffix (image));
  g_assert_null (firmware_image_get_chip (image));
  g_assert_null (firmware_image_get_title (image));
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 2);
  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 0)), ==, "0x08000030");
  g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, 1)), ==, 0x08000050);
}

static void
test_written (void)
{
  const guint8 bytes[20] = { 0xde, 0xad, 0xbe, 0xef };
  g_autoptr (GBytes) first = g_bytes_new (bytes, sizeof bytes);
  g_autoptr (GBytes) second = g_bytes_new (bytes, 4);
  const FirmwareRun runs[] = { { 0x100, first }, { 0x0800fffe, second } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = firmware_ihex_write (runs, G_N_ELEMENTS (runs), &error);
  const char *expected = ":10010000DEADBEEF000000000000000000000000B7\n"
                         ":0401100000000000EB\n"
                         ":020000040800F2\n"
                         ":02FFFE00DEAD76\n"
                         ":020000040801F1\n"
                         ":02000000BEEF51\n"
                         ":00000001FF\n";

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), expected,
                   strlen (expected));
}

static void
test_written_beyond (void)
{
  g_autoptr (GBytes) data = g_bytes_new ("ab", 2);
  const FirmwareRun fits = { FIRMWARE_IHEX_LIMIT - 2, data };
  const FirmwareRun beyond[] = { { FIRMWARE_IHEX_LIMIT - 1, data }, { G_MAXUINT64, data } };
  g_autoptr (GBytes) file = firmware_ihex_write (&fits, 1, NULL);

  g_assert_nonnull (file);

  for (gsize i = 0; i < G_N_ELEMENTS (beyond); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (firmware_ihex_write (&beyond[i], 1, &error));
    g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH);
  }
}

/* Fills some of an area and leaves gaps, also at the borders of pages. */
static void
fill_area (Area *area)
{
  const guint n_islands = (guint) g_test_rand_int_range (1, 20);

  memset (area, 0, sizeof *area);

  for (guint i = 0; i < n_islands; i++) {
    const guint size = (guint) g_test_rand_int_range (1, 0x3000);
    const guint start = (guint) g_test_rand_int_range (0, (gint32) (AREA_SIZE - size));

    for (guint at = start; at < start + size; at++) {
      area->bytes[at] = (guint8) g_test_rand_int ();
      area->known[at] = TRUE;
    }
  }
}

static guint
count_known (const Area *area, guint at, guint max)
{
  guint n_known = 0;

  while (n_known < max && at + n_known < AREA_SIZE && area->known[at + n_known])
    n_known++;

  return n_known;
}

/* A line for some bytes of one page, which is told in one of two ways. */
static char *
write_line (const Area *area, guint at, guint size, const TestHexStyle *style)
{
  const gboolean linear = g_test_rand_bit () != 0;
  const guint page = at / 0x10000;
  const guint8 address[] = { linear ? 0 : (guint8) (page << 4), linear ? (guint8) page : 0 };
  GString *text = g_string_new (NULL);

  test_hex_append (text, style, linear ? 4 : 2, 0, address, sizeof address);
  test_hex_append (text, style, 0, (guint16) at, area->bytes + at, size);

  return g_string_free (text, FALSE);
}

static void
shuffle (GPtrArray *lines)
{
  for (guint i = lines->len; i > 1; i--) {
    const guint other = (guint) g_test_rand_int_range (0, (gint32) i);
    gpointer line = lines->pdata[i - 1];

    lines->pdata[i - 1] = lines->pdata[other];
    lines->pdata[other] = line;
  }
}

/* Lines of random lengths in random order, each in a style of its own. */
static GBytes *
write_area (const Area *area)
{
  const char *const line_ends[] = { "\n", "\r", "\r\n", " \t\r\n", "\n\n" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);
  guint size = 0;

  for (guint at = 0; at < AREA_SIZE; at += MAX (size, 1)) {
    const TestHexStyle style = {
      .lower_case = g_test_rand_bit () != 0,
      .line_end = line_ends[g_test_rand_int_range (0, G_N_ELEMENTS (line_ends))],
    };
    const guint longest = (guint) g_test_rand_int_range (1, 256);

    size = count_known (area, at, MIN (longest, 0x10000 - at % 0x10000));
    if (size > 0)
      g_ptr_array_add (lines, write_line (area, at, size, &style));
  }

  shuffle (lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append (text, lines->pdata[i]);
  test_hex_append_end (text);

  return g_string_free_to_bytes (text);
}

static void
assert_area (GArray *runs, const Area *area)
{
  guint at = 0;

  for (guint i = 0; i < runs->len; i++) {
    const FirmwareRun *run = &g_array_index (runs, FirmwareRun, i);
    gsize size = 0;
    gconstpointer data = g_bytes_get_data (run->data, &size);

    for (; at < run->address; at++)
      g_assert_false (area->known[at]);

    g_assert_cmpuint (count_known (area, at, AREA_SIZE), ==, size);
    g_assert_cmpmem (data, size, area->bytes + at, size);
    at += (guint) size;
  }

  for (; at < AREA_SIZE; at++)
    g_assert_false (area->known[at]);
}

/* The seed is in the first line that a test prints. */
static void
test_layouts (void)
{
  g_autofree Area *area = g_new0 (Area, 1);

  for (guint i = 0; i < N_LAYOUTS; i++) {
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GBytes) again = NULL;
    g_autoptr (GArray) runs = NULL;
    g_autoptr (GArray) same = NULL;
    g_autoptr (GError) error = NULL;

    fill_area (area);
    file = write_area (area);

    runs = firmware_ihex_read (file, &error);
    g_assert_no_error (error);
    assert_area (runs, area);

    again = firmware_ihex_write ((const FirmwareRun *) runs->data, runs->len, &error);
    g_assert_no_error (error);
    same = firmware_ihex_read (again, &error);
    g_assert_no_error (error);
    assert_area (same, area);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/ihex/accepted", test_accepted);
  g_test_add_func ("/firmware/ihex/wrap-around", test_wrap_around);
  g_test_add_func ("/firmware/ihex/image", test_image);
  g_test_add_func ("/firmware/ihex/written", test_written);
  g_test_add_func ("/firmware/ihex/written-beyond", test_written_beyond);
  g_test_add_func ("/firmware/ihex/layouts", test_layouts);

  return g_test_run ();
}
