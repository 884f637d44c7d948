/* firmware-image-write.c: from an image to a DFU file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image.h"

/**
 * firmware_image_can_write_dfu:
 * @self: an image
 *
 * Tells whether the firmware can be a DFU file of DFU 1.1 appendix B. It cannot when every byte has
 * an address of its own, for which such a file has no room.
 *
 * Returns: whether firmware_image_write_dfu() has something to write
 */
gboolean
firmware_image_can_write_dfu (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), FALSE);

  return firmware_image_get_payload (self) != NULL;
}

/**
 * firmware_image_write_dfu:
 * @self: an image
 *
 * Makes a DFU file of the firmware, for the devices that it was for. What was put together from an
 * ESP-IDF build becomes byte for byte the dfu.bin that "idf.py dfu" makes.
 *
 * Returns: (transfer full) (nullable): the whole file with its suffix
 */
GBytes *
firmware_image_write_dfu (FirmwareImage *self)
{
  const FirmwareDfuSuffix *suffix = NULL;
  GBytes *payload = NULL;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  payload = firmware_image_get_payload (self);
  suffix = firmware_image_get_suffix (self);
  if (payload == NULL)
    return NULL;

  if (suffix == NULL)
    return firmware_dfu_suffix_append (payload, FIRMWARE_DFU_SUFFIX_ANY_ID,
                                       FIRMWARE_DFU_SUFFIX_ANY_ID);

  return firmware_dfu_suffix_append_ids (payload, suffix);
}
