/* firmware-place.c: firmware that a person says the place of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-place.h"

#include "firmware-image-private.h"
#include "firmware-raw.h"

/**
 * firmware_place:
 * @image: an image without addresses
 * @address: where its first byte goes on a device that speaks DfuSe, or %FIRMWARE_CONVERSION_UNSET
 *   for a device that takes bytes one after the other
 * @error: return location for a %FIRMWARE_ERROR, such as %FIRMWARE_ERROR_BEYOND_FLASH for bytes
 *   that do not fit below 4 GiB
 *
 * Makes of @image what can be given to a device. A file that names its device keeps that name; raw
 * bytes are for whichever is meant.
 *
 * Returns: (transfer full) (nullable): an image whose origin is that of @image
 */
FirmwareImage *
firmware_place (FirmwareImage *image, gint64 address, GError **error)
{
  const FirmwareDfuSuffix any = { .vendor = FIRMWARE_DFU_SUFFIX_ANY_ID,
                                  .product = FIRMWARE_DFU_SUFFIX_ANY_ID,
                                  .device = FIRMWARE_DFU_SUFFIX_ANY_ID };
  FirmwareConversion conversion = {
    .output = FIRMWARE_OUTPUT_DFU,
    .address = address,
    .alternate = FIRMWARE_CONVERSION_UNSET,
    .fill = FIRMWARE_CONVERSION_UNSET,
  };
  g_autoptr (GBytes) contents = NULL;
  FirmwareImage *placed;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  if (firmware_image_get_suffix (image) == NULL)
    conversion.ids = &any;
  if (address != FIRMWARE_CONVERSION_UNSET)
    conversion.output = FIRMWARE_OUTPUT_DFUSE;

  contents = firmware_convert (image, &conversion, error);
  if (contents == NULL)
    return NULL;

  placed = firmware_image_new_from_bytes (contents, error);
  if (placed != NULL)
    firmware_image_set_origin (placed, firmware_image_get_origin (image));

  return placed;
}

/**
 * firmware_place_raw:
 * @contents: a whole file
 * @address: as for firmware_place()
 * @error: return location for a %FIRMWARE_ERROR
 *
 * Takes a file for raw bytes, whatever it looks like, and does firmware_place() with it.
 *
 * Returns: (transfer full) (nullable): an image for any device, with %firmware_format_raw for its
 *   origin
 */
FirmwareImage *
firmware_place_raw (GBytes *contents, gint64 address, GError **error)
{
  g_autoptr (FirmwareImage) raw = firmware_raw_read (contents, error);

  return raw != NULL ? firmware_place (raw, address, error) : NULL;
}
