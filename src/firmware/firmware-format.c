/* firmware-format.c: the table of file formats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-format.h"

#include <string.h>

/* The first that fits is taken: an ESP archive is a DFU file too. */
static const FirmwareFormat *const formats[] = {
  &firmware_format_esp_archive, &firmware_format_dfuse,     &firmware_format_dfu,
  &firmware_format_esp_build,   &firmware_format_ihex,      &firmware_format_uf2,
  &firmware_format_elf,         &firmware_format_esp_flash, &firmware_format_esp_binary,
};

/* Files that people have and that are none of the formats above, by their first bytes. */
static const struct {
  gsize offset;
  const char *magic;
  gsize length;
  const char *description;
} strangers[] = {
  { 0, "PK\x03\x04", 4, "a ZIP archive, which must be unpacked first" },
  { 0, "\x1f\x8b", 2, "a gzip file, which must be unpacked first" },
  { 0, "\xaa\x50", 2, "an ESP32 partition table that is cut or followed by something" },
  { 0, "\xe9", 1, "an ESP32 image that is neither a bootloader nor an application of ESP-IDF" },
};

static gboolean
has_bytes (const guint8 *data, gsize size, gsize offset, const char *bytes, gsize length)
{
  return size >= offset && size - offset >= length && memcmp (data + offset, bytes, length) == 0;
}

/**
 * firmware_format_find:
 * @contents: a whole file
 *
 * Picks a format by content, never by file name.
 *
 * Returns: (transfer none) (nullable): the format
 */
const FirmwareFormat *
firmware_format_find (GBytes *contents)
{
  g_return_val_if_fail (contents != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (formats[i]->probe (contents))
      return formats[i];
  }

  return NULL;
}

/**
 * firmware_format_guess:
 * @contents: a whole file that no format takes
 *
 * Says what such a file looks like, to complete "it looks like …".
 *
 * Returns: (transfer none) (nullable): a noun phrase in English, or %NULL when nothing is known
 */
const char *
firmware_format_guess (GBytes *contents)
{
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, NULL);

  data = g_bytes_get_data (contents, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++) {
    if (has_bytes (data, size, strangers[i].offset, strangers[i].magic, strangers[i].length))
      return strangers[i].description;
  }

  return NULL;
}
