/* firmware-esp-merged.c: the flash of an ESP chip in one piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-merged.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-flash.h"
#include "firmware-esp-image.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"

/* Where bootloaders are in a flash that is there from its first byte on. */
static const gsize places[] = { 0x0, 0x1000, 0x2000 };

static const FirmwareEspChip *
find_bootloader (GBytes *contents, gsize offset)
{
  FirmwareEspImage header;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);

  if (offset >= size || !firmware_esp_image_parse (&header, data + offset, size - offset) ||
      firmware_esp_description_is_application (data + offset, size - offset))
    return NULL;

  return firmware_esp_chip_find_by_id (header.chip_id);
}

static gboolean
has_table (GBytes *contents, guint32 address)
{
  const FirmwareRun run = { .address = address, .data = contents };
  g_auto (FirmwareEspFlash) flash = { NULL };

  return firmware_esp_flash_survey (&flash, &run, 1, NULL, NULL) &&
         flash.table != FIRMWARE_ESP_NOWHERE;
}

/* A bootloader alone begins like a flash that begins with one; only the table tells them apart. */
static gboolean
find_address (GBytes *contents, guint32 *address)
{
  const FirmwareEspChip *chip = find_bootloader (contents, 0);

  *address = 0;
  if (chip != NULL) {
    *address = chip->bootloader_address;
    return *address != FIRMWARE_ESP_NOWHERE && has_table (contents, *address);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    chip = find_bootloader (contents, places[i]);
    if (chip != NULL && chip->bootloader_address == places[i])
      return firmware_bytes_are_erased (g_bytes_get_data (contents, NULL), places[i]) ||
             has_table (contents, 0);
  }

  return FALSE;
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = firmware_esp_merged_new_build (contents, NULL, error);

  if (build == NULL)
    return NULL;

  return firmware_esp_build_read (build, &firmware_format_esp_flash, NULL, error);
}

/**
 * firmware_esp_merged_is_present:
 * @contents: a whole file
 *
 * Tells whether a file is the flash of an ESP chip: a bootloader in its chip's place, with a
 * partition table or with nothing before it. A file that leaves out what is before the bootloader
 * begins with that, and must have a table.
 *
 * Returns: whether it is
 */
gboolean
firmware_esp_merged_is_present (GBytes *contents)
{
  guint32 address = 0;

  g_return_val_if_fail (contents != NULL, FALSE);

  return find_address (contents, &address);
}

/**
 * firmware_esp_merged_new_build:
 * @contents: a file that firmware_esp_merged_is_present() has recognised
 * @chip: (nullable): the chip, where it is known from elsewhere
 * @error: return location for an error
 *
 * Does firmware_esp_split() with such a file.
 *
 * Returns: (transfer full) (nullable): a build
 */
FirmwareEspBuild *
firmware_esp_merged_new_build (GBytes *contents, const FirmwareEspChip *chip, GError **error)
{
  FirmwareRun run = { .data = contents };
  guint32 address = 0;

  g_return_val_if_fail (contents != NULL, NULL);

  if (!find_address (contents, &address)) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file is not the flash of an ESP chip");
    return NULL;
  }

  run.address = address;
  return firmware_esp_split (&run, 1, chip, error);
}

const FirmwareFormat firmware_format_esp_flash = {
  .nick = "esp-flash",
  .name = "ESP flash image",
  .probe = firmware_esp_merged_is_present,
  .read = read_image,
};
