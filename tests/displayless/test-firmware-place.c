/* test-firmware-place.c: bytes that a person says the place of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-place.h"

#include "firmware-dfuse.h"
#include "firmware-error.h"
#include "firmware-format.h"
#include "firmware-raw.h"

#include "test-check.h"
#include "test-image.h"

#define ADDRESS 0x08000000
#define SIZE 1000
#define NAME "blink.bin"

static FirmwareImage *
place_raw (GBytes *contents, gint64 address)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_place_raw (contents, NAME, address, &error);

  g_assert_no_error (error);
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_raw);

  return image;
}

/* Whoever takes them: nothing in them says which device they are for. */
static void
assert_for_any (FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);

  g_assert_cmphex (suffix->vendor, ==, FIRMWARE_DFU_SUFFIX_ANY_ID);
  g_assert_cmphex (suffix->product, ==, FIRMWARE_DFU_SUFFIX_ANY_ID);
}

static void
test_at_address (void)
{
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (FirmwareImage) image = place_raw (contents, ADDRESS);
  FirmwareSegment *segment = test_get_segment (image, 0);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_dfuse);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, ADDRESS);
  g_assert_cmpuint (firmware_segment_get_alternate (segment), ==, 0);
  g_assert_cmpstr (firmware_segment_get_name (segment), ==, NAME);
  g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_NOTE));
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), contents));
  assert_for_any (image);
}

static void
test_from_the_beginning (void)
{
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (FirmwareImage) image = place_raw (contents, FIRMWARE_CONVERSION_UNSET);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_dfu);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 0);
  g_assert_true (g_bytes_equal (firmware_image_get_payload (image), contents));
  assert_for_any (image);
}

/* A person who says that they are raw bytes knows better than their look, and is told of it. */
static void
test_looks_like_something (void)
{
  const struct {
    GBytes *contents;
    const char *look;
  } rows[] = {
    { test_image_new (SIZE), "firmware" },
    { g_bytes_new_static ("PK\003\004 and so on", 14), "archive" },
    { g_bytes_new_static ("\351 and so on", 11), "esp" },
    { g_bytes_new_static ("<!DOCTYPE html>", 15), "text" },
    { g_bytes_new_static ("S00600004844521B\r\n", 18), "s-records" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) contents = rows[i].contents;
    g_autoptr (FirmwareImage) image = place_raw (contents, ADDRESS);
    g_autoptr (FirmwareImage) plain = place_raw (contents, FIRMWARE_CONVERSION_UNSET);
    FirmwareSegment *segment = test_get_segment (image, 0);

    g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), contents));
    g_assert_true (test_has_finding (image, FIRMWARE_FINDING_TAKEN_RAW, NULL, rows[i].look, NULL));
    g_assert_true (test_has_finding (plain, FIRMWARE_FINDING_TAKEN_RAW, NULL, rows[i].look, NULL));
    g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
  }
}

/* What no file of ST's can call its bytes, they are not called; nor are they without a name. */
static void
test_names (void)
{
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autofree char *longest = g_strnfill (FIRMWARE_DFUSE_NAME_LENGTH - 1, 'x');
  g_autofree char *longer = g_strnfill (FIRMWARE_DFUSE_NAME_LENGTH, 'x');
  const struct {
    const char *name;
    const char *expected;
  } rows[] = {
    { longest, longest }, { longer, "memory-0" }, { "a\nb", "memory-0" },
    { "", "memory-0" },   { NULL, "memory-0" },   { "größe.bin", "größe.bin" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (FirmwareImage) image = firmware_place_raw (contents, rows[i].name, ADDRESS, NULL);

    g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 0)), ==, rows[i].expected);
  }
}

static void
test_room (void)
{
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (FirmwareImage) last = place_raw (contents, FIRMWARE_DFUSE_ADDRESS_END - SIZE);
  FirmwareSegment *segment = test_get_segment (last, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmphex (firmware_segment_get_address (segment), ==, FIRMWARE_DFUSE_ADDRESS_END - SIZE);

  g_assert_null (
    firmware_place_raw (contents, NAME, FIRMWARE_DFUSE_ADDRESS_END - SIZE + 1, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH);
  g_clear_error (&error);

  g_assert_null (firmware_place_raw (nothing, NAME, ADDRESS, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY);
}

/* A plain DFU file keeps its device. */
static void
test_dfu_file (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x1209, 0x0001);
  g_autoptr (FirmwareImage) plain = test_read_image (contents);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_place (plain, NAME, ADDRESS, &error);
  FirmwareSegment *segment = NULL;

  g_assert_no_error (error);
  segment = test_get_segment (image, 0);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), payload));
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_dfu);
  g_assert_cmphex (firmware_image_get_suffix (image)->vendor, ==, 0x1209);
}

static void
test_possible (void)
{
  g_autoptr (GBytes) bytes = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) archive = test_image_new (SIZE);
  g_autoptr (GBytes) damaged = test_image_flip (archive, g_bytes_get_size (archive) - 1, 0x01);
  g_autoptr (GBytes) zip = g_bytes_new_static ("PK\003\004and so on", 14);

  g_assert_true (firmware_raw_is_possible (bytes));
  g_assert_false (firmware_raw_is_possible (archive));
  g_assert_false (firmware_raw_is_possible (damaged));
  g_assert_false (firmware_raw_is_possible (zip));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/place/at-address", test_at_address);
  g_test_add_func ("/firmware/place/from-the-beginning", test_from_the_beginning);
  g_test_add_func ("/firmware/place/looks-like-something", test_looks_like_something);
  g_test_add_func ("/firmware/place/names", test_names);
  g_test_add_func ("/firmware/place/room", test_room);
  g_test_add_func ("/firmware/place/dfu-file", test_dfu_file);
  g_test_add_func ("/firmware/place/possible", test_possible);

  return g_test_run ();
}
