/* firmware-elf-file.c: the header of an ELF file, and the numbers behind it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-elf-file.h"

#include "firmware-bytes.h"
#include "firmware-error.h"

/* Elf32_Ehdr of the System V ABI. */
#define HEADER_CLASS 4
#define HEADER_ENCODING 5
#define HEADER_TYPE 16
#define HEADER_MACHINE 18
#define HEADER_ENTRY 24
#define HEADER_SEGMENTS 28
#define HEADER_SECTIONS 32
#define HEADER_SEGMENT_LENGTH 42
#define HEADER_N_SEGMENTS 44
#define HEADER_SECTION_LENGTH 46
#define HEADER_N_SECTIONS 48
#define HEADER_NAMES 50

#define CLASS_32 1
#define CLASS_64 2
#define ENCODING_LITTLE 1
#define ENCODING_BIG 2
#define TYPE_EXECUTABLE 2

#define SEGMENT_LENGTH 32          /* of an Elf32_Phdr */
#define SECTION_LENGTH 40          /* of an Elf32_Shdr */
#define N_SEGMENTS_EXTENDED 0xffff /* there are so many that the number is elsewhere */

static gboolean
check_kind (const FirmwareElfFile *self, GError **error)
{
  if (self->data[HEADER_CLASS] == CLASS_64) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_FOR_COMPUTER,
                         "The file is a program for a 64-bit computer, not for a board");
    return FALSE;
  }

  if (self->data[HEADER_CLASS] != CLASS_32 || (self->data[HEADER_ENCODING] != ENCODING_LITTLE &&
                                               self->data[HEADER_ENCODING] != ENCODING_BIG)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The ELF file has class %u and encoding %u, which do not exist",
                 self->data[HEADER_CLASS], self->data[HEADER_ENCODING]);
    firmware_error_set_offset (error, HEADER_CLASS);
    return FALSE;
  }

  return TRUE;
}

/* The caller has checked that both bytes are there. */
static guint16
read_u16 (const FirmwareElfFile *self, gsize offset)
{
  guint16 value = firmware_bytes_read_u16 (self->data + offset);

  return self->is_big ? GUINT16_SWAP_LE_BE (value) : value;
}

/* What is not linked to the end has no addresses. */
static gboolean
read_segments (FirmwareElfFile *self, GError **error)
{
  guint16 type = read_u16 (self, HEADER_TYPE);
  guint16 length = read_u16 (self, HEADER_SEGMENT_LENGTH);

  self->segments = firmware_elf_file_read_u32 (self, HEADER_SEGMENTS);
  self->n_segments = read_u16 (self, HEADER_N_SEGMENTS);
  if (type != TYPE_EXECUTABLE) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                 "The ELF file is no complete program: its type is %u instead of %u", type,
                 TYPE_EXECUTABLE);
    return FALSE;
  }

  if (length != SEGMENT_LENGTH || self->n_segments == N_SEGMENTS_EXTENDED) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The ELF file has %u program headers of %u bytes, where %u bytes is their size",
                 self->n_segments, length, SEGMENT_LENGTH);
    firmware_error_set_offset (error, HEADER_SEGMENT_LENGTH);
    return FALSE;
  }

  return firmware_elf_file_check_range (self, "The program headers", self->segments,
                                        (guint64) self->n_segments * SEGMENT_LENGTH, error);
}

/* A program can do without. */
static void
read_sections (FirmwareElfFile *self)
{
  guint16 n_sections = read_u16 (self, HEADER_N_SECTIONS);

  self->sections = firmware_elf_file_read_u32 (self, HEADER_SECTIONS);
  self->names = read_u16 (self, HEADER_NAMES);
  if (read_u16 (self, HEADER_SECTION_LENGTH) == SECTION_LENGTH &&
      firmware_elf_file_check_range (self, "The section headers", self->sections,
                                     (guint64) n_sections * SECTION_LENGTH, NULL))
    self->n_sections = n_sections;
}

/**
 * firmware_elf_file_read_u32:
 * @self: a file
 * @offset: a place in it with four bytes, which the caller has checked
 *
 * Returns: the number there
 */
guint32
firmware_elf_file_read_u32 (const FirmwareElfFile *self, gsize offset)
{
  guint32 value = firmware_bytes_read_u32 (self->data + offset);

  return self->is_big ? GUINT32_SWAP_LE_BE (value) : value;
}

/**
 * firmware_elf_file_check_range:
 * @self: a file
 * @what: what is meant to be there, to begin a sentence with
 * @offset: where it begins
 * @length: how many bytes it has
 * @error: return location for %FIRMWARE_ERROR_TRUNCATED
 *
 * Returns: whether the file has these bytes
 */
gboolean
firmware_elf_file_check_range (const FirmwareElfFile *self,
                               const char *what,
                               guint64 offset,
                               guint64 length,
                               GError **error)
{
  if (offset <= self->size && length <= self->size - offset)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
               "%s would reach from offset 0x%" G_GINT64_MODIFIER "x to 0x%" G_GINT64_MODIFIER
               "x, but the file ends at 0x%" G_GSIZE_MODIFIER "x",
               what, offset, offset + length, self->size);
  return FALSE;
}

/**
 * firmware_elf_file_open:
 * @self: (out caller-allocates): what to fill
 * @contents: a whole file, which must outlive @self
 * @error: return location for an error
 *
 * Reads the header of a 32-bit executable.
 *
 * Returns: whether it is one, with all of its program headers
 */
gboolean
firmware_elf_file_open (FirmwareElfFile *self, GBytes *contents, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  *self = (FirmwareElfFile){ NULL };
  self->data = g_bytes_get_data (contents, &self->size);
  if (!firmware_elf_file_check_range (self, "The ELF header", 0, FIRMWARE_ELF_HEADER_LENGTH,
                                      error) ||
      !check_kind (self, error))
    return FALSE;

  self->is_big = self->data[HEADER_ENCODING] == ENCODING_BIG;
  self->machine = read_u16 (self, HEADER_MACHINE);
  self->entry = firmware_elf_file_read_u32 (self, HEADER_ENTRY);
  if (!read_segments (self, error))
    return FALSE;

  read_sections (self);
  return TRUE;
}
