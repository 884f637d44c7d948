/* firmware-esp-elf.c: from the program of an ESP chip to the image that its bootloader takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-elf.h"

#include "firmware-bytes.h"
#include "firmware-elf-sections.h"
#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-program.h"

#define PAGE 65536 /* what the cache maps at a time */

/* ESP-IDF's bootloader maps one piece with constants and one with code, and stops at a third one or
 * forgets the first (unpack_load_app()). */
#define MAPPED_MAX 2

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

/* What a description is in, goes first: both the bootloader and programs like this one look for it
 * at a fixed place. */
static gboolean
is_first (const FirmwareEspStretch *stretch)
{
  if (!stretch->memory->is_mapped)
    return g_str_equal (stretch->name, FIRMWARE_ELF_SECTION_BOOTLOADER);

  return firmware_bytes_read_u32 (stretch->piece.data->data) == APPLICATION_MAGIC;
}

/* Takes a stretch's bytes over. */
static void
add_piece (const FirmwareEspImageSource *source, FirmwareEspStretch *stretch)
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
                 "The program is in the flash in %u pieces, of which no bootloader maps more than "
                 "%d",
                 mapped->len, MAPPED_MAX);
    firmware_error_set_address (error,
                                g_array_index (mapped, FirmwareEspImagePiece, MAPPED_MAX).address);
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
    firmware_error_set_address (error, second);
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
            const FirmwareEspProgram *program,
            GBytes *contents,
            const FirmwareEspImageParameters *parameters,
            GError **error)
{
  g_autoptr (GBytes) image = NULL;
  gboolean is_mapped = FALSE;

  for (guint i = 0; i < program->stretches->len; i++)
    add_piece (source, &g_array_index (program->stretches, FirmwareEspStretch, i));

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
 * Programs that describe themselves in no way are refused; for the rest, see
 * firmware_esp_program_read().
 *
 * Returns: (transfer full) (nullable): the image
 */
GBytes *
firmware_esp_elf_convert (GBytes *contents,
                          const FirmwareEspChip **chip,
                          const FirmwareEspImageParameters *parameters,
                          GError **error)
{
  g_auto (FirmwareEspProgram) program = { NULL };
  g_autoptr (GArray) mapped = firmware_esp_image_pieces_new ();
  g_autoptr (GArray) copied = firmware_esp_image_pieces_new ();
  FirmwareEspImageSource source = { .mapped = mapped, .copied = copied };

  g_return_val_if_fail (contents != NULL, NULL);
  g_return_val_if_fail (chip != NULL, NULL);
  g_return_val_if_fail (parameters != NULL, NULL);

  if (!firmware_esp_program_read (&program, contents, *chip, error))
    return NULL;

  *chip = program.chip;
  source.chip_id = program.chip->id;
  source.entry_point = program.entry_point;
  return make_image (&source, &program, contents, parameters, error);
}
