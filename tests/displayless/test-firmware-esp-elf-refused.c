/* test-firmware-esp-elf-refused.c: programs of ESP chips that no image is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-elf.h"

#include "test-check.h"
#include "test-elf.h"
#include "test-image.h"
#include "test-program.h"

#include <string.h>

/* Of a section's header. */
#define SECTION_ADDRESS 12
#define SECTION_OFFSET 16
#define SECTION_SIZE 20

#define VECTORS TEST_ELF_FIRST_SECTION
#define DATA (TEST_ELF_FIRST_SECTION + 1)
#define CODE (TEST_ELF_FIRST_SECTION + 4)

#define N_MANY 20

static GBytes *
spoil (GBytes *file, gsize offset, guint32 value)
{
  const guint8 bytes[] = { value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >> 24 };

  return test_image_patch (file, offset, (const char *) bytes, sizeof bytes);
}

/* Of a program for the ESP32-S2. */
static const struct {
  guint section;
  gsize field;
  guint32 value;
  int code;
  const char *message;
} rows[] = {
  { DATA, SECTION_ADDRESS, 0x12345678, FIRMWARE_ERROR_NO_LOADER, "0x40022000" },
  { DATA, SECTION_ADDRESS, 0x40070000 - 4, FIRMWARE_ERROR_NO_LOADER, "none of the chips" },
  { DATA, SECTION_ADDRESS, 0x3ffb0002, FIRMWARE_ERROR_MALFORMED, "no multiple of 4" },
  { DATA, SECTION_ADDRESS, 0x40022400, FIRMWARE_ERROR_OVERLAP, "address 0x40022400" },
  { CODE, SECTION_ADDRESS, 0x3f001000, FIRMWARE_ERROR_MALFORMED, "the same 64 KiB" },
  { CODE, SECTION_OFFSET, 0xfffffff0, FIRMWARE_ERROR_TRUNCATED, "Section 7" },
  { CODE, SECTION_SIZE, 0x7fffffff, FIRMWARE_ERROR_TRUNCATED, "Section 7" },
};

static void
test_fields (void)
{
  g_autoptr (GBytes) elf = test_program_new (0x0002);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize offset = test_elf_find_section (elf, rows[i].section) + rows[i].field;
    g_autoptr (GBytes) spoilt = spoil (elf, offset, rows[i].value);

    test_assert_refused (spoilt, rows[i].code, rows[i].message);
  }
}

/* Addresses that no chip has are the fault of their section where the chip is known; else, they
 * tell the chip, whatever else was said. */
static void
test_chip_known (void)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_name ("esp32s3");
  g_autoptr (GBytes) elf = test_program_new (0x0002);
  g_autoptr (GBytes) spoilt =
    spoil (elf, test_elf_find_section (elf, VECTORS) + SECTION_ADDRESS, 0x12345678);
  g_autoptr (GBytes) refused = NULL;
  g_autoptr (GBytes) image = NULL;
  g_autoptr (GError) error = NULL;

  refused = firmware_esp_elf_convert (spoilt, &chip, &firmware_esp_elf_parameters, &error);
  g_assert_null (refused);
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, "\".iram0.vectors\""));
  g_assert_nonnull (strstr (error->message, "0x12345678"));
  g_assert_nonnull (strstr (error->message, "ESP32-S3"));

  image = firmware_esp_elf_convert (elf, &chip, &firmware_esp_elf_parameters, NULL);
  g_assert_nonnull (image);
  g_assert_cmpstr (chip->name, ==, "ESP32-S2");
}

/* The ESP32, and RISC-V chips whose addresses others have for their flash. */
static void
test_no_loader (void)
{
  const guint16 ids[] = { 0x0000, 0x0005, 0x000d };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GBytes) elf = test_program_new (ids[i]);

    test_assert_refused (elf, FIRMWARE_ERROR_NO_LOADER, "DFU loader");
  }
}

/* Both tell that the program is for an ESP chip, but only sections tell what goes into its image.
 */
static void
test_no_sections (void)
{
  const guint16 ids[] = { 0x0002, 0x0012 };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GBytes) elf = test_program_new (ids[i]);
    g_autoptr (GBytes) segments =
      test_image_patch (elf, TEST_ELF_SECTION_LENGTH, "\0\0\0\0\0\0", 6);
    g_autoptr (GBytes) sections = test_image_patch (elf, TEST_ELF_N_SEGMENTS, "\0\0", 2);
    g_autoptr (FirmwareImage) image = test_read_image (sections);

    test_assert_refused (segments, FIRMWARE_ERROR_UNCONVERTED, "no section");
    g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  }
}

/* Of one section that several share, a small file would make a large image. */
static void
test_shared_bytes (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (0x4000, 1);
  const TestElf kind = { .machine = TEST_ELF_MACHINE_XTENSA };
  const TestElfSegment segments[] = { { 0x3ffb0000, data }, { 0x3ffc0000, data } };
  g_autoptr (GBytes) elf = test_elf_new (&kind, segments, G_N_ELEMENTS (segments));
  gsize size = test_elf_find_section (elf, TEST_ELF_FIRST_SECTION) + SECTION_SIZE;
  gsize other = test_elf_find_section (elf, TEST_ELF_FIRST_SECTION + 1) + SECTION_SIZE;
  g_autoptr (GBytes) first = spoil (elf, size, 0x8000);
  g_autoptr (GBytes) second = spoil (first, other - 4, 52);
  g_autoptr (GBytes) both = spoil (second, other, 0x8000);

  test_assert_refused (both, FIRMWARE_ERROR_MALFORMED, "another section");
}

static GBytes *
make (const TestElfSegment *segments, gsize n_segments)
{
  const TestElf kind = { .machine = TEST_ELF_MACHINE_XTENSA };

  return test_elf_new (&kind, segments, n_segments);
}

/* What does not describe itself may be anything, and would be put where it does not belong. */
static void
test_undescribed (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (400, 1);
  g_autoptr (GBytes) description = test_program_new_description ();
  const TestElfSegment app[] = { { 0x3f000020, data }, { 0x40022000, data } };
  const TestElfSegment elsewhere[] = { { 0x3f000100, description }, { 0x40022000, data } };
  const TestElfSegment ram[] = { { 0x40022000, description }, { 0x3ffb0000, data } };
  const TestElfSegment named[] = { { 0x3fc90000, data, ".dram0.bootdesc" } };
  g_autoptr (GBytes) first = make (app, G_N_ELEMENTS (app));
  g_autoptr (GBytes) second = make (elsewhere, G_N_ELEMENTS (elsewhere));
  g_autoptr (GBytes) third = make (ram, G_N_ELEMENTS (ram));
  g_autoptr (GBytes) fourth = make (named, G_N_ELEMENTS (named));

  test_assert_refused (first, FIRMWARE_ERROR_UNCONVERTED, "an application of ESP-IDF");
  test_assert_refused (second, FIRMWARE_ERROR_UNCONVERTED, "an application of ESP-IDF");
  test_assert_refused (third, FIRMWARE_ERROR_UNCONVERTED, "application or a bootloader");
  test_assert_refused (fourth, FIRMWARE_ERROR_UNCONVERTED, "application or a bootloader");
}

static void
test_too_many (void)
{
  g_autoptr (GBytes) description = test_program_new_description ();
  g_autoptr (GBytes) data = test_image_new_pattern (8, 1);
  TestElfSegment copied[N_MANY] = { { 0x3f000020, description } };
  const TestElfSegment mapped[] = {
    { 0x3f000020, description },
    { 0x40022000, data },
    { 0x40080020, data },
    { 0x40090020, data },
  };
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  for (guint i = 1; i < N_MANY; i++)
    copied[i] = (TestElfSegment){ 0x3ffb0000 + 0x100 * i, data };

  first = make (copied, N_MANY);
  second = make (mapped, G_N_ELEMENTS (mapped));
  test_assert_refused (first, FIRMWARE_ERROR_MALFORMED, "more than 16 segments");
  test_assert_refused (second, FIRMWARE_ERROR_MALFORMED, "in 3 pieces");
}

/* Up to the limit it is good. */
static void
test_many (void)
{
  g_autoptr (GBytes) description = test_program_new_description ();
  g_autoptr (GBytes) data = test_image_new_pattern (8, 1);
  TestElfSegment segments[FIRMWARE_ESP_IMAGE_SEGMENTS_MAX] = { { 0x3f000020, description } };
  g_autoptr (GBytes) elf = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  for (guint i = 1; i < G_N_ELEMENTS (segments); i++)
    segments[i] = (TestElfSegment){ 0x3ffb0000 + 0x100 * i, data };

  elf = make (segments, G_N_ELEMENTS (segments));
  image = test_read_image (elf);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-elf-refused/fields", test_fields);
  g_test_add_func ("/firmware/esp-elf-refused/chip-known", test_chip_known);
  g_test_add_func ("/firmware/esp-elf-refused/no-loader", test_no_loader);
  g_test_add_func ("/firmware/esp-elf-refused/no-sections", test_no_sections);
  g_test_add_func ("/firmware/esp-elf-refused/shared-bytes", test_shared_bytes);
  g_test_add_func ("/firmware/esp-elf-refused/undescribed", test_undescribed);
  g_test_add_func ("/firmware/esp-elf-refused/too-many", test_too_many);
  g_test_add_func ("/firmware/esp-elf-refused/many", test_many);

  return g_test_run ();
}
