/* test-program.c: programs of ESP chips as ESP-IDF links them, before they become images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-program.h"

#include "firmware-bytes.h"
#include "firmware-esp-image.h"

#include "test-elf.h"
#include "test-image.h"

#define DESCRIPTION_OFFSET 0x20
#define DESCRIPTION_LENGTH 256
#define BOOTLOADER_DESCRIPTION_LENGTH 80
#define SHA256_OFFSET 144
#define SHA256_LENGTH 32

/* One chip's addresses. */
typedef struct {
  guint16 chip_id;
  guint16 machine;
  guint32 constants; /* in the mapped flash */
  guint32 code;      /* the same */
  guint32 data;      /* in RAM */
  guint32 vectors;   /* the same */
} Places;

static const Places places[] = {
  { 0x0000, TEST_ELF_MACHINE_XTENSA, 0x3f400020, 0x400d0020, 0x3ffb0000, 0x40080000 },
  { 0x0002, TEST_ELF_MACHINE_XTENSA, 0x3f000020, 0x40080020, 0x3ffbde90, 0x40022000 },
  { 0x0005, TEST_ELF_MACHINE_RISCV, 0x3c020020, 0x42000020, 0x3fc8a000, 0x40380000 },
  { 0x0009, TEST_ELF_MACHINE_XTENSA, 0x3c020020, 0x42000020, 0x3fc91c00, 0x40374000 },
  { 0x000d, TEST_ELF_MACHINE_RISCV, 0x42020020, 0x42000020, 0x40810000, 0x40800000 },
  { 0x0012, TEST_ELF_MACHINE_RISCV, 0x40020020, 0x40000020, 0x4ff10000, 0x4ff00000 },
  { 0x0020, TEST_ELF_MACHINE_RISCV, 0x40020020, 0x40000020, 0x2f010000, 0x2f000000 },
};

static const Places *
find_places (guint16 chip_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    if (places[i].chip_id == chip_id)
      return &places[i];
  }

  g_assert_not_reached ();
}

/* What a linker leaves: nobody has put the SHA-256 in yet. */
static GBytes *
take_description (GBytes *image, gsize length)
{
  guint8 *description =
    g_memdup2 ((const guint8 *) g_bytes_get_data (image, NULL) + DESCRIPTION_OFFSET, length);

  for (gsize i = SHA256_OFFSET; i < MIN (SHA256_OFFSET + SHA256_LENGTH, length); i++)
    description[i] = 0;

  return g_bytes_new_take (description, length);
}

/**
 * test_program_new_description:
 *
 * Makes the description of the application "blink 1.0.3", without a SHA-256.
 *
 * Returns: (transfer full): 256 bytes
 */
GBytes *
test_program_new_description (void)
{
  g_autoptr (GBytes) image = test_image_new_app (0x0002, 4096, "blink", "1.0.3", "v5.2.1");

  return take_description (image, DESCRIPTION_LENGTH);
}

/**
 * test_program_new:
 * @chip_id: a chip
 *
 * Makes the program of a small application.
 *
 * Returns: (transfer full): the ELF file
 */
GBytes *
test_program_new (guint16 chip_id)
{
  const Places *at = find_places (chip_id);
  g_autoptr (GBytes) description = test_program_new_description ();
  g_autoptr (GBytes) constants = test_image_new_pattern (700, 1);
  g_autoptr (GBytes) code = test_image_new_pattern (900, 2);
  g_autoptr (GBytes) data = test_image_new_pattern (130, 3);
  g_autoptr (GBytes) vectors = test_image_new_pattern (1028, 4);
  const TestElf kind = { .machine = at->machine, .entry = at->vectors + 4 };
  const TestElfSegment segments[] = {
    { at->vectors, vectors, ".iram0.vectors", TRUE },
    { at->data, data, ".dram0.data" },
    { at->constants, description, ".flash.appdesc" },
    { at->constants + DESCRIPTION_LENGTH, constants, ".flash.rodata" },
    { at->code, code, ".flash.text", TRUE },
  };

  return test_elf_new (&kind, segments, G_N_ELEMENTS (segments));
}

/**
 * test_program_new_bootloader:
 * @chip_id: a chip
 *
 * Makes the program of a small bootloader, whose description is not what it has at its first
 * address.
 *
 * Returns: (transfer full): the ELF file
 */
GBytes *
test_program_new_bootloader (guint16 chip_id)
{
  const Places *at = find_places (chip_id);
  g_autoptr (GBytes) image = test_image_new_bootloader (chip_id, 4096);
  g_autoptr (GBytes) description = take_description (image, BOOTLOADER_DESCRIPTION_LENGTH);
  g_autoptr (GBytes) data = test_image_new_pattern (60, 1);
  g_autoptr (GBytes) code = test_image_new_pattern (500, 2);
  const TestElf kind = { .machine = at->machine, .entry = at->vectors };
  const TestElfSegment segments[] = {
    { at->data, data, ".dram0.data" },
    { at->data + 0x100, description, ".dram0.bootdesc" },
    { at->vectors, code, ".iram.text", TRUE },
  };

  return test_elf_new (&kind, segments, G_N_ELEMENTS (segments));
}

static void
free_data (gpointer data)
{
  g_byte_array_unref (data);
}

/* What was cut to fill the gaps before mapped pieces is in one piece again; zeros that filled them
 * are left out. */
static void
collect_segments (GBytes *image, guint8 n_segments, GArray *segments, GPtrArray *contents)
{
  const guint8 *at =
    (const guint8 *) g_bytes_get_data (image, NULL) + FIRMWARE_ESP_IMAGE_HEADER_LENGTH;

  for (guint i = 0; i < n_segments; i++) {
    const guint32 address = firmware_bytes_read_u32 (at);
    const guint32 size = firmware_bytes_read_u32 (at + 4);
    GByteArray *found = NULL;

    for (guint j = 0; j < segments->len && found == NULL; j++) {
      GByteArray *before = g_ptr_array_index (contents, j);

      if (g_array_index (segments, TestElfSegment, j).address + before->len == address)
        found = before;
    }

    if (found == NULL && address != 0) {
      g_array_append_val (segments, (TestElfSegment){ .address = address });
      found = g_byte_array_new ();
      g_ptr_array_add (contents, found);
    }

    if (found != NULL)
      g_byte_array_append (found, at + 8, size);
    at += 8 + size;
  }
}

/**
 * test_program_new_from_image:
 * @image: a bootloader or an application
 *
 * Makes a program of which this image can have been made.
 *
 * Returns: (transfer full): the ELF file
 */
GBytes *
test_program_new_from_image (GBytes *image)
{
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (TestElfSegment));
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func (free_data);
  g_autoptr (GPtrArray) bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (image, &size);
  TestElf kind = { .machine = TEST_ELF_MACHINE_XTENSA };
  FirmwareEspImage header;

  g_assert_true (firmware_esp_image_parse (&header, data, size));
  kind.entry = header.entry_point;
  collect_segments (image, header.n_segments, segments, contents);
  for (guint i = 0; i < segments->len; i++) {
    GByteArray *joined = g_ptr_array_index (contents, i);
    TestElfSegment *segment = &g_array_index (segments, TestElfSegment, i);

    segment->data = g_bytes_new (joined->data, joined->len);
    segment->name = i == 0 ? ".dram0.bootdesc" : ".other"; /* what is mapped needs no name */
    g_ptr_array_add (bytes, segment->data);
  }

  return test_elf_new (&kind, (const TestElfSegment *) segments->data, segments->len);
}
