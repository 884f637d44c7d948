/* firmware-esp-description.c: what an ESP image says about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-description.h"

#include "firmware-bytes.h"
#include "firmware-text.h"

/* Both descriptions are the first data of the image's first segment. */
#define DESCRIPTION_OFFSET 0x20

/* esp_app_desc_t of ESP-IDF. */
#define APPLICATION_MAGIC 0xabcd5432
#define APPLICATION_LENGTH 256
#define APPLICATION_SECURE_VERSION 4
#define APPLICATION_VERSION 16
#define APPLICATION_PROJECT 48
#define APPLICATION_TIME 80
#define APPLICATION_DATE 96
#define APPLICATION_IDF_VERSION 112
#define APPLICATION_ELF_SHA256 144
#define LONG_FIELD 32
#define SHORT_FIELD 16
#define SHA256_LENGTH 32

/* esp_bootloader_desc_t of ESP-IDF. */
#define BOOTLOADER_MAGIC 0x50
#define BOOTLOADER_LENGTH 80
#define BOOTLOADER_SECURE_VERSION 3
#define BOOTLOADER_VERSION 4
#define BOOTLOADER_IDF_VERSION 8
#define BOOTLOADER_DATE 40
#define BOOTLOADER_DATE_LENGTH 24

/* An image that no tool has patched the hash into has zeros there. */
static char *
format_sha256 (const guint8 *sha256)
{
  GString *text = g_string_sized_new (2 * SHA256_LENGTH);
  guint8 all = 0;

  for (gsize i = 0; i < SHA256_LENGTH; i++) {
    g_string_append_printf (text, "%02x", sha256[i]);
    all |= sha256[i];
  }

  return g_string_free (text, all == 0);
}

static const guint8 *
find_description (const guint8 *image, gsize size, gsize length)
{
  if (size < DESCRIPTION_OFFSET + length)
    return NULL;

  return image + DESCRIPTION_OFFSET;
}

/**
 * firmware_esp_description_is_application:
 * @image: (array length=size): an ESP image
 * @size: its size
 *
 * Tells whether an image carries an application description.
 *
 * Returns: whether firmware_esp_description_parse() finds one
 */
gboolean
firmware_esp_description_is_application (const guint8 *image, gsize size)
{
  const guint8 *description = find_description (image, size, APPLICATION_LENGTH);

  return description != NULL && firmware_bytes_read_u32 (description) == APPLICATION_MAGIC;
}

/**
 * firmware_esp_description_is_bootloader:
 * @image: (array length=size): an ESP image
 * @size: its size
 *
 * Tells whether an image carries the description of newer bootloaders. Older ones have code there,
 * and the magic number is a single byte, so the ESP-IDF version behind it must be readable, too.
 *
 * Returns: whether it is a bootloader that says so
 */
gboolean
firmware_esp_description_is_bootloader (const guint8 *image, gsize size)
{
  const guint8 *description = find_description (image, size, BOOTLOADER_LENGTH);
  g_autofree char *idf_version = NULL;

  if (description == NULL || description[0] != BOOTLOADER_MAGIC)
    return FALSE;

  idf_version = firmware_text_dup_field (description + BOOTLOADER_IDF_VERSION, LONG_FIELD);

  return idf_version != NULL;
}

/**
 * firmware_esp_description_parse:
 * @self: (out caller-allocates): the description to fill; clear it afterwards
 * @image: (array length=size): an ESP image
 * @size: its size
 *
 * Reads an application description.
 *
 * Returns: whether the image carries one; otherwise @self is empty
 */
gboolean
firmware_esp_description_parse (FirmwareEspDescription *self, const guint8 *image, gsize size)
{
  const guint8 *description = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (image != NULL || size == 0, FALSE);

  *self = (FirmwareEspDescription){ NULL };
  if (!firmware_esp_description_is_application (image, size))
    return FALSE;

  description = image + DESCRIPTION_OFFSET;
  self->project = firmware_text_dup_field (description + APPLICATION_PROJECT, LONG_FIELD);
  self->version = firmware_text_dup_field (description + APPLICATION_VERSION, LONG_FIELD);
  self->idf_version = firmware_text_dup_field (description + APPLICATION_IDF_VERSION, LONG_FIELD);
  self->date = firmware_text_dup_field (description + APPLICATION_DATE, SHORT_FIELD);
  self->time = firmware_text_dup_field (description + APPLICATION_TIME, SHORT_FIELD);
  self->elf_sha256 = format_sha256 (description + APPLICATION_ELF_SHA256);
  self->secure_version = firmware_bytes_read_u32 (description + APPLICATION_SECURE_VERSION);

  return TRUE;
}

/**
 * firmware_esp_description_clear:
 * @self: a description
 *
 * Frees what firmware_esp_description_parse() filled in.
 */
void
firmware_esp_description_clear (FirmwareEspDescription *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->project, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->idf_version, g_free);
  g_clear_pointer (&self->date, g_free);
  g_clear_pointer (&self->time, g_free);
  g_clear_pointer (&self->elf_sha256, g_free);
}

/**
 * firmware_esp_description_dup_title:
 * @self: a description
 *
 * Joins project and version, as in "blink 1.0.3".
 *
 * Returns: (transfer full) (nullable): a title, or %NULL when the project has no name
 */
char *
firmware_esp_description_dup_title (const FirmwareEspDescription *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->project == NULL || self->version == NULL)
    return g_strdup (self->project);

  return g_strdup_printf ("%s %s", self->project, self->version);
}

/**
 * firmware_esp_bootloader_description_parse:
 * @self: (out caller-allocates): the description to fill; clear it afterwards
 * @image: (array length=size): an ESP image
 * @size: its size
 *
 * Reads a bootloader description; see firmware_esp_description_is_bootloader().
 *
 * Returns: whether the image carries one; otherwise @self is empty
 */
gboolean
firmware_esp_bootloader_description_parse (FirmwareEspBootloaderDescription *self,
                                           const guint8 *image,
                                           gsize size)
{
  const guint8 *description = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (image != NULL || size == 0, FALSE);

  *self = (FirmwareEspBootloaderDescription){ NULL };
  if (!firmware_esp_description_is_bootloader (image, size))
    return FALSE;

  description = image + DESCRIPTION_OFFSET;
  self->idf_version = firmware_text_dup_field (description + BOOTLOADER_IDF_VERSION, LONG_FIELD);
  self->date = firmware_text_dup_field (description + BOOTLOADER_DATE, BOOTLOADER_DATE_LENGTH);
  self->version = firmware_bytes_read_u32 (description + BOOTLOADER_VERSION);
  self->secure_version = description[BOOTLOADER_SECURE_VERSION];

  return TRUE;
}

/**
 * firmware_esp_bootloader_description_clear:
 * @self: a description
 *
 * Frees what firmware_esp_bootloader_description_parse() filled in.
 */
void
firmware_esp_bootloader_description_clear (FirmwareEspBootloaderDescription *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->idf_version, g_free);
  g_clear_pointer (&self->date, g_free);
}
