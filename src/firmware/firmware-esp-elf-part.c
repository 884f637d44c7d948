/* firmware-esp-elf-part.c: the image that belongs to the program of an ESP chip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-elf-part.h"

#include "firmware-esp-elf.h"
#include "firmware-esp-facts.h"
#include "firmware-file.h"
#include "firmware-image.h"

#include <string.h>

/* "blink.bin" for "blink.elf". */
static char *
dup_image_name (GFile *elf)
{
  g_autofree char *name = elf != NULL ? g_file_get_basename (elf) : g_strdup ("app.elf");
  const char *dot = strrchr (name, '.');
  const gsize length = dot != NULL ? (gsize) (dot - name) : strlen (name);

  return g_strdup_printf ("%.*s.bin", (int) length, name);
}

static FirmwareFinding *
create_finding (FirmwareFindingKind kind, GFile *elf, const char *found)
{
  g_autofree char *name = elf != NULL ? g_file_get_basename (elf) : g_strdup ("app.elf");
  g_autofree char *display = g_filename_display_name (name);

  return firmware_finding_new (kind, display, found, NULL);
}

static char *
dup_parameters (const FirmwareEspImage *header)
{
  g_autofree char *mode = g_ascii_strup (header->flash_mode, -1);

  return g_strdup_printf ("%s, %u MHz, %" G_GUINT64_FORMAT " MB", mode, header->flash_frequency,
                          header->flash_size / (1024 * 1024));
}

static gboolean
is_made_of (GBytes *image, GBytes *elf)
{
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (image);

  return facts != NULL && firmware_esp_facts_are_of_program (facts, elf);
}

/* What others have made of it has the right settings. */
static gboolean
find_image (FirmwareEspElfPart *self, GFile *elf, GBytes *contents, GCancellable *cancellable)
{
  g_autoptr (GFile) folder = elf != NULL ? g_file_get_parent (elf) : NULL;
  g_autoptr (GFile) file = folder != NULL ? g_file_get_child (folder, self->name) : NULL;
  g_autoptr (GBytes) image =
    file != NULL ? firmware_file_read (file, FIRMWARE_IMAGE_MAX_SIZE, cancellable, NULL) : NULL;

  if (image == NULL || !is_made_of (image, contents))
    return FALSE;

  self->file = g_steal_pointer (&file);
  self->image = g_steal_pointer (&image);
  self->finding = create_finding (FIRMWARE_FINDING_BUILD_TAKEN, elf, NULL);
  return TRUE;
}

static gboolean
make_image (FirmwareEspElfPart *self,
            GFile *elf,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GError **error)
{
  g_autoptr (FirmwareEspFacts) facts = NULL;
  g_autofree char *parameters = NULL;

  self->image = firmware_esp_elf_convert (contents, &chip, &firmware_esp_elf_parameters, error);
  if (self->image == NULL)
    return FALSE;

  facts = firmware_esp_facts_new (self->image);
  parameters = dup_parameters (&facts->header);
  self->finding = create_finding (FIRMWARE_FINDING_IMAGE_MADE, elf, parameters);
  return TRUE;
}

/**
 * firmware_esp_elf_part_init:
 * @self: (out caller-allocates): what to fill; clear it afterwards
 * @elf: (nullable): the program's file
 * @contents: its bytes, for which firmware_elf_is_esp() is %TRUE
 * @chip: (nullable): the chip, where it is known from elsewhere
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Takes the image that was made of the program and lies beside it, or else makes one, as
 * firmware_esp_elf_convert() does.
 *
 * Returns: whether there is an image
 */
gboolean
firmware_esp_elf_part_init (FirmwareEspElfPart *self,
                            GFile *elf,
                            GBytes *contents,
                            const FirmwareEspChip *chip,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  *self = (FirmwareEspElfPart){ .name = dup_image_name (elf) };

  return find_image (self, elf, contents, cancellable) ||
         make_image (self, elf, contents, chip, error);
}

/**
 * firmware_esp_elf_part_clear:
 * @self: a part
 *
 * Frees what firmware_esp_elf_part_init() filled in.
 */
void
firmware_esp_elf_part_clear (FirmwareEspElfPart *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->image, g_bytes_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->finding);
}
