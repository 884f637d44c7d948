/* dfu-application.c: the application of an ESP chip, for programs that put it in their own place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-application.h"

#include "dfu-error.h"
#include "firmware-esp-image.h"
#include "firmware-format.h"

/* The only chip of which such programs are known: that of the Arduino Nano ESP32. */
#define CHIP "ESP32-S3"

static gboolean
parse (FirmwareEspImage *header, GBytes *application)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (application, &size);

  return firmware_esp_image_parse (header, data, size);
}

/**
 * dfu_application_is_for:
 * @chip: (nullable): a chip
 *
 * Returns: whether such a program runs on it
 */
gboolean
dfu_application_is_for (const FirmwareEspChip *chip)
{
  return chip != NULL && chip == firmware_esp_chip_find_by_name (CHIP);
}

/**
 * dfu_application_find:
 * @image: an image
 *
 * Finds the bytes that such a program takes: those of an application that was chosen alone, or of
 * a file that somebody has made for such a program.
 *
 * Returns: (transfer none) (nullable): the application
 */
GBytes *
dfu_application_find (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, 0);

  if (firmware_image_get_format (image) == &firmware_format_dfu)
    return firmware_image_get_payload (image);

  if (firmware_image_get_origin (image) != &firmware_format_esp_binary ||
      g_list_model_get_n_items (segments) != 1 ||
      firmware_segment_get_role (segment) != FIRMWARE_ROLE_APPLICATION)
    return NULL;

  return firmware_segment_get_data (segment);
}

/**
 * dfu_application_check:
 * @application: what dfu_application_find() found
 * @error: return location for %DFU_ERROR_WRONG_DEVICE
 *
 * Returns: whether it is an application for the right chip
 */
gboolean
dfu_application_check (GBytes *application, GError **error)
{
  const FirmwareEspChip *chip = NULL;
  FirmwareEspImage header;

  if (!parse (&header, application)) {
    g_set_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE, "The image is no application of an %s",
                 CHIP);
    return FALSE;
  }

  chip = firmware_esp_chip_find_by_id (header.chip_id);
  if (dfu_application_is_for (chip))
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE, "The image is for %s, the device is an %s",
               chip != NULL ? chip->name : "another chip", CHIP);
  return FALSE;
}

/**
 * dfu_application_has_hash:
 * @application: what dfu_application_check() let pass
 *
 * Tells whether whoever examines the application in the flash compares all of it with a hash.
 *
 * Returns: whether there is one; otherwise there is but a checksum of eight bits
 */
gboolean
dfu_application_has_hash (GBytes *application)
{
  FirmwareEspImage header;

  return parse (&header, application) && header.has_hash;
}
