/* firmware-dfu.c: a plain DFU file, opaque bytes with the suffix of DFU 1.1 appendix B
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfu-suffix.h"
#include "firmware-dfuse.h"
#include "firmware-error.h"
#include "firmware-esp-chip.h"
#include "firmware-format.h"
#include "firmware-image-private.h"

/* ST's container ends in the same suffix but must be taken apart before it is sent. */
static gboolean
probe (GBytes *contents)
{
  return firmware_dfu_suffix_is_present (contents) && !firmware_dfuse_is_present (contents);
}

/* The ROM's loader writes what is no archive over address 0 and reports success. */
static gboolean
refuse_rom_loader (const FirmwareDfuSuffix *suffix, GError **error)
{
  const char *chip = NULL;

  if (suffix->vendor != FIRMWARE_ESP_VENDOR)
    return TRUE;

  chip = firmware_esp_chip_name (suffix->product);
  if (chip == NULL)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The DFU suffix names the %s's ROM loader, but the file holds no ESP archive for it",
               chip);
  return FALSE;
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  FirmwareDfuSuffix suffix;
  g_autoptr (GBytes) payload = NULL;

  if (!firmware_dfu_suffix_parse (&suffix, contents, error))
    return NULL;

  if (!refuse_rom_loader (&suffix, error)) {
    firmware_dfu_suffix_locate (error, contents);
    return NULL;
  }

  payload = g_bytes_new_from_bytes (contents, 0, g_bytes_get_size (contents) - suffix.length);
  if (g_bytes_get_size (payload) == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The file has a DFU suffix but no firmware before it");
    firmware_error_set_offset (error, 0);
    return NULL;
  }

  return firmware_image_new (&firmware_format_dfu, payload, &suffix);
}

const FirmwareFormat firmware_format_dfu = {
  .nick = "dfu",
  .name = "DFU file",
  .probe = probe,
  .read = read_image,
};
