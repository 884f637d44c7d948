/* dfu-esp-erase.c: how to live with an ESP chip's ROM that erases and checks inside a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-esp-erase.h"

#include "firmware-esp-saving.h"

/* The ROM erases for a part when it has so many bytes of it, or all, and a multiple of as many
 * since the archive began. */
#define GROUP ((gsize) 256)
#define BYTES_BEFORE_ERASE (2 * GROUP)

/* Of a part of 512 KiB, with typical flash, in milliseconds. */
#define USUAL_TIME 2340

/* The ROM reads its flash back at this speed, with the chip's usual clock: bytes a second. */
#define CHECK_RATE (1024.0 * 1024.0)

/**
 * dfu_esp_erase_choose_image:
 * @image: an image for an ESP ROM
 * @as_is: whether to leave it as it is
 * @log: where is written what becomes of it
 *
 * Decides what the device gets of an image whose pieces would better be joined.
 *
 * Returns: (transfer none): what to send, which lives as long as @image
 */
FirmwareImage *
dfu_esp_erase_choose_image (FirmwareImage *image, gboolean as_is, DfuLog *log)
{
  FirmwareEspSaving saving;

  if (!firmware_esp_saving_find (image, &saving))
    return image;

  if (as_is) {
    dfu_log_append (log,
                    "Sending the file untouched; joining its pieces would save %u of %u erases",
                    firmware_esp_saving_count (&saving), firmware_esp_erase_count (&saving.before));
    return image;
  }

  dfu_log_append (log, "Joined %u pieces into %u, which saves %u of %u erases, about %.1f s",
                  saving.n_cut, saving.n_joined, firmware_esp_saving_count (&saving),
                  firmware_esp_erase_count (&saving.before),
                  (double) firmware_esp_saving_get_time (&saving) / 1000);
  return firmware_image_get_joined (image);
}

/**
 * dfu_esp_erase_choose_timeout:
 * @image: an ESP archive that is being sent
 * @offset: where the payload's block ends that comes next
 * @in_flight: how many bytes may be in flight, with that block
 * @timeout: what is enough for a block with a part of 512 KiB, in milliseconds
 *
 * The time of a block that is queued behind others runs while the ROM erases for those. When what
 * is due takes longer than usual, the block gets more time in proportion: a board with slow flash
 * that is given up on while it erases may be stuck.
 *
 * Returns: the time-out for the block, in milliseconds, never less than @timeout
 */
guint
dfu_esp_erase_choose_timeout (FirmwareImage *image, gsize offset, gsize in_flight, guint timeout)
{
  const gsize start = offset - MIN (offset, in_flight + BYTES_BEFORE_ERASE);
  const FirmwareEspErase due = firmware_esp_erase_sum (image, start, offset);
  const guint64 enough = timeout * firmware_esp_erase_get_time (&due) / USUAL_TIME;

  return (guint) CLAMP (enough, timeout, MAX (timeout, G_MAXINT));
}

/* How many bytes of the payload the ROM has when it begins to erase for a part. */
static gsize
find_erase (gsize offset, gsize size)
{
  return (offset + MIN (size, GROUP) + GROUP - 1) / GROUP * GROUP;
}

/**
 * dfu_esp_erase_get_time:
 * @image: an ESP archive that is being sent
 * @start: how many bytes of its payload the device has
 * @end: how many it will have; %G_MAXSIZE for all of them
 *
 * Returns: how long the device typically erases between that, in seconds
 */
double
dfu_esp_erase_get_time (FirmwareImage *image, gsize start, gsize end)
{
  FirmwareEspErase due = { 0, 0 };

  for (guint i = 0; i < firmware_image_get_n_pieces (image); i++) {
    gsize offset = 0;
    guint64 address = 0;
    const gsize size = firmware_image_get_piece (image, i, &offset, &address);
    const gsize begins = find_erase (offset, size);

    if (begins > start && begins <= end)
      firmware_esp_erase_add (&due, (guint32) address, size);
  }

  return (double) firmware_esp_erase_get_time (&due) / 1000.0;
}

/**
 * dfu_esp_erase_get_check_time:
 * @image: an ESP archive that was sent
 *
 * Returns: how long the device typically compares its flash with that inside the empty block, in
 *   seconds
 */
double
dfu_esp_erase_get_check_time (FirmwareImage *image)
{
  double size = 0.0;

  for (guint i = 0; i < firmware_image_get_n_pieces (image); i++)
    size += firmware_image_get_piece (image, i, NULL, NULL);

  return size / CHECK_RATE;
}
