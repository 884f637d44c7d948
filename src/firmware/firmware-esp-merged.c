/* firmware-esp-merged.c: the flash of an ESP chip in one piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-flash.h"
#include "firmware-esp-image.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"

static const FirmwareEspChip *
find_first_chip (GBytes *contents)
{
  FirmwareEspImage header;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);

  if (!firmware_esp_image_parse (&header, data, size) ||
      firmware_esp_description_is_application (data, size))
    return NULL;

  return firmware_esp_chip_find_by_id (header.chip_id);
}

static gboolean
survey (FirmwareEspFlash *flash, GBytes *contents, guint32 address)
{
  const FirmwareRun run = { .address = address, .data = contents };

  return firmware_esp_flash_survey (flash, &run, 1, NULL, NULL);
}

static gboolean
has_table (const FirmwareEspFlash *flash)
{
  return flash->table != FIRMWARE_ESP_NOWHERE;
}

/* The file leaves out what is before the bootloader. A bootloader alone begins in the same way, and
 * only the table tells them apart; where that lists applications, they are where it says. */
static gboolean
begins_with_bootloader (GBytes *contents, const FirmwareEspChip *chip)
{
  g_auto (FirmwareEspFlash) flash = { NULL };
  g_auto (FirmwareEspFlash) whole = { NULL };

  if (chip->bootloader_address == FIRMWARE_ESP_NOWHERE ||
      !survey (&flash, contents, chip->bootloader_address) || !has_table (&flash))
    return FALSE;

  return flash.apps->len > 0 || !survey (&whole, contents, 0) || whole.apps->len == 0;
}

/* From the first byte of the flash on. Whatever a table stands beside is one, even with the
 * bootloader in another chip's place; else the file must begin as flash does that nobody wrote. */
static gboolean
is_whole (GBytes *contents)
{
  g_auto (FirmwareEspFlash) flash = { NULL };

  if (!survey (&flash, contents, 0) || flash.bootloader == FIRMWARE_ESP_NOWHERE)
    return FALSE;

  if (has_table (&flash))
    return TRUE;

  return flash.bootloader > 0 && flash.chip != NULL &&
         flash.chip->bootloader_address == flash.bootloader &&
         firmware_bytes_are_erased (g_bytes_get_data (contents, NULL), flash.bootloader);
}

static gboolean
find_address (GBytes *contents, guint32 *address)
{
  const FirmwareEspChip *chip = find_first_chip (contents);

  *address = 0;
  if (chip != NULL && begins_with_bootloader (contents, chip)) {
    *address = chip->bootloader_address;
    return TRUE;
  }

  return is_whole (contents);
}

/* A bootloader and a partition table, or without a table a bootloader in its chip's place with
 * nothing before it. A file that leaves out what is before the bootloader begins with that, and
 * must have a table. */
static gboolean
is_present (GBytes *contents)
{
  guint32 address = 0;

  return find_address (contents, &address);
}

static FirmwareEspBuild *
split (GBytes *contents, const FirmwareEspChip *chip, GError **error)
{
  FirmwareRun run = { .data = contents };
  guint32 address = 0;

  if (!find_address (contents, &address)) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file is not the flash of an ESP chip");
    return NULL;
  }

  run.address = address;
  return firmware_esp_split (&run, 1, chip, error);
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = split (contents, NULL, error);

  if (build == NULL)
    return NULL;

  return firmware_esp_build_read (build, &firmware_format_esp_flash, NULL, error);
}

static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  FirmwareEspBuild *build = split (contents, chip, error);

  if (build != NULL)
    firmware_esp_build_add_input (build, file);

  return build;
}

const FirmwareFormat firmware_format_esp_flash = {
  .nick = "esp-flash",
  .name = "ESP flash image",
  .probe = is_present,
  .read = read_image,
  .open_build = open_build,
};
