/* test-firmware-uf2-refused.c: what is wrong with a UF2 file, and in which block
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "firmware-error.h"
#include "firmware-uf2.h"

#include "test-check.h"
#include "test-image.h"
#include "test-uf2.h"

#define BLOCK FIRMWARE_UF2_BLOCK_SIZE
#define STM32F4 0x57755a57
#define BASE 0x08000000
#define N_BLOCKS 4

/* Four blocks of 256 bytes. */
static GByteArray *
create_file (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (N_BLOCKS * 256, 1);
  g_autoptr (GBytes) file = test_uf2_new (STM32F4, BASE, data, 256);
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
  return array;
}

static void
assert_refused (GByteArray *file, int code, const char *message)
{
  g_autoptr (GBytes) contents = g_bytes_new (file->data, file->len);

  test_assert_refused (contents, code, message);
}

static void
set_number (GByteArray *file, gsize offset, guint32 value)
{
  const guint32 bytes = GUINT32_TO_LE (value);

  memcpy (file->data + offset, &bytes, sizeof bytes);
}

/* One number of the good file is another one. */
static void
test_table (void)
{
  const struct {
    gsize offset;
    guint32 value;
    int code;
    const char *message;
  } rows[] = {
    { 0x000, 0, FIRMWARE_ERROR_UNKNOWN_FORMAT, NULL },
    { 0x004, 0, FIRMWARE_ERROR_UNKNOWN_FORMAT, NULL },
    { 0x1fc, 0, FIRMWARE_ERROR_MALFORMED,
      "no UF2 block at offset 0x0: at 0x1fc stands 0x00000000" },
    { 0x200, 0, FIRMWARE_ERROR_MALFORMED, "no UF2 block at offset 0x200: at 0x200 stands" },
    { 0x204, 0, FIRMWARE_ERROR_MALFORMED, "no UF2 block at offset 0x200: at 0x204 stands" },
    { 0x7fc, 1, FIRMWARE_ERROR_MALFORMED, "no UF2 block at offset 0x600: at 0x7fc stands" },

    /* Flags: another family, none, a file container, a sum that is not there. */
    { 0x208, 0, FIRMWARE_ERROR_SEVERAL_CHIPS, "STM32F4; no family" },
    { 0x208, 0x1000, FIRMWARE_ERROR_FOR_DRIVE, "Block 1 at offset 0x200 is part of the file" },
    { 0x208, 0x1001, FIRMWARE_ERROR_FOR_DRIVE, "is part of the file" },
    { 0x208, 0x6000, FIRMWARE_ERROR_DIGEST, "Block 1 at offset 0x200 says it has an MD5 sum" },
    { 0x21c, TEST_UF2_RP2040, FIRMWARE_ERROR_SEVERAL_CHIPS, "STM32F4; RP2040" },
    { 0x61c, 0x12345678, FIRMWARE_ERROR_SEVERAL_CHIPS, "STM32F4; UF2 family 0x12345678" },

    /* Addresses. */
    { 0x20c, BASE + 0xff, FIRMWARE_ERROR_OVERLAP,
      "block 0 and block 1 both have a byte for address 0x080000ff" },
    { 0x60c, BASE, FIRMWARE_ERROR_OVERLAP, "block 0 and block 3 both" },
    { 0x20c, 0xffffff01, FIRMWARE_ERROR_BEYOND_FLASH, "Block 1 at offset 0x200: 256 bytes" },

    /* Sizes. */
    { 0x210, 0, FIRMWARE_ERROR_MALFORMED, "Block 1 at offset 0x200 says it has 0 bytes" },
    { 0x210, 477, FIRMWARE_ERROR_MALFORMED, "477 bytes for the flash; there is room for 1 to 476" },
    { 0x610, 0xffffffff, FIRMWARE_ERROR_MALFORMED, "Block 3 at offset 0x600" },

    /* Numbers. */
    { 0x214, 4, FIRMWARE_ERROR_MALFORMED, "at offset 0x200 says it is number 4, counted from 0" },
    { 0x214, 0xffffffff, FIRMWARE_ERROR_MALFORMED, "number 4294967295" },
    { 0x214, 0, FIRMWARE_ERROR_MISSING_PART,
      "At offset 0x200 a series of 4 blocks begins, but of the 4 blocks that begin at offset 0x0 "
      "number 1 has not come" },
    { 0x414, 1, FIRMWARE_ERROR_MALFORMED,
      "Block 1 is there twice: at offset 0x200 and at offset 0x400" },
    { 0x218, 5, FIRMWARE_ERROR_MALFORMED,
      "Block 1 at offset 0x200 says there are 5 blocks; the one at offset 0x0 says 4" },
    { 0x018, 5, FIRMWARE_ERROR_MALFORMED, "the one at offset 0x0 says 5" },
    { 0x018, 0, FIRMWARE_ERROR_MALFORMED, "number 0, counted from 0, of 0 blocks" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = create_file ();

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    set_number (file, rows[i].offset, rows[i].value);
    assert_refused (file, rows[i].code, rows[i].message);
  }
}

/* They are told at the end, so that no number more is. */
static void
assert_missing (GByteArray *file, const char *message)
{
  g_autoptr (GBytes) contents = g_bytes_new (file->data, file->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, &error);

  g_assert_null (image);
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART);
  if (!g_str_has_suffix (error->message, message))
    g_error ("\"%s\" does not end in \"%s\"", error->message, message);
  test_assert_place (error);
}

static void
test_missing (void)
{
  for (guint i = 0; i < N_BLOCKS; i++) {
    g_autoptr (GByteArray) file = create_file ();
    g_autofree char *message =
      g_strdup_printf ("1 of the 4 blocks that begin at offset 0x0 are missing; their numbers: %u",
                       i);

    g_byte_array_remove_range (file, i * BLOCK, BLOCK);
    assert_missing (file, message);
  }
}

/* What is named stays short, whatever the file says it has. */
static void
test_many_missing (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (100, 1);
  g_autoptr (GBytes) whole = test_uf2_new (STM32F4, BASE, data, 1);
  g_autoptr (GByteArray) every_third = g_byte_array_new ();
  g_autoptr (GByteArray) vast = create_file ();

  for (guint i = 0; i < 100; i += 3)
    g_byte_array_append (every_third, (const guint8 *) g_bytes_get_data (whole, NULL) + i * BLOCK,
                         BLOCK);
  assert_missing (every_third,
                  "66 of the 100 blocks that begin at offset 0x0 are missing; their numbers: 1-2, "
                  "4-5, 7-8, 10-11, 13-14, 16-17, 19-20, 22-23, ...");

  for (guint i = 0; i < N_BLOCKS; i++)
    set_number (vast, i * BLOCK + 0x18, 0xffffffff);
  assert_missing (vast, "4294967291 of the 4294967295 blocks that begin at offset 0x0 are missing; "
                        "their numbers: 4-7, ...");
}

/* The first of two parts that were numbered for themselves is not whole. */
static void
test_missing_in_series (void)
{
  g_autoptr (GBytes) part = test_image_new_pattern (1000, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();

  test_uf2_append_esp (file, STM32F4, BASE, part);
  test_uf2_append_esp (file, STM32F4, BASE + 0x1000, part);
  g_byte_array_remove_range (file, BLOCK, BLOCK);

  assert_refused (file, FIRMWARE_ERROR_MISSING_PART,
                  "At offset 0x400 a series of 3 blocks begins, but of the 3 blocks that begin at "
                  "offset 0x0 number 1 has not come");
}

/* The second one is not. */
static void
test_missing_in_last_series (void)
{
  g_autoptr (GBytes) part = test_image_new_pattern (1000, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();

  test_uf2_append_esp (file, STM32F4, BASE, part);
  test_uf2_append_esp (file, STM32F4, BASE + 0x1000, part);
  g_byte_array_remove_range (file, 4 * BLOCK, BLOCK);

  assert_missing (file,
                  "1 of the 3 blocks that begin at offset 0x600 are missing; their numbers: 1");
}

/* A block 0 that comes later, and tells of another series. */
static void
test_other_series (void)
{
  g_autoptr (GByteArray) file = create_file ();

  test_uf2_swap (file, 0, 1);
  set_number (file, 0x218, 5);
  assert_refused (file, FIRMWARE_ERROR_MISSING_PART,
                  "At offset 0x200 a series of 5 blocks begins, but of the 4 blocks that begin at "
                  "offset 0x0 number 0 has not come");
}

/* Cut anywhere, a file is never taken for whole. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) file = create_file ();

  for (guint size = 8; size < file->len; size++) {
    g_autoptr (GBytes) cut = g_bytes_new (file->data, size);
    g_autofree char *message =
      size % BLOCK < 24 ? g_strdup_printf ("at offset 0x%x, has %u of 512 bytes",
                                           size / BLOCK * BLOCK, size % BLOCK)
                        : g_strdup_printf ("number %u at offset 0x%x, has %u of 512 bytes",
                                           size / BLOCK, size / BLOCK * BLOCK, size % BLOCK);

    if (size % BLOCK == 0)
      test_assert_refused (cut, FIRMWARE_ERROR_MISSING_PART, "are missing");
    else
      test_assert_refused (cut, FIRMWARE_ERROR_TRUNCATED, message);
  }
}

static void
test_appended (void)
{
  g_autoptr (GByteArray) file = create_file ();

  g_byte_array_append (file, (const guint8 *) "x", 1);
  assert_refused (file, FIRMWARE_ERROR_MALFORMED,
                  "no whole number of blocks: 1 bytes follow the last one, from offset 0x800");
}

static void
test_many_families (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  const guint8 byte = 0;

  for (guint i = 0; i < 100; i++) {
    const TestUf2Block block = {
      .flags = FIRMWARE_UF2_FAMILY_PRESENT, .address = i, .count = 1, .family = i
    };

    test_uf2_append (file, &block, &byte, 1);
  }

  assert_refused (file, FIRMWARE_ERROR_SEVERAL_CHIPS, "UF2 family 0x00000005; ...");
}

static void
test_only_comments (void)
{
  const TestUf2Block block = { .flags = FIRMWARE_UF2_NOT_MAIN_FLASH, .count = 1 };
  g_autoptr (GByteArray) file = g_byte_array_new ();

  test_uf2_append (file, &block, (const guint8 *) "x", 1);
  assert_refused (file, FIRMWARE_ERROR_MALFORMED, "None of the 1 blocks is for the main flash");
}

/* An MD5 sum takes its room from the payload. */
static void
test_room (void)
{
  const struct {
    guint32 flags;
    guint32 size;
    int code;
    const char *message;
  } rows[] = {
    { 0, 477, FIRMWARE_ERROR_MALFORMED, "477 bytes for the flash; there is room for 1 to 476" },
    { FIRMWARE_UF2_MD5_PRESENT, 453, FIRMWARE_ERROR_MALFORMED,
      "453 bytes for the flash; there is room for 1 to 452" },
    { FIRMWARE_UF2_MD5_PRESENT, 452, FIRMWARE_ERROR_DIGEST, "MD5" },
  };
  g_autoptr (GBytes) data = test_image_new_pattern (FIRMWARE_UF2_DATA_SIZE, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TestUf2Block block = { .flags = rows[i].flags, .address = BASE, .count = 1 };
    g_autoptr (GByteArray) file = g_byte_array_new ();

    test_uf2_append (file, &block, g_bytes_get_data (data, NULL), rows[i].size);
    assert_refused (file, rows[i].code, rows[i].message);
  }
}

/* A tag that says it is shorter than its head, or longer than what is left. */
static void
test_tags (void)
{
  const guint8 sizes[] = { 1, 3, 13, 255 };
  const TestUf2Block block = {
    .flags = FIRMWARE_UF2_TAGS_PRESENT,
    .address = BASE,
    .count = 1,
  };
  g_autoptr (GBytes) data = test_image_new_pattern (464, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();

    test_uf2_append (file, &block, g_bytes_get_data (data, NULL), 464);
    set_number (file, 32 + 464, 0x9fc7bc00 | sizes[i]);
    assert_refused (file, FIRMWARE_ERROR_MALFORMED,
                    "Block 0 at offset 0x0: the extension tag at 0x1f0 is longer than the room");
  }
}

/* A container's name is whatever the file holds. */
static void
test_container_name (void)
{
  const TestUf2Block block = { .flags = FIRMWARE_UF2_FILE_CONTAINER, .count = 1, .family = 9 };
  const char data[] = "contents \033[31m.txt";
  g_autoptr (GByteArray) file = g_byte_array_new ();

  test_uf2_append (file, &block, (const guint8 *) data, sizeof data);
  set_number (file, 0x10, 9);
  assert_refused (file, FIRMWARE_ERROR_FOR_DRIVE, "the file \"\\033[31m.txt\"");
}

/* What may change without harm in a file whose only block has a sum: flags that mean nothing and
 * that of the sum, the family, and the length of the summed region, which may reach beyond what the
 * file has. */
static gboolean
is_free (gsize offset)
{
  const gsize length = 32 + 100 + 4;

  return (offset >= 8 && offset < 12) || (offset >= 28 && offset < 32) ||
         (offset > length && offset < length + 4);
}

static void
test_flipped (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (100, 1);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;

  test_uf2_append_esp (array, STM32F4, BASE, data);
  file = g_bytes_new (array->data, array->len);

  for (gsize i = 0; i < 32 + 100 + FIRMWARE_UF2_MD5_SIZE; i++) {
    g_autoptr (GBytes) damaged = test_image_flip (file, i, 0x40);
    g_autoptr (FirmwareImage) image = NULL;
    g_autoptr (GError) error = NULL;

    if (is_free (i))
      continue;

    g_test_message ("offset %" G_GSIZE_FORMAT, i);
    image = firmware_image_new_from_bytes (damaged, &error);
    g_assert_null (image);
    g_assert_true (error->domain == FIRMWARE_ERROR);
  }
}

static const struct {
  const char *name;
  void (*run) (void);
} tests[] = {
  { "table", test_table },
  { "missing", test_missing },
  { "many-missing", test_many_missing },
  { "missing-in-series", test_missing_in_series },
  { "missing-in-last-series", test_missing_in_last_series },
  { "other-series", test_other_series },
  { "cut", test_cut },
  { "appended", test_appended },
  { "many-families", test_many_families },
  { "only-comments", test_only_comments },
  { "room", test_room },
  { "tags", test_tags },
  { "container-name", test_container_name },
  { "flipped", test_flipped },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/firmware/uf2-refused/", tests[i].name, NULL);

    g_test_add_func (path, tests[i].run);
  }

  return g_test_run ();
}
