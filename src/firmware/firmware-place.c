/* firmware-place.c: firmware that a person says the place of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-place.h"

#include "firmware-dfuse.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-raw.h"
#include "firmware-stranger.h"
#include "firmware-text.h"

#include <string.h>

static gboolean
can_be_name (const char *name)
{
  return name != NULL && *name != '\0' && strlen (name) < FIRMWARE_DFUSE_NAME_LENGTH &&
         firmware_text_is_printable (name);
}

/**
 * firmware_place:
 * @image: an image without addresses
 * @name: (nullable): what to call its bytes, such as the name of the file, if that can be a name
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
firmware_place (FirmwareImage *image, const char *name, gint64 address, GError **error)
{
  const FirmwareDfuSuffix any = { .vendor = FIRMWARE_DFU_SUFFIX_ANY_ID,
                                  .product = FIRMWARE_DFU_SUFFIX_ANY_ID,
                                  .device = FIRMWARE_DFU_SUFFIX_ANY_ID };
  FirmwareConversion conversion = {
    .output = FIRMWARE_OUTPUT_DFU,
    .address = address,
    .alternate = FIRMWARE_CONVERSION_UNSET,
    .fill = FIRMWARE_CONVERSION_UNSET,
    .name = can_be_name (name) ? name : NULL,
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

  /* Not by its content: that may look like something else. */
  placed = address != FIRMWARE_CONVERSION_UNSET ? firmware_format_dfuse.read (contents, error)
                                                : firmware_format_dfu.read (contents, error);
  if (placed != NULL)
    firmware_image_set_origin (placed, firmware_image_get_origin (image));

  return placed;
}

static void
report_looks (FirmwareImage *image, GBytes *contents)
{
  const char *description = NULL;
  const FirmwareStranger stranger = firmware_stranger_guess (contents, &description);

  if (stranger != FIRMWARE_STRANGER_NOTHING)
    firmware_image_report (image, FIRMWARE_FINDING_TAKEN_RAW, NULL,
                           firmware_stranger_get_nick (stranger), NULL);
}

/**
 * firmware_place_raw:
 * @contents: a whole file
 * @name: (nullable): as for firmware_place()
 * @address: as for firmware_place()
 * @error: return location for a %FIRMWARE_ERROR
 *
 * Takes a file for raw bytes, whatever it looks like, and does firmware_place() with it. That it
 * looks like something else, %FIRMWARE_FINDING_TAKEN_RAW says.
 *
 * Returns: (transfer full) (nullable): an image for any device, with %firmware_format_raw for its
 *   origin
 */
FirmwareImage *
firmware_place_raw (GBytes *contents, const char *name, gint64 address, GError **error)
{
  g_autoptr (FirmwareImage) raw = firmware_raw_read (contents, error);
  FirmwareImage *image = raw != NULL ? firmware_place (raw, name, address, error) : NULL;

  if (image != NULL)
    report_looks (image, contents);

  return image;
}
