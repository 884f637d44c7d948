/* test-firmware-elf.c: programs for boards that take bytes at addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-format.h"

#include "test-check.h"
#include "test-elf.h"
#include "test-image.h"

#include <string.h>

static const TestElf arm = { .machine = TEST_ELF_MACHINE_ARM };

static GBytes *
make (const TestElf *kind)
{
  g_autoptr (GBytes) text = test_image_new_pattern (100, 1);
  g_autoptr (GBytes) constants = test_image_new_pattern (28, 2);
  g_autoptr (GBytes) data = test_image_new_pattern (10, 3);
  const TestElfSegment segments[] = {
    { 0x08001000, data },
    { 0x08000000, text },
    { 0x08000064, constants },
  };

  return test_elf_new (kind, segments, G_N_ELEMENTS (segments));
}

static void
assert_program (FirmwareImage *image)
{
  g_autoptr (GBytes) text = test_image_new_pattern (100, 1);
  g_autoptr (GBytes) data = test_image_new_pattern (10, 3);
  FirmwareSegment *first = test_get_segment (image, 0);
  FirmwareSegment *second = test_get_segment (image, 1);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_elf);
  g_assert_null (firmware_image_get_payload (image));
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 2);
  g_assert_cmphex (firmware_segment_get_address (first), ==, 0x08000000);
  g_assert_cmpuint (firmware_segment_get_size (first), ==, 128);
  g_assert_cmpmem (g_bytes_get_data (firmware_segment_get_data (first), NULL), 100,
                   g_bytes_get_data (text, NULL), 100);
  g_assert_cmphex (firmware_segment_get_address (second), ==, 0x08001000);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (second), data));
}

/* Segments in any order; those that touch are one part; memory without bytes is none. */
static void
test_segments (void)
{
  const TestElf kinds[] = {
    { .machine = TEST_ELF_MACHINE_ARM },
    { .machine = TEST_ELF_MACHINE_ARM, .is_big = TRUE },
    { .machine = TEST_ELF_MACHINE_RISCV },
    { .machine = TEST_ELF_MACHINE_ARM, .has_header = TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GBytes) file = make (&kinds[i]);
    g_autoptr (FirmwareImage) image = test_read_image (file);

    assert_program (image);
  }
}

/* Changes a number of a copy, of which the lowest byte comes first. */
static GBytes *
spoil (GBytes *file, gsize offset, guint32 value, gsize length)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  guint8 *copy = g_memdup2 (bytes, size);

  for (gsize i = 0; i < length; i++)
    copy[offset + i] = (guint8) (value >> (8 * i));

  return g_bytes_new_take (copy, size);
}

static const TestElf with_header = { .machine = TEST_ELF_MACHINE_ARM, .has_header = TRUE };

/* The first segment of such a file is "data", and stands behind the others. */
static FirmwareSegment *
get_last (FirmwareImage *image)
{
  return test_get_segment (image,
                           g_list_model_get_n_items (firmware_image_get_segments (image)) - 1);
}

/* How much of the file is in front of the program. */
static gsize
get_front (void)
{
  return TEST_ELF_FIRST_SEGMENT + 4 * 32;
}

/* Where no section tells how far the header reaches, it may as well be a part of the program. */
static void
test_header_without_sections (void)
{
  g_autoptr (GBytes) file = make (&with_header);
  g_autoptr (GBytes) stripped = spoil (file, TEST_ELF_SECTION_LENGTH, 0, 2);
  g_autoptr (FirmwareImage) image = test_read_image (stripped);

  g_assert_cmphex (firmware_segment_get_address (get_last (image)), ==, 0x08001000 - get_front ());
  g_assert_cmpuint (firmware_segment_get_size (get_last (image)), ==, get_front () + 10);
}

/* A segment of which nothing is in any section is nothing but the header. */
static void
test_header_alone (void)
{
  g_autoptr (GBytes) file = make (&with_header);
  g_autoptr (GBytes) first =
    spoil (file, test_elf_find_section_flags (file, TEST_ELF_FIRST_SECTION), 0, 4);
  g_autoptr (GBytes) second =
    spoil (first, test_elf_find_section_flags (file, TEST_ELF_FIRST_SECTION + 1), 0, 4);
  g_autoptr (GBytes) none =
    spoil (second, test_elf_find_section_flags (file, TEST_ELF_FIRST_SECTION + 2), 0, 4);
  g_autoptr (FirmwareImage) image = test_read_image (none);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
  g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, 0)), ==, 0x08000000);
}

/* What a section has in front of the segment is not in it; from 4 on the header is skipped still,
 * and from behind it on it is not. */
static void
test_header_begun (void)
{
  const struct {
    guint32 offset;
    gsize skipped;
  } rows[] = { { 4, 0 }, { 51, 0 }, { 52, 52 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint32 offset = rows[i].offset;
    const guint32 size = (guint32) get_front () + 10 - offset;
    const guint32 address = 0x08001000 - (guint32) get_front () + offset;
    g_autoptr (GBytes) file = make (&with_header);
    g_autoptr (GBytes) later = spoil (file, TEST_ELF_SEGMENT_OFFSET, offset, 4);
    g_autoptr (GBytes) moved = spoil (later, TEST_ELF_SEGMENT_ADDRESS, address, 4);
    g_autoptr (GBytes) shorter = spoil (moved, TEST_ELF_SEGMENT_FILE_SIZE, size, 4);
    g_autoptr (GBytes) allocated = spoil (shorter, test_elf_find_section_flags (file, 0), 2, 4);
    g_autoptr (GBytes) before = spoil (allocated, test_elf_find_section_offset (file, 0), 0, 4);
    g_autoptr (FirmwareImage) image = test_read_image (before);

    g_assert_cmphex (firmware_segment_get_address (get_last (image)), ==,
                     rows[i].skipped == 0 ? 0x08001000 : address);
    g_assert_cmpuint (firmware_segment_get_size (get_last (image)), ==,
                      rows[i].skipped == 0 ? 10 : size);
  }
}

/* A second segment from the start of the file on is meant as it is. */
static void
test_header_twice (void)
{
  g_autoptr (GBytes) file = make (&with_header);
  g_autoptr (GBytes) twice = spoil (file, TEST_ELF_SEGMENT_OFFSET + 32, 0, 4);
  g_autoptr (FirmwareImage) image = test_read_image (twice);
  GBytes *first = firmware_segment_get_data (test_get_segment (image, 0));

  g_assert_cmphex (firmware_segment_get_address (test_get_segment (image, 0)), ==, 0x08000000);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), 4, "\177ELF", 4);
}

static void
test_refused (void)
{
  const struct {
    gsize offset;
    guint32 value;
    gsize length;
    int code;
    const char *message;
  } rows[] = {
    { TEST_ELF_CLASS, 2, 1, FIRMWARE_ERROR_FOR_COMPUTER, "64-bit" },
    { TEST_ELF_CLASS, 3, 1, FIRMWARE_ERROR_MALFORMED, "class 3" },
    { TEST_ELF_TYPE, 1, 2, FIRMWARE_ERROR_UNKNOWN_FORMAT, "no complete program" },
    { TEST_ELF_SEGMENT_LENGTH, 31, 2, FIRMWARE_ERROR_MALFORMED, "31 bytes" },
    { TEST_ELF_N_SEGMENTS, 0xffff, 2, FIRMWARE_ERROR_MALFORMED, "65535" },
    { TEST_ELF_N_SEGMENTS, 0xfffe, 2, FIRMWARE_ERROR_TRUNCATED, "program headers" },
    { TEST_ELF_N_SEGMENTS, 0, 2, FIRMWARE_ERROR_MALFORMED, "no segment" },
    { TEST_ELF_SEGMENT_OFFSET, 0xfffffff8, 4, FIRMWARE_ERROR_TRUNCATED, "Segment 0" },
    { TEST_ELF_SEGMENT_FILE_SIZE, 0x7fffffff, 4, FIRMWARE_ERROR_MALFORMED, "only" },
    { TEST_ELF_SEGMENT_ADDRESS, 0xfffffffc, 4, FIRMWARE_ERROR_BEYOND_FLASH, "Segment 0" },
    { TEST_ELF_SEGMENT_ADDRESS, 0x08000010, 4, FIRMWARE_ERROR_OVERLAP, "segment" },
  };
  g_autoptr (GBytes) file = make (&arm);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) spoilt = spoil (file, rows[i].offset, rows[i].value, rows[i].length);

    test_assert_refused (spoilt, rows[i].code, rows[i].message);
  }
}

/* What a file lacks first that is cut there. */
static const char *
name_cut (gsize size)
{
  const gsize first = TEST_ELF_FIRST_SEGMENT + 4 * 32;

  if (size < TEST_ELF_FIRST_SEGMENT)
    return NULL;
  if (size < first)
    return "The program headers would reach";
  if (size < first + 10)
    return "Segment 0 would reach";

  return size < first + 110 ? "Segment 1 would reach" : "Segment 2 would reach";
}

static void
test_cut (void)
{
  g_autoptr (GBytes) file = make (&arm);

  for (gsize size = 4; size < TEST_ELF_FIRST_SEGMENT + 4 * 32 + 138; size++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (file, NULL), size);

    test_assert_refused (cut, FIRMWARE_ERROR_TRUNCATED, name_cut (size));
  }
}

/* A program needs no sections, so wrong ones are none: their headers, or the bytes of one. */
static void
test_wrong_sections (void)
{
  const TestElf riscv = { .machine = TEST_ELF_MACHINE_RISCV };
  g_autoptr (GBytes) file = make (&riscv);
  const gsize places[] = { TEST_ELF_SECTIONS,
                           test_elf_find_section_offset (file, TEST_ELF_FIRST_SECTION) };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GBytes) spoilt = spoil (file, places[i], 0xfffffff0, 4);
    g_autoptr (FirmwareImage) image = test_read_image (spoilt);

    assert_program (image);
  }
}

/* Many segments of the same bytes would be more than the file. */
static void
test_shared_bytes (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (4000, 1);
  const TestElfSegment segments[] = { { 0x08000000, data }, { 0x08002000, data } };
  g_autoptr (GBytes) file = test_elf_new (&arm, segments, 2);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, TEST_ELF_FIRST_SEGMENT + 3 * 32 + 4000);
  g_autoptr (GBytes) spoilt =
    spoil (cut, TEST_ELF_FIRST_SEGMENT + 32 + 4, TEST_ELF_FIRST_SEGMENT + 3 * 32, 4);

  test_assert_refused (spoilt, FIRMWARE_ERROR_MALFORMED, "another segment");
}

/* A description of ESP-IDF's is nothing for other processors. */
static void
test_no_esp (void)
{
  const guint8 magic[] = { 0x32, 0x54, 0xcd, 0xab, 0, 0, 0, 0 };
  g_autoptr (GBytes) constants = g_bytes_new_static (magic, sizeof magic);
  const TestElfSegment segment = { 0x08000000, constants };
  g_autoptr (GBytes) file = test_elf_new (&arm, &segment, 1);
  g_autoptr (FirmwareImage) image = test_read_image (file);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_elf);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/elf/segments", test_segments);
  g_test_add_func ("/firmware/elf/header-without-sections", test_header_without_sections);
  g_test_add_func ("/firmware/elf/header-alone", test_header_alone);
  g_test_add_func ("/firmware/elf/header-begun", test_header_begun);
  g_test_add_func ("/firmware/elf/header-twice", test_header_twice);
  g_test_add_func ("/firmware/elf/refused", test_refused);
  g_test_add_func ("/firmware/elf/cut", test_cut);
  g_test_add_func ("/firmware/elf/wrong-sections", test_wrong_sections);
  g_test_add_func ("/firmware/elf/shared-bytes", test_shared_bytes);
  g_test_add_func ("/firmware/elf/no-esp", test_no_esp);

  return g_test_run ();
}
