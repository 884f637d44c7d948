/* firmware-format.c: the table of file formats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-format.h"

#include "firmware-esp-flasher-args.h"

/* The first that fits is taken: an ESP archive is a DFU file too. */
static const FirmwareFormat *const formats[] = {
  &firmware_format_esp_archive, &firmware_format_dfuse,     &firmware_format_dfu,
  &firmware_format_esp_build,   &firmware_format_ihex,      &firmware_format_uf2,
  &firmware_format_elf,         &firmware_format_esp_flash, &firmware_format_esp_binary,
};

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
 * firmware_format_find_for_file:
 * @file: a file
 * @contents: what is in it
 *
 * Does firmware_format_find(), but a file of no format that is called flasher_args.json is meant to
 * be one: reading it tells what is wrong with it.
 *
 * Returns: (transfer none) (nullable): the format
 */
const FirmwareFormat *
firmware_format_find_for_file (GFile *file, GBytes *contents)
{
  const FirmwareFormat *format = firmware_format_find (contents);
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (format != NULL)
    return format;

  name = g_file_get_basename (file);
  return g_strcmp0 (name, FIRMWARE_ESP_FLASHER_ARGS_NAME) == 0 ? &firmware_format_esp_build : NULL;
}
