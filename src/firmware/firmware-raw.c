/* firmware-raw.c: bytes of no format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-raw.h"

#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-stranger.h"

static gboolean
probe (GBytes *contents)
{
  return FALSE;
}

/**
 * firmware_raw_is_possible:
 * @contents: a whole file
 *
 * Tells whether a file may be taken for raw bytes without being asked to. One of a format that
 * cannot be read is not that, and what looks like something else is no firmware.
 *
 * Returns: whether nothing is known of what it is
 */
gboolean
firmware_raw_is_possible (GBytes *contents)
{
  const char *description = NULL;

  g_return_val_if_fail (contents != NULL, FALSE);

  return firmware_stranger_guess (contents, &description) == FIRMWARE_STRANGER_NOTHING;
}

/**
 * firmware_raw_read:
 * @contents: a whole file
 * @error: return location for %FIRMWARE_ERROR_EMPTY or %FIRMWARE_ERROR_TOO_LARGE
 *
 * Takes a file for what goes to a device as it is. Nothing in it says that it is firmware at all,
 * nor which device it is for: only a person can, so no device is ever given the image. It is there
 * to be turned into a file that does say so.
 *
 * Returns: (transfer full) (nullable): an image without a suffix
 */
FirmwareImage *
firmware_raw_read (GBytes *contents, GError **error)
{
  g_return_val_if_fail (contents != NULL, NULL);

  if (!firmware_file_check_size (g_bytes_get_size (contents), FIRMWARE_IMAGE_MAX_SIZE, error))
    return NULL;

  return firmware_image_new (&firmware_format_raw, contents, NULL);
}

const FirmwareFormat firmware_format_raw = {
  .nick = "raw",
  .name = "raw binary",
  .probe = probe,
  .read = firmware_raw_read,
};
