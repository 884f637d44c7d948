/* test-firmware-uf2.c: UF2 files for chips that are not Espressif's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "firmware-error.h"
#include "firmware-esp-table.h"
#include "firmware-format.h"
#include "firmware-uf2.h"

#include "test-check.h"
#include "test-image.h"
#include "test-uf2.h"

#define BLOCK FIRMWARE_UF2_BLOCK_SIZE
#define STM32F4 0x57755a57
#define RP2350_ARM 0xe48bff59
#define RP2350_ABSOLUTE 0xe48bff57
#define BASE 0x08000000
#define N_LAYOUTS 50

static void
assert_segment (FirmwareImage *image, guint i, guint64 address, GBytes *data)
{
  FirmwareSegment *segment = test_get_segment (image, i);

  g_assert_cmphex (firmware_segment_get_address (segment), ==, address);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), data));
}

static FirmwareImage *
read_array (GByteArray *file)
{
  g_autoptr (GBytes) contents = g_bytes_new (file->data, file->len);

  return test_read_image (contents);
}

static GByteArray *
copy_to_array (GBytes *bytes)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return array;
}

static void
test_plain (void)
{
  const struct {
    guint32 family;
    const char *chip;
  } rows[] = {
    { 0, NULL },
    { STM32F4, "STM32F4" },
    { TEST_UF2_RP2040, "RP2040" },
    { 0x12345678, "UF2 family 0x12345678" },
  };
  const gsize payload_sizes[] = { 1, 4, 256, 475, 476 };
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (payload_sizes); j++) {
      g_autoptr (GBytes) file = test_uf2_new (rows[i].family, BASE, data, payload_sizes[j]);
      g_autoptr (FirmwareImage) image = test_read_image (file);

      g_assert_true (firmware_image_get_format (image) == &firmware_format_uf2);
      g_assert_true (firmware_image_get_origin (image) == &firmware_format_uf2);
      g_assert_null (firmware_image_get_payload (image));
      g_assert_null (firmware_image_get_title (image));
      g_assert_cmpstr (firmware_image_get_chip (image), ==, rows[i].chip);
      g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
      g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 0)), ==, "0x08000000");
      assert_segment (image, 0, BASE, data);
    }
  }
}

/* The last byte that 32 bits can address. */
static void
test_highest_address (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) file = test_uf2_new (STM32F4, 0xfffffff0, data, 256);
  g_autoptr (FirmwareImage) image = test_read_image (file);

  assert_segment (image, 0, 0xfffffff0, data);
}

/* Each part numbered for itself, as Espressif's tools do; also parts with as many blocks. */
static void
test_series (void)
{
  g_autoptr (GBytes) first = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) second = test_image_new_pattern (990, 2);
  g_autoptr (GBytes) third = test_image_new_pattern (3, 3);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (FirmwareImage) image = NULL;

  test_uf2_append_esp (file, STM32F4, BASE + 0x1000, first);
  test_uf2_append_esp (file, STM32F4, BASE, second);
  test_uf2_append_esp (file, STM32F4, BASE + 0x2000, third);
  image = read_array (file);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 3);
  assert_segment (image, 0, BASE, second);
  assert_segment (image, 1, BASE + 0x1000, first);
  assert_segment (image, 2, BASE + 0x2000, third);
}

/* Comments are part of the numbering, or of another family, and never of the firmware. */
static void
test_comments (void)
{
  const guint8 comment[] = "// source";
  const TestUf2Block numbered = {
    .flags = FIRMWARE_UF2_FAMILY_PRESENT | FIRMWARE_UF2_NOT_MAIN_FLASH,
    .number = 1,
    .count = 2,
    .family = STM32F4,
  };
  const TestUf2Block foreign = {
    .flags = FIRMWARE_UF2_NOT_MAIN_FLASH,
    .number = 6,
    .count = 7,
  };
  const TestUf2Block block = {
    .flags = FIRMWARE_UF2_FAMILY_PRESENT,
    .address = BASE,
    .count = 2,
    .family = STM32F4,
  };
  g_autoptr (GBytes) data = test_image_new_pattern (256, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (FirmwareImage) image = NULL;

  test_uf2_append (file, &foreign, comment, 0);
  test_uf2_append (file, &block, g_bytes_get_data (data, NULL), 256);
  test_uf2_append (file, &numbered, comment, sizeof comment);
  test_uf2_append (file, &foreign, comment, sizeof comment);
  memset (file->data + 3 * BLOCK + 16, 0xff, 4); /* its size, which nobody needs */
  image = read_array (file);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
  assert_segment (image, 0, BASE, data);
}

/* Raspberry Pi's tools put a block for another family before firmware for the RP2350. */
static void
test_erratum (void)
{
  guint8 fill[256];
  g_autoptr (GBytes) data = test_image_new_pattern (700, 1);
  g_autoptr (GBytes) firmware = test_uf2_new (RP2350_ARM, 0x10000000, data, 256);

  memset (fill, 0xef, sizeof fill);

  for (guint is_marked = 0; is_marked < 2; is_marked++) {
    const TestUf2Block block = {
      .flags = FIRMWARE_UF2_FAMILY_PRESENT | (is_marked ? FIRMWARE_UF2_TAGS_PRESENT : 0),
      .address = 0x10ffff00,
      .count = 2,
      .family = RP2350_ABSOLUTE,
    };
    const guint8 tag[] = { 0x04, 0xe3, 0x57, 0x99 };
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autoptr (FirmwareImage) image = NULL;

    test_uf2_append (file, &block, fill, sizeof fill);
    if (is_marked)
      memcpy (file->data + 32 + sizeof fill, tag, sizeof tag);
    g_byte_array_append (file, g_bytes_get_data (firmware, NULL),
                         (guint) g_bytes_get_size (firmware));
    image = read_array (file);

    g_assert_cmpstr (firmware_image_get_chip (image), ==, "RP2350, Arm");
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
    assert_segment (image, 0, 0x10000000, data);
  }
}

/* The same bytes in a firmware of more blocks are firmware. */
static void
test_no_erratum (void)
{
  guint8 fill[600];
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  memset (fill, 0xef, sizeof fill);
  data = g_bytes_new_static (fill, sizeof fill);
  file = test_uf2_new (RP2350_ABSOLUTE, 0x10000000, data, 256);
  image = test_read_image (file);

  assert_segment (image, 0, 0x10000000, data);
}

/* The specification's own example. */
static void
test_tags (void)
{
  const guint8 tags[] = "\x09\xbc\xc7\x9f"
                        "0.1.2\0\0\0"
                        "\x14\x9d\x0d\x65"
                        "ACME Toaster mk3"
                        "\xff\xff\xff\xff";
  const TestUf2Block block = {
    .flags = FIRMWARE_UF2_FAMILY_PRESENT | FIRMWARE_UF2_TAGS_PRESENT,
    .address = BASE,
    .count = 1,
    .family = STM32F4,
  };
  g_autoptr (GBytes) data = test_image_new_pattern (255, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (FirmwareImage) image = NULL;

  test_uf2_append (file, &block, g_bytes_get_data (data, NULL), 255);
  memcpy (file->data + 32 + 256, tags, sizeof tags - 1);
  image = read_array (file);

  g_assert_cmpstr (firmware_image_get_title (image), ==, "ACME Toaster mk3 0.1.2");
}

/* Writes the sum of a region to where the specification wants it. */
static void
set_sum (GByteArray *file, guint block, guint32 start, GBytes *region)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (region, &size);
  const guint32 place[] = { GUINT32_TO_LE (start), GUINT32_TO_LE (size) };
  const guint32 flags = GUINT32_TO_LE (FIRMWARE_UF2_FAMILY_PRESENT | FIRMWARE_UF2_MD5_PRESENT);
  guint8 *header = file->data + block * BLOCK;

  memcpy (header + 8, &flags, sizeof flags);
  memcpy (header + 484, place, sizeof place);
  firmware_esp_md5 (header + 492, data, size);
}

/* One sum for all blocks of a region, or one for each block. */
static void
test_sums (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (1024, 1);
  g_autoptr (GBytes) plain = test_uf2_new (STM32F4, BASE, data, 256);
  g_autoptr (GBytes) last = g_bytes_new_from_bytes (data, 768, 256);
  g_autoptr (GByteArray) file = copy_to_array (plain);

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GBytes) region = g_bytes_new_from_bytes (data, 0, 768);

    set_sum (file, i, BASE, region);
  }
  set_sum (file, 3, BASE + 768, last);
  g_object_unref (read_array (file));

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GByteArray) damaged = g_byte_array_new ();
    g_autoptr (GBytes) contents = NULL;

    g_byte_array_append (damaged, file->data, file->len);
    damaged->data[i * BLOCK + 32] ^= 1;
    contents = g_bytes_new (damaged->data, damaged->len);
    test_assert_refused (contents, FIRMWARE_ERROR_DIGEST, "is wrong");
  }
}

/* Two regions far from each other, of which the second may even have the sum of the first. */
static void
test_sums_of_two_places (void)
{
  const guint32 far = BASE + 0x10000;
  g_autoptr (GBytes) data = test_image_new_pattern (1024, 1);
  g_autoptr (GBytes) first = g_bytes_new_from_bytes (data, 0, 512);
  g_autoptr (GBytes) second = g_bytes_new_from_bytes (data, 512, 512);
  g_autoptr (GBytes) before = test_image_new_pattern (768, 2);
  g_autoptr (GBytes) plain = test_uf2_new (STM32F4, BASE, data, 256);
  g_autoptr (GByteArray) file = copy_to_array (plain);
  g_autoptr (GBytes) wrong = NULL;

  for (guint32 i = 0; i < 2; i++) {
    const guint32 address = GUINT32_TO_LE (far + i * 256);

    memcpy (file->data + (2 + i) * BLOCK + 12, &address, sizeof address);
  }

  set_sum (file, 0, BASE, first);
  set_sum (file, 2, far, second);
  g_object_unref (read_array (file));

  set_sum (file, 2, far - 256, before);
  g_object_unref (read_array (file));

  set_sum (file, 2, far, first);
  wrong = g_bytes_new (file->data, file->len);
  test_assert_refused (wrong, FIRMWARE_ERROR_DIGEST, "for 0x08010000 is wrong");
}

/* A sum of more than the file has is about the flash, and cannot be checked here. */
static void
test_sum_of_flash (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (512, 1);
  g_autoptr (GBytes) more = test_image_new_pattern (4096, 2);
  g_autoptr (GBytes) plain = test_uf2_new (STM32F4, BASE, data, 256);
  g_autoptr (GByteArray) file = copy_to_array (plain);
  g_autoptr (FirmwareImage) image = NULL;

  set_sum (file, 1, BASE, more);
  image = read_array (file);
  assert_segment (image, 0, BASE, data);
}

/* Regions share either everything or nothing; otherwise hashing would take for ever. */
static void
test_sums_that_overlap (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (1024, 1);
  g_autoptr (GBytes) plain = test_uf2_new (STM32F4, BASE, data, 256);
  g_autoptr (GBytes) all = g_bytes_new_from_bytes (data, 0, 1024);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (data, 0, 512);
  g_autoptr (GByteArray) file = copy_to_array (plain);
  g_autoptr (GBytes) contents = NULL;

  set_sum (file, 0, BASE, half);
  set_sum (file, 1, BASE, all);
  contents = g_bytes_new (file->data, file->len);

  test_assert_refused (contents, FIRMWARE_ERROR_MALFORMED, "offsets 0x0 and 0x200");
}

static void
shuffle (GByteArray *file)
{
  for (gsize i = file->len / BLOCK; i > 1; i--) {
    const gsize other = (gsize) g_test_rand_int_range (0, (gint32) i);

    if (other != i - 1)
      test_uf2_swap (file, i - 1, other);
  }
}

/* Random data at random addresses in blocks of random sizes and in random order. The seed is in the
 * first line that a test prints. */
static void
test_layouts (void)
{
  for (guint i = 0; i < N_LAYOUTS; i++) {
    const gsize size = (gsize) g_test_rand_int_range (1, 100000);
    const gsize payload_size = (gsize) g_test_rand_int_range (100, 477);
    const guint32 address = (guint32) g_test_rand_int_range (0, G_MAXINT32);
    g_autoptr (GBytes) data = test_image_new_pattern (size, (guint) g_test_rand_int ());
    g_autoptr (GBytes) sorted = test_uf2_new (STM32F4, address, data, payload_size);
    g_autoptr (GByteArray) file = copy_to_array (sorted);
    g_autoptr (FirmwareImage) image = NULL;

    shuffle (file);
    image = read_array (file);
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
    assert_segment (image, 0, address, data);
  }
}

static const struct {
  const char *path;
  void (*run) (void);
} tests[] = {
  { "/firmware/uf2/plain", test_plain },
  { "/firmware/uf2/highest-address", test_highest_address },
  { "/firmware/uf2/series", test_series },
  { "/firmware/uf2/comments", test_comments },
  { "/firmware/uf2/erratum", test_erratum },
  { "/firmware/uf2/no-erratum", test_no_erratum },
  { "/firmware/uf2/tags", test_tags },
  { "/firmware/uf2/sums", test_sums },
  { "/firmware/uf2/sums-of-two-places", test_sums_of_two_places },
  { "/firmware/uf2/sum-of-flash", test_sum_of_flash },
  { "/firmware/uf2/sums-that-overlap", test_sums_that_overlap },
  { "/firmware/uf2/layouts", test_layouts },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].run);

  return g_test_run ();
}
