/* firmware-esp-facts.c: everything that an ESP bootloader or application tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-facts.h"

static FirmwareEspFacts *
copy_boxed (FirmwareEspFacts *self)
{
  return firmware_esp_facts_ref (self);
}

G_DEFINE_BOXED_TYPE (FirmwareEspFacts, firmware_esp_facts, copy_boxed, firmware_esp_facts_unref)

static void
clear_facts (gpointer data)
{
  FirmwareEspFacts *self = data;

  firmware_esp_description_clear (&self->application);
  firmware_esp_bootloader_description_clear (&self->bootloader);
}

/* The signatures fill the sector that they begin. */
static void
find_signature (FirmwareEspFacts *self, const guint8 *data, gsize size)
{
  self->total_size = self->extent.size;
  if (!self->extent.is_complete)
    return;

  self->is_signed =
    firmware_esp_signature_find (&self->signature, data, size, (gsize) self->extent.size);
  if (self->is_signed)
    self->total_size = self->signature.offset + FIRMWARE_ESP_SECTOR_SIZE;
}

/**
 * firmware_esp_facts_new:
 * @part: a part of the flash
 *
 * Looks at a part of the flash, all of it: this takes a while where there are megabytes.
 *
 * Returns: (transfer full) (nullable): what is known, or %NULL when the part is neither a
 * bootloader nor an application
 */
FirmwareEspFacts *
firmware_esp_facts_new (GBytes *part)
{
  FirmwareEspFacts *self = NULL;
  FirmwareEspImage header;
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (part != NULL, NULL);

  data = g_bytes_get_data (part, &size);
  if (!firmware_esp_image_parse (&header, data, size))
    return NULL;

  self = g_atomic_rc_box_new0 (FirmwareEspFacts);
  self->header = header;
  self->chip = firmware_esp_chip_find_by_id (header.chip_id);
  firmware_esp_verify (&self->extent, &header, data, size);
  self->is_described = firmware_esp_description_parse (&self->application, data, size);
  if (!self->is_described)
    firmware_esp_bootloader_description_parse (&self->bootloader, data, size);
  find_signature (self, data, size);

  return self;
}

/**
 * firmware_esp_facts_ref:
 * @self: facts
 *
 * Returns: (transfer full): the same facts
 */
FirmwareEspFacts *
firmware_esp_facts_ref (const FirmwareEspFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((gpointer) self);
}

/**
 * firmware_esp_facts_unref:
 * @self: (transfer full): facts
 */
void
firmware_esp_facts_unref (FirmwareEspFacts *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_facts);
}

/**
 * firmware_esp_facts_are_of_program:
 * @self: facts
 * @elf: an ELF file
 *
 * Tells whether an image was made of a program: an application has the SHA-256 of its ELF file.
 *
 * Returns: whether it says so
 */
gboolean
firmware_esp_facts_are_of_program (const FirmwareEspFacts *self, GBytes *elf)
{
  g_autofree char *sha256 = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (elf != NULL, FALSE);

  if (self->application.elf_sha256 == NULL)
    return FALSE;

  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, elf);

  return g_str_equal (self->application.elf_sha256, sha256);
}

/**
 * firmware_esp_facts_get_idf_version:
 * @self: facts
 *
 * Gets the version of ESP-IDF that the image was built with, whichever description it has.
 *
 * Returns: (transfer none) (nullable): the version, such as "v5.2.1"
 */
const char *
firmware_esp_facts_get_idf_version (const FirmwareEspFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->application.idf_version != NULL)
    return self->application.idf_version;

  return self->bootloader.idf_version;
}
