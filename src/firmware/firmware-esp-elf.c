/* firmware-esp-elf.c: from the program of an ESP chip to the image that its bootloader takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-elf.h"

#include "firmware-bytes.h"
#include "firmware-elf-sections.h"
#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-memory.h"
#include "firmware-text.h"

#include <string.h>

#define WORD 4     /* what the bootloader copies at a time */
#define PAGE 65536 /* what the cache maps at a time */

/* ESP-IDF's bootloader maps one piece with constants and one with code; some linker scripts make
 * two of one. Each may need a page of padding. */
#define MAPPED_MAX 4

/* esp_app_desc_t of ESP-IDF. */
#define APPLICATION_MAGIC 0xabcd5432
#define APPLICATION_ELF_SHA256 144
#define SHA256_LENGTH 32

/* What an ESP-IDF project has for these chips when nobody has changed it. Only a bootloader's are
 * looked at by the chip. */
const FirmwareEspImageParameters firmware_esp_elf_parameters = {
  .flash_mode = 2,              /* DIO */
  .flash_frequency_size = 0x1f, /* 80 MHz, 2 MiB */
  .max_revision = 0xffff,
};

/* Sections that are one behind the other. */
typedef struct {
  const char *name; /* of the first */
  const FirmwareEspMemory *memory;
  FirmwareEspImagePiece piece;
} Stretch;

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
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The ELF file has no section with bytes for an ESP chip");
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
    return FALSE;
  }

  if (section->address % WORD != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The section %s begins at 0x%08x, which is no multiple of %d", name,
                 section->address, WORD);
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
  const Stretch stretch = {
    .name = section->name,
    .memory = memory,
    .piece = { section->address, g_byte_array_sized_new (round_up (section->size)) },
  };

  append_bytes (stretch.piece.data, file, section);
  g_array_append_val (stretches, stretch);
}

static void
clear_stretch (gpointer data)
{
  Stretch *stretch = data;

  g_clear_pointer (&stretch->piece.data, g_byte_array_unref);
}

static guint64
get_end (const Stretch *stretch)
{
  return (guint64) stretch->piece.address + stretch->piece.data->len;
}

/* In the order of the file, as esptool joins them. */
static GArray *
join_sections (const FirmwareElfFile *file,
               GArray *sections,
               const FirmwareEspChip *chip,
               GError **error)
{
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));

  g_array_set_clear_func (stretches, clear_stretch);
  for (guint i = 0; i < sections->len; i++) {
    const FirmwareElfSection *section = get_section (sections, i);
    const FirmwareEspMemory *memory =
      firmware_esp_memory_find (chip, section->address, section->size);
    Stretch *last =
      stretches->len > 0 ? &g_array_index (stretches, Stretch, stretches->len - 1) : NULL;

    if (!check_section (section, chip, error))
      return NULL;

    if (last != NULL && last->memory == memory && get_end (last) == section->address)
      append_bytes (last->piece.data, file, section);
    else
      append_stretch (stretches, file, section, memory);
  }

  return g_steal_pointer (&stretches);
}

static int
compare_stretches (gconstpointer a, gconstpointer b)
{
  const guint32 first = ((const Stretch *) a)->piece.address;
  const guint32 second = ((const Stretch *) b)->piece.address;

  return (first > second) - (first < second);
}

static gboolean
check_overlaps (GArray *stretches, GError **error)
{
  for (guint i = 1; i < stretches->len; i++) {
    const Stretch *first = &g_array_index (stretches, Stretch, i - 1);
    const Stretch *second = &g_array_index (stretches, Stretch, i);
    g_autofree char *first_name = NULL;
    g_autofree char *second_name = NULL;

    if (get_end (first) <= second->piece.address)
      continue;

    first_name = firmware_text_dup_quoted (first->name);
    second_name = firmware_text_dup_quoted (second->name);
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
                 "The sections %s and %s both have a byte for address 0x%08x", first_name,
                 second_name, second->piece.address);
    return FALSE;
  }

  return TRUE;
}

/* What a description is in, goes first: both the bootloader and programs like this one look for it
 * at a fixed place. */
static gboolean
is_first (const Stretch *stretch)
{
  if (!stretch->memory->is_mapped)
    return g_str_equal (stretch->name, FIRMWARE_ELF_SECTION_BOOTLOADER);

  return firmware_bytes_read_u32 (stretch->piece.data->data) == APPLICATION_MAGIC;
}

/* Takes a stretch's bytes over. */
static void
add_piece (const FirmwareEspImageSource *source, Stretch *stretch)
{
  GArray *pieces = stretch->memory->is_mapped ? source->mapped : source->copied;

  if (is_first (stretch))
    g_array_prepend_val (pieces, stretch->piece);
  else
    g_array_append_val (pieces, stretch->piece);

  stretch->piece.data = NULL;
}

/* Two in one page would have to be there at two places. */
static gboolean
check_pages (GArray *mapped, GError **error)
{
  if (mapped->len > MAPPED_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The program is in the flash in %u pieces; more than %d are not taken for one",
                 mapped->len, MAPPED_MAX);
    return FALSE;
  }

  for (guint i = 1; i < mapped->len; i++) {
    guint32 first = g_array_index (mapped, FirmwareEspImagePiece, i - 1).address;
    guint32 second = g_array_index (mapped, FirmwareEspImagePiece, i).address;

    if (first / PAGE != second / PAGE)
      continue;

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The sections at 0x%08x and 0x%08x are in the same 64 KiB of the mapped flash, "
                 "which the chip maps in one piece",
                 first, second);
    return FALSE;
  }

  return TRUE;
}

static gboolean
is_zero (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    if (data[i] != 0)
      return FALSE;
  }

  return TRUE;
}

/* The compiler cannot know it; what somebody else has put there stays. */
static void
write_sha256 (GByteArray *description, GBytes *contents)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = SHA256_LENGTH;
  guint8 *field = description->data + APPLICATION_ELF_SHA256;

  if (description->len < APPLICATION_ELF_SHA256 + SHA256_LENGTH || !is_zero (field, SHA256_LENGTH))
    return;

  g_checksum_update (checksum, g_bytes_get_data (contents, NULL),
                     (gssize) g_bytes_get_size (contents));
  g_checksum_get_digest (checksum, field, &length);
}

/* Whatever else there is would be put in the place of a bootloader or an application, and the board
 * would not start. */
static gboolean
check_image (GBytes *image, gboolean is_mapped, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (image, &size);

  if (is_mapped ? firmware_esp_description_is_application (data, size)
                : firmware_esp_description_is_bootloader (data, size))
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNCONVERTED,
               "The file is the program of an ESP chip, but it does not begin with the description "
               "of an %s of ESP-IDF",
               is_mapped ? "application" : "application or a bootloader");
  return FALSE;
}

static GBytes *
make_image (const FirmwareEspImageSource *source,
            GArray *stretches,
            GBytes *contents,
            const FirmwareEspImageParameters *parameters,
            GError **error)
{
  g_autoptr (GBytes) image = NULL;
  gboolean is_mapped = FALSE;

  for (guint i = 0; i < stretches->len; i++)
    add_piece (source, &g_array_index (stretches, Stretch, i));

  is_mapped = source->mapped->len > 0;
  if (!check_pages (source->mapped, error))
    return NULL;

  if (is_mapped)
    write_sha256 (g_array_index (source->mapped, FirmwareEspImagePiece, 0).data, contents);

  image = firmware_esp_image_write (source, parameters, error);
  if (image == NULL || !check_image (image, is_mapped, error))
    return NULL;

  return g_steal_pointer (&image);
}

/**
 * firmware_esp_elf_convert:
 * @contents: an ELF file for which firmware_elf_is_esp() is %TRUE
 * @chip: (inout): the chip that it is for, where its addresses do not tell, or %NULL; afterwards,
 *   the chip that the image is for
 * @parameters: what the file does not tell; see %firmware_esp_elf_parameters
 * @error: return location for an error
 *
 * Makes the image of an application, or of a bootloader that describes itself, as
 * "esptool elf2image --elf-sha256-offset 0xb0" does, which ESP-IDF calls: sections become the
 * segments of the image; see firmware_esp_image_write(). The SHA-256 of the file is written into
 * the description of an application.
 *
 * Sections that lie where the chip has no memory, or on one another, and programs that describe
 * themselves in no way are refused.
 *
 * Returns: (transfer full) (nullable): the image
 */
GBytes *
firmware_esp_elf_convert (GBytes *contents,
                          const FirmwareEspChip **chip,
                          const FirmwareEspImageParameters *parameters,
                          GError **error)
{
  FirmwareElfFile file;
  g_autoptr (GArray) sections = NULL;
  g_autoptr (GArray) stretches = NULL;
  g_autoptr (GArray) mapped = firmware_esp_image_pieces_new ();
  g_autoptr (GArray) copied = firmware_esp_image_pieces_new ();

  g_return_val_if_fail (contents != NULL, NULL);
  g_return_val_if_fail (chip != NULL, NULL);
  g_return_val_if_fail (parameters != NULL, NULL);

  if (!firmware_elf_file_open (&file, contents, error))
    return NULL;

  sections = firmware_elf_sections_list (&file, error);
  if (sections == NULL || !choose_chip (&file, sections, chip, error))
    return NULL;

  stretches = join_sections (&file, sections, *chip, error);
  if (stretches == NULL)
    return NULL;

  g_array_sort (stretches, compare_stretches);
  if (!check_overlaps (stretches, error))
    return NULL;

  return make_image (&(FirmwareEspImageSource){ (*chip)->id, file.entry, mapped, copied },
                     stretches, contents, parameters, error);
}
