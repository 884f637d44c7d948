/* firmware-image-runs.c: an image of bytes that have addresses and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image-runs.h"

#include "firmware-image-private.h"
#include "firmware-memory.h"

/**
 * firmware_image_new_from_runs: (skip)
 * @format: the format that read the file
 * @runs: (element-type FirmwareRun): bytes in the order of addresses
 * @chip: (nullable): what the file is for
 *
 * Makes an image for a device that takes bytes at addresses: one segment for each run, named after
 * its address because such files have no names, and no payload.
 *
 * Returns: (transfer full): an image
 */
FirmwareImage *
firmware_image_new_from_runs (const FirmwareFormat *format, GArray *runs, const char *chip)
{
  FirmwareImage *image = firmware_image_new (format, NULL, NULL);

  firmware_image_set_target (image, chip, 0);

  for (guint i = 0; i < runs->len; i++) {
    const FirmwareRun *run = &g_array_index (runs, FirmwareRun, i);
    g_autofree char *name = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", run->address);
    g_autoptr (FirmwareSegment) segment =
      firmware_segment_new (name, run->address, run->data, FIRMWARE_ROLE_DATA);

    firmware_image_add_segment (image, segment);
  }

  return image;
}
