/* firmware-elf.c: ELF, what a linker makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-elf.h"

#include "firmware-bytes.h"
#include "firmware-error.h"

#include <string.h>

/* Elf32_Ehdr of the System V ABI. */
#define HEADER_LENGTH 52
#define HEADER_CLASS 4
#define HEADER_ENCODING 5
#define HEADER_TYPE 16
#define HEADER_MACHINE 18
#define HEADER_SEGMENTS 28
#define HEADER_SECTIONS 32
#define HEADER_SEGMENT_LENGTH 42
#define HEADER_N_SEGMENTS 44
#define HEADER_SECTION_LENGTH 46
#define HEADER_N_SECTIONS 48

#define CLASS_32 1
#define CLASS_64 2
#define ENCODING_LITTLE 1
#define ENCODING_BIG 2
#define TYPE_EXECUTABLE 2
#define MACHINE_XTENSA 94
#define MACHINE_RISCV 243

/* Elf32_Phdr. */
#define SEGMENT_LENGTH 32
#define SEGMENT_TYPE 0
#define SEGMENT_OFFSET 4
#define SEGMENT_ADDRESS 12 /* the physical one: where the bytes lie before anything runs */
#define SEGMENT_FILE_SIZE 16
#define SEGMENT_MEMORY_SIZE 20
#define SEGMENT_LOAD 1
#define N_SEGMENTS_EXTENDED 0xffff /* there are so many that the number is elsewhere */

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
  const guint8 *data;
  gsize size;
  gboolean is_big;
  gboolean is_skipped; /* the ELF header, which only one segment can have in it */
} Elf;

typedef struct {
  guint number;
  guint32 offset;
  guint32 address;
  guint32 size;
} Segment;

static guint16
read_u16 (const Elf *self, gsize offset)
{
  guint16 value = firmware_bytes_read_u16 (self->data + offset);

  return self->is_big ? GUINT16_SWAP_LE_BE (value) : value;
}

static guint32
read_u32 (const Elf *self, gsize offset)
{
  guint32 value = firmware_bytes_read_u32 (self->data + offset);

  return self->is_big ? GUINT32_SWAP_LE_BE (value) : value;
}

static gboolean
check_range (const Elf *self, const char *what, guint64 offset, guint64 length, GError **error)
{
  if (offset <= self->size && length <= self->size - offset)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
               "%s would reach from offset 0x%" G_GINT64_MODIFIER "x to 0x%" G_GINT64_MODIFIER
               "x, but the file ends at 0x%" G_GSIZE_MODIFIER "x",
               what, offset, offset + length, self->size);
  return FALSE;
}

static gboolean
check_kind (const Elf *self, GError **error)
{
  if (self->data[HEADER_CLASS] == CLASS_64) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file is a program for a 64-bit computer, not for a board");
    return FALSE;
  }

  if (self->data[HEADER_CLASS] != CLASS_32 || (self->data[HEADER_ENCODING] != ENCODING_LITTLE &&
                                               self->data[HEADER_ENCODING] != ENCODING_BIG)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The ELF file has class %u and encoding %u, which do not exist",
                 self->data[HEADER_CLASS], self->data[HEADER_ENCODING]);
    return FALSE;
  }

  return TRUE;
}

/* What is not linked to the end has no addresses. */
static gboolean
check_header (const Elf *self, GError **error)
{
  guint16 type = read_u16 (self, HEADER_TYPE);

  if (type != TYPE_EXECUTABLE) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                 "The ELF file is no complete program: its type is %u instead of %u", type,
                 TYPE_EXECUTABLE);
    return FALSE;
  }

  if (read_u16 (self, HEADER_SEGMENT_LENGTH) != SEGMENT_LENGTH ||
      read_u16 (self, HEADER_N_SEGMENTS) == N_SEGMENTS_EXTENDED) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The ELF file has %u program headers of %u bytes, where %u bytes is their size",
                 read_u16 (self, HEADER_N_SEGMENTS), read_u16 (self, HEADER_SEGMENT_LENGTH),
                 SEGMENT_LENGTH);
    return FALSE;
  }

  return check_range (self, "The program headers", read_u32 (self, HEADER_SEGMENTS),
                      (guint64) read_u16 (self, HEADER_N_SEGMENTS) * SEGMENT_LENGTH, error);
}

static gboolean
open_elf (Elf *self, GBytes *contents, GError **error)
{
  self->data = g_bytes_get_data (contents, &self->size);

  if (!check_range (self, "The ELF header", 0, HEADER_LENGTH, error) || !check_kind (self, error))
    return FALSE;

  self->is_big = self->data[HEADER_ENCODING] == ENCODING_BIG;

  return check_header (self, error);
}

static gboolean
read_segment (const Elf *self, guint number, Segment *segment, GError **error)
{
  gsize header = (gsize) read_u32 (self, HEADER_SEGMENTS) + (gsize) number * SEGMENT_LENGTH;
  g_autofree char *name = NULL;

  *segment = (Segment){ .number = number };
  if (read_u32 (self, header + SEGMENT_TYPE) != SEGMENT_LOAD)
    return TRUE;

  segment->offset = read_u32 (self, header + SEGMENT_OFFSET);
  segment->address = read_u32 (self, header + SEGMENT_ADDRESS);
  segment->size = read_u32 (self, header + SEGMENT_FILE_SIZE);
  if (segment->size > read_u32 (self, header + SEGMENT_MEMORY_SIZE)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Segment %u has %u bytes in the file, but only %u in memory", number,
                 segment->size, read_u32 (self, header + SEGMENT_MEMORY_SIZE));
    return FALSE;
  }

  name = g_strdup_printf ("Segment %u", number);
  return check_range (self, name, segment->offset, segment->size, error);
}

static gboolean
has_sections (const Elf *self)
{
  return read_u16 (self, HEADER_SECTION_LENGTH) == SECTION_LENGTH &&
         check_range (self, "The section headers", read_u32 (self, HEADER_SECTIONS),
                      (guint64) read_u16 (self, HEADER_N_SECTIONS) * SECTION_LENGTH, NULL);
}

/* The offset of the first byte from @start on that a section puts into memory. */
static guint32
find_first_byte (const Elf *self, guint32 start, guint32 end)
{
  guint32 first = end;

  for (guint i = 0; i < read_u16 (self, HEADER_N_SECTIONS); i++) {
    gsize header = (gsize) read_u32 (self, HEADER_SECTIONS) + (gsize) i * SECTION_LENGTH;
    guint32 offset = read_u32 (self, header + SECTION_OFFSET);

    if ((read_u32 (self, header + SECTION_FLAGS) & SECTION_ALLOCATED) != 0 &&
        read_u32 (self, header + SECTION_TYPE) != SECTION_NO_BITS &&
        read_u32 (self, header + SECTION_SIZE) > 0 && offset >= start)
      first = MIN (first, offset);
  }

  return first;
}

/* Linkers that align segments to pages put the ELF header itself into the first one, in front of
 * the program and before the memory that the board has. Only the sections tell where that ends. */
static void
skip_header (Elf *self, Segment *segment)
{
  guint32 skipped = 0;

  if (self->is_skipped || segment->size == 0 || segment->offset >= HEADER_LENGTH ||
      !has_sections (self))
    return;

  self->is_skipped = TRUE;
  skipped =
    find_first_byte (self, segment->offset, segment->offset + segment->size) - segment->offset;
  segment->offset += skipped;
  segment->address += skipped;
  segment->size -= skipped;
}

/* Other chips have the same processor, but no such description. */
static gboolean
has_description (const Elf *self, const Segment *segment)
{
  for (guint32 i = 0; i <= ESP_APPLICATION_PLACES && i + sizeof (guint32) <= segment->size;
       i += 4) {
    if (read_u32 (self, (gsize) segment->offset + i) == ESP_APPLICATION_MAGIC)
      return TRUE;
  }

  return FALSE;
}

static gboolean
add_segment (FirmwareMemory *memory, const Elf *self, const Segment *segment, GError **error)
{
  if (firmware_memory_add (memory, segment->address, self->data + segment->offset, segment->size,
                           segment->number, error))
    return TRUE;

  g_prefix_error (error, "Segment %u: ", segment->number);
  return FALSE;
}

/* No byte of the file is two bytes of a program, so segments are together no longer than it. */
static gboolean
read_segments (Elf *self, FirmwareMemory *memory, gboolean *is_esp, GError **error)
{
  gsize left = self->size;

  for (guint i = 0; i < read_u16 (self, HEADER_N_SEGMENTS); i++) {
    Segment segment;

    if (!read_segment (self, i, &segment, error))
      return FALSE;

    if (segment.size > left) {
      g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                   "Segment %u uses bytes of the file that another segment has", i);
      return FALSE;
    }

    left -= segment.size;
    skip_header (self, &segment);
    if (read_u16 (self, HEADER_MACHINE) == MACHINE_RISCV && has_description (self, &segment))
      *is_esp = TRUE;

    if (!add_segment (memory, self, &segment, error))
      return FALSE;
  }

  return TRUE;
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
 * firmware_elf_read:
 * @contents: a whole file
 * @is_esp: (out): whether it is the program of an ESP chip: for the Xtensa processor, which nobody
 *   else puts into boards with DFU, or with the description of an ESP-IDF application
 * @error: return location for an error
 *
 * Reads the bytes that a 32-bit program has in the file, at their physical addresses: for a board
 * without an operating system, where they lie in its flash.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareRun): runs in the order of addresses,
 * at least one
 */
GArray *
firmware_elf_read (GBytes *contents, gboolean *is_esp, GError **error)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (ADDRESSES);
  g_autoptr (GArray) runs = NULL;
  Elf self = { NULL };

  g_return_val_if_fail (contents != NULL, NULL);
  g_return_val_if_fail (is_esp != NULL, NULL);

  if (!open_elf (&self, contents, error))
    return NULL;

  *is_esp = read_u16 (&self, HEADER_MACHINE) == MACHINE_XTENSA;
  if (!read_segments (&self, memory, is_esp, error))
    return NULL;

  runs = firmware_memory_join (memory, "segment", error);
  if (runs == NULL)
    return NULL;

  if (runs->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The ELF file has no segment with bytes for a board");
    return NULL;
  }

  return g_steal_pointer (&runs);
}
