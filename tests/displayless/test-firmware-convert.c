/* test-firmware-convert.c: one file of a firmware to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-convert.h"

#include <string.h>

#include "firmware-dfuse.h"
#include "firmware-error.h"
#include "firmware-flatten.h"
#include "firmware-format.h"
#include "firmware-raw.h"

#include "test-check.h"
#include "test-image.h"

#define UNSET FIRMWARE_CONVERSION_UNSET

static const FirmwareDfuSuffix st = {
  .vendor = 0x0483,
  .product = 0xdf11,
  .device = FIRMWARE_DFU_SUFFIX_ANY_ID,
};

static void
add (GListStore *segments, guint8 alternate, guint64 address, gsize size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, (guint) address);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate ("memory", alternate, address, data);

  g_list_store_append (segments, segment);
}

/* Two parts of one memory with 12 bytes between them, and one of another. */
static GBytes *
make_dfuse (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GError) error = NULL;
  GBytes *file = NULL;

  add (segments, 0, 0x08000000, 20);
  add (segments, 0, 0x08000020, 30);
  add (segments, 1, 0x1fff0000, 8);
  file = firmware_dfuse_write (G_LIST_MODEL (segments), &st, &error);
  g_assert_no_error (error);

  return file;
}

static FirmwareImage *
new_raw (GBytes *contents)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_raw_read (contents, &error);

  g_assert_no_error (error);

  return image;
}

/* What rows begin with. */
static FirmwareImage *
make_image (const char *kind)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (100, 3);
  g_autoptr (GBytes) contents = NULL;

  if (g_str_equal (kind, "raw"))
    return new_raw (payload);

  if (g_str_equal (kind, "dfu"))
    contents = firmware_dfu_suffix_append (payload, 0x1209, 0x0001);
  else if (g_str_equal (kind, "dfuse"))
    contents = make_dfuse ();
  else if (g_str_equal (kind, "esp"))
    contents = test_image_new (5000);
  else
    contents = g_bytes_new_static (":0400000001020304F2\n:0400100005060708D2\n:00000001FF\n", 52);

  return test_read_image (contents);
}

static const struct {
  const char *name;
  const char *kind;
  FirmwareConversion conversion;
  int code;
  const char *message;
} refusals[] = {
  { "raw-to-dfu",
    "raw",
    { FIRMWARE_OUTPUT_DFU, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NO_DEVICE,
    "The raw binary does not say which device" },
  { "raw-to-dfuse-without-device",
    "raw",
    { FIRMWARE_OUTPUT_DFUSE, NULL, 0, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NO_DEVICE,
    NULL },
  { "raw-to-dfuse",
    "raw",
    { FIRMWARE_OUTPUT_DFUSE, &st, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NO_ADDRESS,
    "does not say where" },
  { "raw-to-hex",
    "raw",
    { FIRMWARE_OUTPUT_HEX, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NO_ADDRESS,
    NULL },
  { "raw-beyond-dfuse",
    "raw",
    { FIRMWARE_OUTPUT_DFUSE, &st, 0xffffffff, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_BEYOND_FLASH,
    NULL },
  { "raw-beyond-hex",
    "raw",
    { FIRMWARE_OUTPUT_HEX, NULL, 0xffffffff, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_BEYOND_FLASH,
    NULL },
  { "dfu-to-dfuse",
    "dfu",
    { FIRMWARE_OUTPUT_DFUSE, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NO_ADDRESS,
    "The DFU file does not say where" },
  { "hex-to-bin",
    "hex",
    { FIRMWARE_OUTPUT_BIN, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_GAP,
    "12 bytes are missing between 0x00000004 and 0x00000010" },
  { "hex-to-dfu",
    "hex",
    { FIRMWARE_OUTPUT_DFU, &st, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_GAP,
    NULL },
  { "hex-to-dfu-without-device",
    "hex",
    { FIRMWARE_OUTPUT_DFU, NULL, UNSET, UNSET, 0, NULL },
    FIRMWARE_ERROR_NO_DEVICE,
    NULL },
  { "hex-elsewhere",
    "hex",
    { FIRMWARE_OUTPUT_HEX, NULL, 0x1000, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NOT_CONVERTIBLE,
    "says itself" },
  { "dfuse-to-bin",
    "dfuse",
    { FIRMWARE_OUTPUT_BIN, NULL, UNSET, UNSET, 0xff, NULL },
    FIRMWARE_ERROR_SEVERAL_MEMORIES,
    "alternate settings 0 to 1" },
  { "dfuse-to-dfu",
    "dfuse",
    { FIRMWARE_OUTPUT_DFU, NULL, UNSET, UNSET, 0xff, NULL },
    FIRMWARE_ERROR_SEVERAL_MEMORIES,
    NULL },
  { "dfuse-to-hex",
    "dfuse",
    { FIRMWARE_OUTPUT_HEX, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_SEVERAL_MEMORIES,
    NULL },
  { "dfuse-filled",
    "dfuse",
    { FIRMWARE_OUTPUT_DFUSE, NULL, UNSET, UNSET, 0xff, NULL },
    FIRMWARE_ERROR_SEVERAL_MEMORIES,
    NULL },
  { "dfuse-without-that-memory",
    "dfuse",
    { FIRMWARE_OUTPUT_BIN, NULL, UNSET, 2, UNSET, NULL },
    FIRMWARE_ERROR_NOT_CONVERTIBLE,
    "no part for alternate setting 2" },
  { "dfuse-gap",
    "dfuse",
    { FIRMWARE_OUTPUT_BIN, NULL, UNSET, 0, UNSET, NULL },
    FIRMWARE_ERROR_GAP,
    NULL },
  { "esp-to-dfuse",
    "esp",
    { FIRMWARE_OUTPUT_DFUSE, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_NOT_CONVERTIBLE,
    "The ROM of an ESP32-S2 takes nothing but" },
  { "esp-gap",
    "esp",
    { FIRMWARE_OUTPUT_BIN, NULL, UNSET, UNSET, UNSET, NULL },
    FIRMWARE_ERROR_GAP,
    NULL },
};

static void
test_refused (gconstpointer user_data)
{
  const gsize i = GPOINTER_TO_SIZE (user_data);
  g_autoptr (FirmwareImage) image = make_image (refusals[i].kind);
  g_autoptr (GError) error = NULL;

  g_assert_null (firmware_convert (image, &refusals[i].conversion, &error));
  g_assert_error (error, FIRMWARE_ERROR, refusals[i].code);
  if (refusals[i].message != NULL && strstr (error->message, refusals[i].message) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, refusals[i].message);
}

static GBytes *
convert (FirmwareImage *image, FirmwareConversion conversion)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = firmware_convert (image, &conversion, &error);

  g_assert_no_error (error);

  return file;
}

/* The same with nothing but a format said. */
static GBytes *
convert_to (FirmwareImage *image, FirmwareOutput output, gint64 address)
{
  return convert (image, (FirmwareConversion){ output, &st, address, UNSET, UNSET, NULL });
}

/* What an archive says of a device is not lost. */
static void
test_esp_stays_as_it_is (void)
{
  g_autoptr (GBytes) contents = test_image_new (5000);
  g_autoptr (FirmwareImage) image = test_read_image (contents);
  g_autoptr (GBytes) file =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_DFU, NULL, UNSET, UNSET, UNSET, NULL });

  g_assert_true (g_bytes_equal (file, contents));
}

static void
test_ids (void)
{
  const FirmwareDfuSuffix ids = { .vendor = 0x28e9, .product = 0x0189, .device = 0x0101 };
  g_autoptr (FirmwareImage) image = make_image ("dfu");
  g_autoptr (GBytes) kept =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_DFU, NULL, UNSET, UNSET, UNSET, NULL });
  g_autoptr (GBytes) changed =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_DFUSE, &ids, 0, UNSET, UNSET, NULL });
  FirmwareDfuSuffix suffix;

  g_assert_true (firmware_dfu_suffix_read (&suffix, kept));
  g_assert_cmphex (suffix.vendor, ==, 0x1209);
  g_assert_cmphex (suffix.specification, ==, FIRMWARE_DFU_SUFFIX_DFU);
  g_assert_true (firmware_dfu_suffix_read (&suffix, changed));
  g_assert_cmphex (suffix.vendor, ==, 0x28e9);
  g_assert_cmphex (suffix.product, ==, 0x0189);
  g_assert_cmphex (suffix.device, ==, 0x0101);
  g_assert_cmphex (suffix.specification, ==, FIRMWARE_DFU_SUFFIX_DFUSE);
}

static void
test_alternate_is_chosen (void)
{
  g_autoptr (FirmwareImage) image = make_image ("dfuse");
  g_autoptr (GBytes) expected = test_image_new_pattern (8, 0x1fff0000);
  g_autoptr (GBytes) bytes =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_BIN, NULL, UNSET, 1, UNSET, NULL });
  g_autoptr (GBytes) file =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_DFUSE, NULL, UNSET, 1, UNSET, NULL });
  g_autoptr (GBytes) dfu =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_DFU, NULL, UNSET, 1, UNSET, NULL });
  g_autoptr (FirmwareImage) part = test_read_image (file);
  g_autoptr (FirmwareImage) plain = test_read_image (dfu);

  g_assert_true (g_bytes_equal (bytes, expected));
  g_assert_true (g_bytes_equal (firmware_image_get_payload (plain), expected));
  g_assert_cmphex (firmware_image_get_suffix (plain)->specification, ==, FIRMWARE_DFU_SUFFIX_DFU);
  g_assert_cmphex (firmware_image_get_suffix (plain)->product, ==, st.product);
  g_assert_cmpuint (firmware_image_get_total_size (part), ==, 8);
  g_assert_cmpuint (firmware_segment_get_alternate (test_get_segment (part, 0)), ==, 1);
  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (part, 0)), ==, "memory");
}

/* A HEX file has neither alternate settings nor names. */
static void
test_alternate_is_given (void)
{
  g_autoptr (FirmwareImage) image = make_image ("hex");
  g_autoptr (GBytes) file =
    convert (image, (FirmwareConversion){ FIRMWARE_OUTPUT_DFUSE, &st, UNSET, 2, UNSET, "NOR" });
  g_autoptr (GBytes) plain = convert_to (image, FIRMWARE_OUTPUT_DFUSE, UNSET);
  g_autoptr (FirmwareImage) named = test_read_image (file);
  g_autoptr (FirmwareImage) unnamed = test_read_image (plain);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (named)), ==, 2);
  g_assert_cmpuint (firmware_segment_get_alternate (test_get_segment (named, 1)), ==, 2);
  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (named, 1)), ==, "NOR");
  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (unnamed, 0)), ==, "memory-0");
}

static void
test_fill (void)
{
  const guint8 expected[] = { 1,    2,    3,    4,    0xee, 0xee, 0xee, 0xee, 0xee, 0xee,
                              0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 5,    6,    7,    8 };
  g_autoptr (FirmwareImage) image = make_image ("hex");
  const FirmwareOutput outputs[] = { FIRMWARE_OUTPUT_BIN, FIRMWARE_OUTPUT_DFU };

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    g_autoptr (GBytes) bytes =
      convert (image, (FirmwareConversion){ outputs[i], &st, UNSET, UNSET, 0xee, NULL });

    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), sizeof expected, expected, sizeof expected);
    g_assert_cmpuint (g_bytes_get_size (bytes), ==, sizeof expected + (i == 1 ? 16 : 0));
  }

  for (FirmwareOutput output = FIRMWARE_OUTPUT_DFUSE; output <= FIRMWARE_OUTPUT_HEX; output += 2) {
    g_autoptr (GBytes) file =
      convert (image, (FirmwareConversion){ output, &st, UNSET, UNSET, 0xee, NULL });
    g_autoptr (FirmwareImage) filled = test_read_image (file);

    g_assert_cmpuint (firmware_image_get_total_size (filled), ==, sizeof expected);
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (filled)), ==, 1);
  }
}

/* The file would be four gigabytes long, of almost nothing. */
static void
test_far_apart (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GError) error = NULL;

  add (segments, 0, 0, 4);
  add (segments, 0, 0xfffffff0, 4);
  g_assert_null (firmware_flatten (G_LIST_MODEL (segments), 0xff, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE);
}

/* As much in a row as is read again, and a byte more. */
static void
test_largest_row (void)
{
  for (guint64 more = 0; more <= 1; more++) {
    g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;

    add (segments, 0, 0x08000000, 4);
    add (segments, 0, 0x08000000 + FIRMWARE_IMAGE_MAX_SIZE - 4 + more, 4);
    bytes = firmware_flatten (G_LIST_MODEL (segments), 0xff, &error);
    if (more == 0) {
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, FIRMWARE_IMAGE_MAX_SIZE);
    } else {
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE);
    }
  }
}

static void
test_overlap (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GError) error = NULL;

  add (segments, 0, 8, 4);
  add (segments, 0, 11, 4);
  g_assert_null (firmware_flatten (G_LIST_MODEL (segments), 0xff, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP);
}

static void
test_raw (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) contents = test_image_new_pattern (100, 3);
  g_autoptr (FirmwareImage) image = new_raw (contents);
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_image_get_format (image) == &firmware_format_raw);
  g_assert_null (firmware_image_get_suffix (image));
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 100);
  g_assert_null (firmware_format_find (contents));
  g_assert_false (firmware_format_raw.probe (contents));
  g_assert_null (firmware_raw_read (nothing, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY);
}

/* Bytes at an address, through every format that has addresses, and back. */
static void
test_round_trips (void)
{
  for (guint i = 0; i < 200; i++) {
    gsize size = (gsize) g_test_rand_int_range (1, 3000);
    gint64 address = (gint64) g_test_rand_int_range (0, G_MAXINT32) * 2 - (gint64) size;
    g_autoptr (GBytes) bytes = test_image_new_pattern (size, i);
    g_autoptr (FirmwareImage) raw = new_raw (bytes);
    g_autoptr (GBytes) hex = convert_to (raw, FIRMWARE_OUTPUT_HEX, MAX (address, 0));
    g_autoptr (FirmwareImage) from_hex = test_read_image (hex);
    g_autoptr (GBytes) dfuse = convert_to (from_hex, FIRMWARE_OUTPUT_DFUSE, UNSET);
    g_autoptr (FirmwareImage) from_dfuse = test_read_image (dfuse);
    g_autoptr (GBytes) hex_again = convert_to (from_dfuse, FIRMWARE_OUTPUT_HEX, UNSET);
    g_autoptr (GBytes) dfu = convert_to (from_dfuse, FIRMWARE_OUTPUT_DFU, UNSET);
    g_autoptr (FirmwareImage) from_dfu = test_read_image (dfu);
    g_autoptr (GBytes) bytes_again = convert_to (from_dfu, FIRMWARE_OUTPUT_BIN, UNSET);

    g_assert_true (g_bytes_equal (hex_again, hex));
    g_assert_true (g_bytes_equal (bytes_again, bytes));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strconcat ("/firmware/convert/refused/", refusals[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
  }

  g_test_add_func ("/firmware/convert/esp-stays-as-it-is", test_esp_stays_as_it_is);
  g_test_add_func ("/firmware/convert/ids", test_ids);
  g_test_add_func ("/firmware/convert/alternate-is-chosen", test_alternate_is_chosen);
  g_test_add_func ("/firmware/convert/alternate-is-given", test_alternate_is_given);
  g_test_add_func ("/firmware/convert/fill", test_fill);
  g_test_add_func ("/firmware/convert/far-apart", test_far_apart);
  g_test_add_func ("/firmware/convert/largest-row", test_largest_row);
  g_test_add_func ("/firmware/convert/overlap", test_overlap);
  g_test_add_func ("/firmware/convert/raw", test_raw);
  g_test_add_func ("/firmware/convert/round-trips", test_round_trips);

  return g_test_run ();
}
