/* test-elf.c: ELF files as a linker for boards makes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-elf.h"

#include "firmware-bytes.h"

#include <string.h>

#define HEADER_LENGTH 52
#define SEGMENT_LENGTH 32
#define SECTION_LENGTH 40

#define PROGBITS 1
#define STRTAB 3
#define NOBITS 8
#define ALLOC 2
#define CODE 4
#define N_ODD_SECTIONS TEST_ELF_FIRST_SECTION

#define HEADER_SECTIONS 32
#define SECTION_FLAGS 8
#define SECTION_OFFSET 16

static void
append_u16 (const TestElf *self, GByteArray *file, guint16 value)
{
  firmware_bytes_append_u16 (file, self->is_big ? GUINT16_SWAP_LE_BE (value) : value);
}

static void
append_u32 (const TestElf *self, GByteArray *file, guint32 value)
{
  firmware_bytes_append_u32 (file, self->is_big ? GUINT32_SWAP_LE_BE (value) : value);
}

static void
append_header (const TestElf *self, GByteArray *file, guint16 n_segments, guint32 sections)
{
  const guint8 identity[16] = { 0x7f, 'E', 'L', 'F', 1, self->is_big ? 2 : 1, 1 };

  g_byte_array_append (file, identity, sizeof identity);
  append_u16 (self, file, 2); /* an executable */
  append_u16 (self, file, self->machine);
  append_u32 (self, file, 1);
  append_u32 (self, file, self->entry != 0 ? self->entry : 0x08000001);
  append_u32 (self, file, HEADER_LENGTH);
  append_u32 (self, file, sections);
  append_u32 (self, file, 0); /* flags */
  append_u16 (self, file, HEADER_LENGTH);
  append_u16 (self, file, SEGMENT_LENGTH);
  append_u16 (self, file, n_segments + 1);
  append_u16 (self, file, SECTION_LENGTH);
  append_u16 (self, file, n_segments + N_ODD_SECTIONS + 1);
  append_u16 (self, file, n_segments + N_ODD_SECTIONS); /* the last has the names */
}

static void
append_segment (const TestElf *self,
                GByteArray *file,
                guint32 type,
                guint32 offset,
                guint32 address,
                guint32 size,
                guint32 memory)
{
  append_u32 (self, file, type);
  append_u32 (self, file, offset);
  append_u32 (self, file, 0x20000000); /* the virtual address, which does not matter */
  append_u32 (self, file, address);
  append_u32 (self, file, size);
  append_u32 (self, file, memory);
  append_u32 (self, file, 5);
  append_u32 (self, file, 4);
}

static void
append_section (const TestElf *self,
                GByteArray *file,
                guint32 name,
                guint32 type,
                guint32 flags,
                guint32 address,
                guint32 offset,
                guint32 size)
{
  append_u32 (self, file, name);
  append_u32 (self, file, type);
  append_u32 (self, file, flags);
  append_u32 (self, file, address);
  append_u32 (self, file, offset);
  append_u32 (self, file, size);
  for (guint i = 0; i < 4; i++)
    append_u32 (self, file, 0);
}

/* Sections that put nothing into memory, whatever offset they have. */
static void
append_odd_sections (const TestElf *self, GByteArray *file)
{
  append_section (self, file, 0, PROGBITS, 0, 0x20000000, HEADER_LENGTH, 4);
  append_section (self, file, 0, NOBITS, ALLOC, 0x20000000, HEADER_LENGTH, 4);
  append_section (self, file, 0, PROGBITS, ALLOC, 0x20000000, HEADER_LENGTH, 0);
}

/* Each with its own section, and behind them the one with their names. */
static void
append_sections (const TestElf *self,
                 GByteArray *file,
                 const TestElfSegment *segments,
                 gsize n_segments,
                 guint32 offset)
{
  g_autoptr (GByteArray) names = g_byte_array_new ();

  g_byte_array_append (names, (const guint8 *) "", 1);
  for (gsize i = 0; i < n_segments; i++) {
    const guint32 size = (guint32) g_bytes_get_size (segments[i].data);
    const char *name = segments[i].name != NULL ? segments[i].name : "";

    append_section (self, file, names->len, PROGBITS, segments[i].is_code ? ALLOC | CODE : ALLOC,
                    segments[i].address, offset, size);
    g_byte_array_append (names, (const guint8 *) name, (guint) strlen (name) + 1);
    offset += size;
  }

  append_section (self, file, 0, STRTAB, 0, 0, file->len + SECTION_LENGTH, names->len);
  g_byte_array_append (file, names->data, names->len);
}

/**
 * test_elf_find_section:
 * @file: what test_elf_new() has made, with the lowest byte of numbers first
 * @number: a section's
 *
 * Returns: where the section's header is
 */
gsize
test_elf_find_section (GBytes *file, guint number)
{
  const guint8 *data = g_bytes_get_data (file, NULL);

  return firmware_bytes_read_u32 (data + HEADER_SECTIONS) + (gsize) number * SECTION_LENGTH;
}

/**
 * test_elf_find_section_flags:
 * @file: what test_elf_new() has made, with the lowest byte of numbers first
 * @number: a section's
 *
 * Returns: where the section's flags are
 */
gsize
test_elf_find_section_flags (GBytes *file, guint number)
{
  return test_elf_find_section (file, number) + SECTION_FLAGS;
}

/**
 * test_elf_find_section_offset:
 * @file: what test_elf_new() has made, with the lowest byte of numbers first
 * @number: a section's
 *
 * Returns: where it stands where the section begins
 */
gsize
test_elf_find_section_offset (GBytes *file, guint number)
{
  return test_elf_find_section (file, number) + SECTION_OFFSET;
}

/**
 * test_elf_new:
 * @self: what kind of file
 * @segments: (array length=n_segments): what to load, each with a section
 * @n_segments: how many
 *
 * Makes a program with one more segment, which takes memory but no bytes of the file.
 *
 * Returns: (transfer full): the file
 */
GBytes *
test_elf_new (const TestElf *self, const TestElfSegment *segments, gsize n_segments)
{
  GByteArray *file = g_byte_array_new ();
  guint32 first = (guint32) (HEADER_LENGTH + (n_segments + 1) * SEGMENT_LENGTH);
  guint32 end = first;
  guint32 offset = first;

  for (gsize i = 0; i < n_segments; i++)
    end += (guint32) g_bytes_get_size (segments[i].data);

  append_header (self, file, (guint16) n_segments, end);
  for (gsize i = 0; i < n_segments; i++) {
    guint32 size = (guint32) g_bytes_get_size (segments[i].data);
    guint32 before = self->has_header && i == 0 ? offset : 0;

    append_segment (self, file, 1, offset - before, segments[i].address - before, size + before,
                    size + before + 4);
    offset += size;
  }
  append_segment (self, file, 1, offset, 0x20000100, 0, 0x400);

  for (gsize i = 0; i < n_segments; i++)
    g_byte_array_append (file, g_bytes_get_data (segments[i].data, NULL),
                         (guint) g_bytes_get_size (segments[i].data));

  append_odd_sections (self, file);
  append_sections (self, file, segments, n_segments, first);

  return g_byte_array_free_to_bytes (file);
}
