/* test-firmware-dfu-suffix.c: the 16 bytes at the end of a DFU file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfu-suffix.h"
#include "firmware-error.h"

#include "test-image.h"

#include <string.h>

/* The check value that every catalogue of CRCs lists for JAMCRC. */
static void
test_crc (void)
{
  g_assert_cmphex (firmware_dfu_suffix_crc ((const guint8 *) "123456789", 9), ==, 0x340bc6d9);
  g_assert_cmphex (firmware_dfu_suffix_crc (NULL, 0), ==, 0xffffffff);
}

static void
test_append (void)
{
  const guint8 expected[] = { 'a',  'b',  'c',  0xff, 0xff, 0x02, 0x00, 0x3a,
                              0x30, 0x00, 0x01, 'U',  'F',  'D',  16 };
  g_autoptr (GBytes) payload = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x303a, 0x0002);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);

  g_assert_cmpuint (size, ==, 3 + FIRMWARE_DFU_SUFFIX_LENGTH);
  g_assert_cmpmem (data, sizeof expected, expected, sizeof expected);
}

static void
test_append_ids (void)
{
  const guint8 expected[] = { 'a',  'b',  'c',  0x02, 0x01, 0x11, 0xdf, 0x83,
                              0x04, 0x1a, 0x01, 'U',  'F',  'D',  16 };
  const FirmwareDfuSuffix ids = {
    .device = 0x0102,
    .product = 0xdf11,
    .vendor = 0x0483,
    .specification = FIRMWARE_DFU_SUFFIX_DFUSE,
  };
  g_autoptr (GBytes) payload = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append_ids (payload, &ids);
  const guint8 *data = g_bytes_get_data (file, NULL);

  g_assert_cmpmem (data, sizeof expected, expected, sizeof expected);
}

/* What a damaged file says is worth knowing, and so is what it should say. */
static void
test_read_damaged (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (40, 7);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x303a, 0x0002);
  g_autoptr (GBytes) damaged = test_image_flip (file, 5, 1);
  FirmwareDfuSuffix good;
  FirmwareDfuSuffix bad;

  g_assert_true (firmware_dfu_suffix_read (&good, file));
  g_assert_true (firmware_dfu_suffix_read (&bad, damaged));
  g_assert_cmphex (bad.vendor, ==, 0x303a);
  g_assert_cmphex (bad.crc, ==, good.crc);
  g_assert_cmphex (firmware_dfu_suffix_crc_of_file (file), ==, good.crc);
  g_assert_cmphex (firmware_dfu_suffix_crc_of_file (damaged), !=, good.crc);
  g_assert_false (firmware_dfu_suffix_read (&bad, payload));
}

static void
test_round_trip (void)
{
  const gsize sizes[] = { 0, 1, 15, 16, 4096 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) payload = test_image_new_pattern (sizes[i], 7);
    g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x1234, 0xabcd);
    g_autoptr (GError) error = NULL;
    FirmwareDfuSuffix suffix;

    g_assert_true (firmware_dfu_suffix_is_present (file));
    g_assert_true (firmware_dfu_suffix_parse (&suffix, file, &error));
    g_assert_no_error (error);
    g_assert_cmphex (suffix.device, ==, FIRMWARE_DFU_SUFFIX_ANY_ID);
    g_assert_cmphex (suffix.vendor, ==, 0x1234);
    g_assert_cmphex (suffix.product, ==, 0xabcd);
    g_assert_cmphex (suffix.specification, ==, 0x0100);
    g_assert_cmpuint (suffix.length, ==, FIRMWARE_DFU_SUFFIX_LENGTH);
  }
}

static void
assert_refused (GBytes *contents, int code)
{
  g_autoptr (GError) error = NULL;
  FirmwareDfuSuffix suffix;

  g_assert_false (firmware_dfu_suffix_parse (&suffix, contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, code);
}

static void
test_truncations (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (40, 7);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x303a, 0x0002);
  const guint8 *data = g_bytes_get_data (file, NULL);

  for (gsize size = 0; size < g_bytes_get_size (file); size++) {
    g_autoptr (GBytes) cut = g_bytes_new (data, size);

    g_assert_false (firmware_dfu_suffix_is_present (cut));
    assert_refused (cut, FIRMWARE_ERROR_TRUNCATED);
  }
}

/* Every bit of the file takes part in the checksum, the checksum's own included. */
static void
test_corruptions (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (40, 7);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x303a, 0x0002);

  for (gsize bit = 0; bit < 8 * g_bytes_get_size (file); bit++) {
    g_autoptr (GBytes) damaged = test_image_flip (file, bit / 8, (guint8) (1 << bit % 8));
    g_autoptr (GError) error = NULL;
    FirmwareDfuSuffix suffix;

    g_assert_false (firmware_dfu_suffix_parse (&suffix, damaged, &error));
    g_assert_true (error->domain == FIRMWARE_ERROR);
  }
}

/* With the checksum made right again. */
static GBytes *
make_with_length (guint8 length)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint8 suffix[FIRMWARE_DFU_SUFFIX_LENGTH] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                0x00, 0x01, 'U',  'F',  'D',  length };
  guint32 crc = 0;

  g_byte_array_append (file, (const guint8 *) "abcdefgh", 8);
  g_byte_array_append (file, suffix, sizeof suffix);
  crc = GUINT32_TO_LE (firmware_dfu_suffix_crc (file->data, file->len - 4));
  memcpy (file->data + file->len - 4, &crc, sizeof crc);

  return g_bytes_new (file->data, file->len);
}

static void
test_length (void)
{
  for (guint length = 0; length <= G_MAXUINT8; length++) {
    g_autoptr (GBytes) file = make_with_length ((guint8) length);
    g_autoptr (GError) error = NULL;
    FirmwareDfuSuffix suffix;

    if (length < FIRMWARE_DFU_SUFFIX_LENGTH || length > g_bytes_get_size (file)) {
      assert_refused (file, FIRMWARE_ERROR_MALFORMED);
      continue;
    }

    g_assert_true (firmware_dfu_suffix_parse (&suffix, file, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (suffix.length, ==, length);
  }
}

static void
test_matches (void)
{
  const struct {
    guint16 vendor;
    guint16 product;
    gboolean matches;
  } rows[] = {
    { 0x303a, 0x0002, TRUE },  { 0xffff, 0x0002, TRUE },  { 0x303a, 0xffff, TRUE },
    { 0xffff, 0xffff, TRUE },  { 0x303a, 0x0009, FALSE }, { 0x0483, 0x0002, FALSE },
    { 0xffff, 0x0009, FALSE }, { 0x0483, 0xffff, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const FirmwareDfuSuffix suffix = { .vendor = rows[i].vendor, .product = rows[i].product };

    g_test_message ("%04x:%04x", rows[i].vendor, rows[i].product);
    g_assert_cmpint (firmware_dfu_suffix_matches (&suffix, 0x303a, 0x0002), ==, rows[i].matches);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/dfu-suffix/crc", test_crc);
  g_test_add_func ("/firmware/dfu-suffix/append", test_append);
  g_test_add_func ("/firmware/dfu-suffix/append-ids", test_append_ids);
  g_test_add_func ("/firmware/dfu-suffix/read-damaged", test_read_damaged);
  g_test_add_func ("/firmware/dfu-suffix/round-trip", test_round_trip);
  g_test_add_func ("/firmware/dfu-suffix/truncations", test_truncations);
  g_test_add_func ("/firmware/dfu-suffix/corruptions", test_corruptions);
  g_test_add_func ("/firmware/dfu-suffix/length", test_length);
  g_test_add_func ("/firmware/dfu-suffix/matches", test_matches);

  return g_test_run ();
}
