/* test-elf.h: ELF files as a linker for boards makes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TEST_ELF_MACHINE_ARM 40
#define TEST_ELF_MACHINE_XTENSA 94
#define TEST_ELF_MACHINE_RISCV 243

/* Where a field is that tests spoil: of the header, and of the first segment's header. */
#define TEST_ELF_CLASS 4
#define TEST_ELF_TYPE 16
#define TEST_ELF_SECTIONS 32
#define TEST_ELF_SEGMENT_LENGTH 42
#define TEST_ELF_N_SEGMENTS 44
#define TEST_ELF_SECTION_LENGTH 46
#define TEST_ELF_FIRST_SEGMENT 52
#define TEST_ELF_SEGMENT_OFFSET (TEST_ELF_FIRST_SEGMENT + 4)
#define TEST_ELF_SEGMENT_ADDRESS (TEST_ELF_FIRST_SEGMENT + 12)
#define TEST_ELF_SEGMENT_FILE_SIZE (TEST_ELF_FIRST_SEGMENT + 16)

/**
 * TestElf:
 * @machine: the processor's number
 * @is_big: whether numbers begin with their highest byte
 * @has_header: whether the first segment begins with the file, as it does with aligned segments
 * @entry: where the program begins, or 0 when it does not matter
 *
 * What kind of file to make.
 */
typedef struct {
  guint16 machine;
  gboolean is_big;
  gboolean has_header;
  guint32 entry;
} TestElf;

/**
 * TestElfSegment:
 * @address: its physical address
 * @data: its bytes
 * @name: (nullable): what its section is called
 * @is_code: whether its section has instructions
 *
 * A segment to load.
 */
typedef struct {
  guint32 address;
  GBytes *data;
  const char *name;
  gboolean is_code;
} TestElfSegment;

/* Where a section's header is, and what it has of its flags, by its number; the sections with the
 * bytes of segments begin with this one. */
#define TEST_ELF_FIRST_SECTION 3
gsize test_elf_find_section (GBytes *file, guint number);
gsize test_elf_find_section_flags (GBytes *file, guint number);
gsize test_elf_find_section_offset (GBytes *file, guint number);

GBytes *test_elf_new (const TestElf *self, const TestElfSegment *segments, gsize n_segments);

G_END_DECLS
