/* firmware-esp-program.c: what the program of an ESP chip has in the chip's memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-program.h"

#include "firmware-bytes.h"
#include "firmware-elf-sections.h"
#include "firmware-error.h"
#include "firmware-text.h"

#define WORD 4 /* what the bootloader copies at a time */

static guint32
round_up (guint32 size)
{
  return (size + WORD - 1) / WORD * WORD;
}

static const FirmwareElfSection *
get_section (GArray *sections, guint number)
{
  return &g_array_index (sections, FirmwareElfSection, number);
}

/* Some chips map flash where others have RAM, but no program is without something for RAM. */
static gboolean
has_memory (const FirmwareEspChip *chip, GArray *sections)
{
  gboolean has_ram = FALSE;

  for (guint i = 0; i < sections->len; i++) {
    const FirmwareElfSection *section = get_section (sections, i);
    const FirmwareEspMemory *memory =
      firmware_esp_memory_find (chip, section->address, section->size);

    if (memory == NULL)
      return FALSE;

    has_ram = has_ram || !memory->is_mapped;
  }

  return has_ram;
}

/* Nothing but its addresses says what chip a program is for. */
static const FirmwareEspChip *
find_chip (const FirmwareElfFile *file, GArray *sections)
{
  static const struct {
    guint16 id;
    guint16 machine;
  } candidates[] = {
    { 0x0000, FIRMWARE_ELF_MACHINE_XTENSA }, { 0x0002, FIRMWARE_ELF_MACHINE_XTENSA },
    { 0x0009, FIRMWARE_ELF_MACHINE_XTENSA }, { 0x0012, FIRMWARE_ELF_MACHINE_RISCV },
    { 0x0020, FIRMWARE_ELF_MACHINE_RISCV },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++) {
    const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (candidates[i].id);

    if (candidates[i].machine == file->machine && has_memory (chip, sections))
      return chip;
  }

  return NULL;
}

static gboolean
choose_chip (const FirmwareElfFile *file,
             GArray *sections,
             const FirmwareEspChip **chip,
             GError **error)
{
  const FirmwareEspChip *found = NULL;

  if (sections->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNCONVERTED,
                         "The file is the program of an ESP chip, but it has no section with bytes "
                         "for it");
    return FALSE;
  }

  found = find_chip (file, sections);
  if (found != NULL)
    *chip = found;

  if (*chip != NULL)
    return firmware_esp_chip_check_loader (*chip, error);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
               "The program, with its first section at 0x%08x, is for none of the chips that are "
               "known to have a DFU loader in their ROM",
               get_section (sections, 0)->address);
  return FALSE;
}

static gboolean
check_section (const FirmwareElfSection *section, const FirmwareEspChip *chip, GError **error)
{
  g_autofree char *name = firmware_text_dup_quoted (section->name);

  if (firmware_esp_memory_find (chip, section->address, section->size) == NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The section %s has %u bytes at 0x%08x, where the %s has no memory for them", name,
                 section->size, section->address, chip->name);
    firmware_error_set_address (error, section->address);
    return FALSE;
  }

  if (section->address % WORD != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The section %s begins at 0x%08x, which is no multiple of %d", name,
                 section->address, WORD);
    firmware_error_set_address (error, section->address);
    return FALSE;
  }

  return TRUE;
}

static void
append_bytes (GByteArray *data, const FirmwareElfFile *file, const FirmwareElfSection *section)
{
  g_byte_array_append (data, file->data + section->offset, section->size);
  firmware_bytes_append_zeros (data, round_up (section->size) - section->size);
}

static void
append_stretch (GArray *stretches,
                const FirmwareElfFile *file,
                const FirmwareElfSection *section,
                const FirmwareEspMemory *memory)
{
  const FirmwareEspStretch stretch = {
    .name = section->name,
    .memory = memory,
    .is_code = section->is_code,
    .piece = { section->address, g_byte_array_sized_new (round_up (section->size)) },
  };

  append_bytes (stretch.piece.data, file, section);
  g_array_append_val (stretches, stretch);
}

static void
clear_stretch (gpointer data)
{
  FirmwareEspStretch *stretch = data;

  g_clear_pointer (&stretch->piece.data, g_byte_array_unref);
}

static guint64
get_end (const FirmwareEspStretch *stretch)
{
  return (guint64) stretch->piece.address + stretch->piece.data->len;
}

static gboolean
is_continued (const FirmwareEspStretch *last,
              const FirmwareElfSection *section,
              const FirmwareEspMemory *memory)
{
  return last->memory == memory && last->is_code == section->is_code &&
         get_end (last) == section->address;
}

/* In the order of the file, as esptool joins them; older ones join code and data, too. */
static GArray *
join_sections (const FirmwareElfFile *file,
               GArray *sections,
               const FirmwareEspChip *chip,
               GError **error)
{
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (FirmwareEspStretch));

  g_array_set_clear_func (stretches, clear_stretch);
  for (guint i = 0; i < sections->len; i++) {
    const FirmwareElfSection *section = get_section (sections, i);
    const FirmwareEspMemory *memory =
      firmware_esp_memory_find (chip, section->address, section->size);
    FirmwareEspStretch *last =
      stretches->len > 0 ? &g_array_index (stretches, FirmwareEspStretch, stretches->len - 1)
                         : NULL;

    if (!check_section (section, chip, error))
      return NULL;

    if (last != NULL && is_continued (last, section, memory))
      append_bytes (last->piece.data, file, section);
    else
      append_stretch (stretches, file, section, memory);
  }

  return g_steal_pointer (&stretches);
}

static int
compare_stretches (gconstpointer a, gconstpointer b)
{
  const guint32 first = ((const FirmwareEspStretch *) a)->piece.address;
  const guint32 second = ((const FirmwareEspStretch *) b)->piece.address;

  return (first > second) - (first < second);
}

static gboolean
check_overlaps (GArray *stretches, GError **error)
{
  for (guint i = 1; i < stretches->len; i++) {
    const FirmwareEspStretch *first = &g_array_index (stretches, FirmwareEspStretch, i - 1);
    const FirmwareEspStretch *second = &g_array_index (stretches, FirmwareEspStretch, i);
    g_autofree char *first_name = NULL;
    g_autofree char *second_name = NULL;

    if (get_end (first) <= second->piece.address)
      continue;

    first_name = firmware_text_dup_quoted (first->name);
    second_name = firmware_text_dup_quoted (second->name);
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
                 "The sections %s and %s both have a byte for address 0x%08x", first_name,
                 second_name, second->piece.address);
    firmware_error_set_address (error, second->piece.address);
    return FALSE;
  }

  return TRUE;
}

/**
 * firmware_esp_program_read:
 * @self: (out caller-allocates): what to fill; clear it afterwards
 * @contents: an ELF file for which firmware_elf_is_esp() is %TRUE, and which must outlive @self
 * @chip: (nullable): the chip that it is for, where its addresses do not tell
 * @error: return location for an error
 *
 * Reads what a program has in memory. Sections that lie where the chip has no memory, or on one
 * another, are refused.
 *
 * Returns: whether it can be read; otherwise nothing needs to be cleared
 */
gboolean
firmware_esp_program_read (FirmwareEspProgram *self,
                           GBytes *contents,
                           const FirmwareEspChip *chip,
                           GError **error)
{
  g_autoptr (GArray) sections = NULL;
  g_autoptr (GArray) stretches = NULL;
  FirmwareElfFile file;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  *self = (FirmwareEspProgram){ NULL };
  if (!firmware_elf_file_open (&file, contents, error))
    return FALSE;

  sections = firmware_elf_sections_list (&file, error);
  if (sections == NULL || !choose_chip (&file, sections, &chip, error))
    return FALSE;

  stretches = join_sections (&file, sections, chip, error);
  if (stretches == NULL)
    return FALSE;

  g_array_sort (stretches, compare_stretches);
  if (!check_overlaps (stretches, error))
    return FALSE;

  self->chip = chip;
  self->entry_point = file.entry;
  self->stretches = g_steal_pointer (&stretches);
  return TRUE;
}

/**
 * firmware_esp_program_clear:
 * @self: a program
 *
 * Frees what firmware_esp_program_read() filled in.
 */
void
firmware_esp_program_clear (FirmwareEspProgram *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->stretches, g_array_unref);
}
