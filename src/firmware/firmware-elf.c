/* firmware-elf.c: ELF, what a linker makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-elf.h"

#include "firmware-elf-sections.h"
#include "firmware-error.h"

#include <string.h>

/* Elf32_Phdr of the System V ABI. */
#define SEGMENT_LENGTH 32
#define SEGMENT_TYPE 0
#define SEGMENT_OFFSET 4
#define SEGMENT_ADDRESS 12 /* the physical one: where the bytes lie before anything runs */
#define SEGMENT_FILE_SIZE 16
#define SEGMENT_MEMORY_SIZE 20
#define SEGMENT_LOAD 1

/* Elf32_Shdr. */
#define SECTION_LENGTH 40
#define SECTION_TYPE 4
#define SECTION_FLAGS 8
#define SECTION_OFFSET 16
#define SECTION_SIZE 20
#define SECTION_NO_BITS 8
#define SECTION_ALLOCATED 2

/* ESP-IDF puts the description of an application in front of its constants. */
#define ESP_APPLICATION_MAGIC 0xabcd5432
#define ESP_APPLICATION_PLACES 0x20

#define ADDRESSES (G_GUINT64_CONSTANT (1) << 32)

typedef struct {
  guint number;
  guint32 offset;
  guint32 address;
  guint32 size;
} Segment;

static gsize
get_header (const FirmwareElfFile *file, guint number)
{
  return (gsize) file->segments + (gsize) number * SEGMENT_LENGTH;
}

static gboolean
read_segment (const FirmwareElfFile *file, guint number, Segment *segment, GError **error)
{
  gsize header = get_header (file, number);
  g_autofree char *name = NULL;

  *segment = (Segment){ .number = number };
  if (firmware_elf_file_read_u32 (file, header + SEGMENT_TYPE) != SEGMENT_LOAD)
    return TRUE;

  segment->offset = firmware_elf_file_read_u32 (file, header + SEGMENT_OFFSET);
  segment->address = firmware_elf_file_read_u32 (file, header + SEGMENT_ADDRESS);
  segment->size = firmware_elf_file_read_u32 (file, header + SEGMENT_FILE_SIZE);
  if (segment->size > firmware_elf_file_read_u32 (file, header + SEGMENT_MEMORY_SIZE)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Segment %u has %u bytes in the file, but only %u in memory", number,
                 segment->size, firmware_elf_file_read_u32 (file, header + SEGMENT_MEMORY_SIZE));
    return FALSE;
  }

  name = g_strdup_printf ("Segment %u", number);
  return firmware_elf_file_check_range (file, name, segment->offset, segment->size, error);
}

/* The offset of the first byte from @start on that a section puts into memory. */
static guint32
find_first_byte (const FirmwareElfFile *file, guint32 start, guint32 end)
{
  guint32 first = end;

  for (guint i = 0; i < file->n_sections; i++) {
    gsize header = (gsize) file->sections + (gsize) i * SECTION_LENGTH;
    guint32 offset = firmware_elf_file_read_u32 (file, header + SECTION_OFFSET);

    if ((firmware_elf_file_read_u32 (file, header + SECTION_FLAGS) & SECTION_ALLOCATED) != 0 &&
        firmware_elf_file_read_u32 (file, header + SECTION_TYPE) != SECTION_NO_BITS &&
        firmware_elf_file_read_u32 (file, header + SECTION_SIZE) > 0 && offset >= start)
      first = MIN (first, offset);
  }

  return first;
}

/* Linkers that align segments to pages put the ELF header itself into the first one, in front of
 * the program and before the memory that the board has. Only the sections tell where that ends. */
static void
skip_header (const FirmwareElfFile *file, Segment *segment, gboolean *is_skipped)
{
  guint32 skipped = 0;

  if (*is_skipped || segment->size == 0 || segment->offset >= FIRMWARE_ELF_HEADER_LENGTH ||
      file->n_sections == 0)
    return;

  *is_skipped = TRUE;
  skipped =
    find_first_byte (file, segment->offset, segment->offset + segment->size) - segment->offset;
  segment->offset += skipped;
  segment->address += skipped;
  segment->size -= skipped;
}

static gboolean
add_segment (FirmwareMemory *memory,
             const FirmwareElfFile *file,
             const Segment *segment,
             GError **error)
{
  if (firmware_memory_add (memory, segment->address, file->data + segment->offset, segment->size,
                           segment->number, error))
    return TRUE;

  g_prefix_error (error, "Segment %u: ", segment->number);
  return FALSE;
}

/* No byte of the file is two bytes of a program, so segments are together no longer than it. */
static gboolean
take_bytes (gsize *left, const Segment *segment, GError **error)
{
  if (segment->size <= *left) {
    *left -= segment->size;
    return TRUE;
  }

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Segment %u uses bytes of the file that another segment has", segment->number);
  return FALSE;
}

static gboolean
read_segments (const FirmwareElfFile *file, FirmwareMemory *memory, GError **error)
{
  gboolean is_skipped = FALSE; /* the ELF header, which only one segment can have in it */
  gsize left = file->size;

  for (guint i = 0; i < file->n_segments; i++) {
    Segment segment;

    if (!read_segment (file, i, &segment, error) || !take_bytes (&left, &segment, error)) {
      firmware_error_set_offset (error, get_header (file, i));
      return FALSE;
    }

    skip_header (file, &segment, &is_skipped);
    if (!add_segment (memory, file, &segment, error)) {
      firmware_error_set_offset (error, get_header (file, i));
      return FALSE;
    }
  }

  return TRUE;
}

/* Other chips have the same processor, but no such description. */
static gboolean
has_description (const FirmwareElfFile *file, guint32 offset, guint32 size)
{
  for (guint32 i = 0; i <= ESP_APPLICATION_PLACES && i + sizeof (guint32) <= size; i += 4) {
    if (firmware_elf_file_read_u32 (file, (gsize) offset + i) == ESP_APPLICATION_MAGIC)
      return TRUE;
  }

  return FALSE;
}

static gboolean
has_described_segment (const FirmwareElfFile *file)
{
  for (guint i = 0; i < file->n_segments; i++) {
    Segment segment;

    if (read_segment (file, i, &segment, NULL) &&
        has_description (file, segment.offset, segment.size))
      return TRUE;
  }

  return FALSE;
}

static gboolean
has_described_section (const FirmwareElfFile *file)
{
  g_autoptr (GArray) sections = firmware_elf_sections_list (file, NULL);

  for (guint i = 0; sections != NULL && i < sections->len; i++) {
    const FirmwareElfSection *section = &g_array_index (sections, FirmwareElfSection, i);

    if (g_str_equal (section->name, FIRMWARE_ELF_SECTION_BOOTLOADER) ||
        has_description (file, section->offset, section->size))
      return TRUE;
  }

  return FALSE;
}

/**
 * firmware_elf_is_present:
 * @contents: a whole file
 *
 * Returns: whether it begins like ELF
 */
gboolean
firmware_elf_is_present (GBytes *contents)
{
  gsize size = 0;
  const guint8 *data = NULL;

  g_return_val_if_fail (contents != NULL, FALSE);

  data = g_bytes_get_data (contents, &size);

  return size >= 4 && memcmp (data, "\177ELF", 4) == 0;
}

/**
 * firmware_elf_is_esp:
 * @contents: a whole file
 *
 * Tells the program of an ESP chip: it is for the Xtensa processor, which nobody else puts into
 * boards with DFU, or for RISC-V with the description of an application or a bootloader of ESP-IDF.
 *
 * Returns: whether it is one that can be read at all
 */
gboolean
firmware_elf_is_esp (GBytes *contents)
{
  FirmwareElfFile file;

  g_return_val_if_fail (contents != NULL, FALSE);

  if (!firmware_elf_file_open (&file, contents, NULL) || file.is_big)
    return FALSE;

  return file.machine == FIRMWARE_ELF_MACHINE_XTENSA ||
         (file.machine == FIRMWARE_ELF_MACHINE_RISCV &&
          (has_described_section (&file) || has_described_segment (&file)));
}

/**
 * firmware_elf_read:
 * @contents: a whole file
 * @error: return location for an error
 *
 * Reads the bytes that a 32-bit program has in the file, at their physical addresses: for a board
 * without an operating system, where they lie in its flash.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareRun): runs in the order of addresses,
 * at least one
 */
GArray *
firmware_elf_read (GBytes *contents, GError **error)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (ADDRESSES);
  g_autoptr (GArray) runs = NULL;
  FirmwareElfFile file;
  guint fault = 0;

  g_return_val_if_fail (contents != NULL, NULL);

  if (!firmware_elf_file_open (&file, contents, error) || !read_segments (&file, memory, error))
    return NULL;

  runs = firmware_memory_join (memory, "segment", &fault, error);
  if (runs == NULL) {
    firmware_error_set_offset (error, get_header (&file, fault));
    return NULL;
  }

  if (runs->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The ELF file has no segment with bytes for a board");
    firmware_error_set_offset (error, file.segments);
    return NULL;
  }

  return g_steal_pointer (&runs);
}
