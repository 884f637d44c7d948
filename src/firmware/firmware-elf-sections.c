/* firmware-elf-sections.c: the sections that an ELF file puts into memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-elf-sections.h"

#include "firmware-error.h"

#include <string.h>

/* Elf32_Shdr of the System V ABI. */
#define SECTION_LENGTH 40
#define SECTION_NAME 0
#define SECTION_TYPE 4
#define SECTION_FLAGS 8
#define SECTION_ADDRESS 12
#define SECTION_OFFSET 16
#define SECTION_SIZE 20

#define TYPE_PROGRAM_BITS 1
#define TYPE_INIT_ARRAY 14
#define TYPE_FINI_ARRAY 15
#define FLAG_ALLOCATED 2
#define FLAG_CODE 4

typedef struct {
  const char *text;
  guint32 size;
} Names;

static gsize
get_header (const FirmwareElfFile *file, guint number)
{
  return (gsize) file->sections + (gsize) number * SECTION_LENGTH;
}

static Names
find_names (const FirmwareElfFile *file)
{
  gsize header = get_header (file, file->names);
  guint32 offset = 0;
  guint32 size = 0;

  if (file->names >= file->n_sections)
    return (Names){ NULL };

  offset = firmware_elf_file_read_u32 (file, header + SECTION_OFFSET);
  size = firmware_elf_file_read_u32 (file, header + SECTION_SIZE);
  if (!firmware_elf_file_check_range (file, "The sections' names", offset, size, NULL))
    return (Names){ NULL };

  return (Names){ (const char *) file->data + offset, size };
}

/* Only what ends inside of the names can be used as it is. */
static const char *
find_name (const Names *names, guint32 start)
{
  if (start >= names->size || memchr (names->text + start, '\0', names->size - start) == NULL)
    return "";

  return names->text + start;
}

/* Neither what takes memory but no bytes of the file, which the program clears by itself, nor a
 * linker's notes. What is at address 0 is on no chip. */
static gboolean
is_loaded (const FirmwareElfFile *file, gsize header)
{
  guint32 type = firmware_elf_file_read_u32 (file, header + SECTION_TYPE);

  return (type == TYPE_PROGRAM_BITS || type == TYPE_INIT_ARRAY || type == TYPE_FINI_ARRAY) &&
         (firmware_elf_file_read_u32 (file, header + SECTION_FLAGS) & FLAG_ALLOCATED) != 0 &&
         firmware_elf_file_read_u32 (file, header + SECTION_ADDRESS) != 0 &&
         firmware_elf_file_read_u32 (file, header + SECTION_SIZE) > 0;
}

static gboolean
check_section (const FirmwareElfFile *file,
               const FirmwareElfSection *section,
               guint number,
               gsize *left,
               GError **error)
{
  g_autofree char *what = g_strdup_printf ("Section %u", number);

  if (!firmware_elf_file_check_range (file, what, section->offset, section->size, error))
    return FALSE;

  if (section->size > *left) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Section %u uses bytes of the file that another section has", number);
    firmware_error_set_offset (error, get_header (file, number));
    return FALSE;
  }

  *left -= section->size;
  return TRUE;
}

/**
 * firmware_elf_sections_list:
 * @file: an ELF file
 * @error: return location for an error
 *
 * Lists the sections whose bytes go into memory, the same as esptool takes, in the order of the
 * file. Together they are no longer than the file: no byte of it is two bytes of a program.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareElfSection): the sections; their names
 *   are inside of the file
 */
GArray *
firmware_elf_sections_list (const FirmwareElfFile *file, GError **error)
{
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (FirmwareElfSection));
  Names names = { NULL };
  gsize left = 0;

  g_return_val_if_fail (file != NULL, NULL);

  names = find_names (file);
  left = file->size;
  for (guint i = 0; i < file->n_sections; i++) {
    gsize header = get_header (file, i);
    const FirmwareElfSection section = {
      .name = find_name (&names, firmware_elf_file_read_u32 (file, header + SECTION_NAME)),
      .address = firmware_elf_file_read_u32 (file, header + SECTION_ADDRESS),
      .offset = firmware_elf_file_read_u32 (file, header + SECTION_OFFSET),
      .size = firmware_elf_file_read_u32 (file, header + SECTION_SIZE),
      .is_code = (firmware_elf_file_read_u32 (file, header + SECTION_FLAGS) & FLAG_CODE) != 0,
    };

    if (!is_loaded (file, header))
      continue;

    if (!check_section (file, &section, i, &left, error))
      return NULL;

    g_array_append_val (sections, section);
  }

  return g_steal_pointer (&sections);
}
