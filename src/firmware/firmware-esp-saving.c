/* firmware-esp-saving.c: what an ESP chip's ROM erases less when cut parts are joined
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-saving.h"

static guint
count_pieces_between (FirmwareImage *image, guint64 start, guint64 end)
{
  guint n_pieces = 0;

  for (guint i = 0; i < firmware_image_get_n_pieces (image); i++) {
    guint64 address = 0;

    firmware_image_get_piece (image, i, NULL, &address);
    if (address >= start && address < end)
      n_pieces++;
  }

  return n_pieces;
}

/**
 * firmware_esp_saving_find:
 * @image: an image
 * @saving: (out caller-allocates): what sending firmware_image_get_joined() saves
 *
 * Returns: whether there is anything to save
 */
gboolean
firmware_esp_saving_find (FirmwareImage *image, FirmwareEspSaving *saving)
{
  FirmwareImage *joined = NULL;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), FALSE);
  g_return_val_if_fail (saving != NULL, FALSE);

  joined = firmware_image_get_joined (image);
  if (joined == NULL)
    return FALSE;

  *saving = (FirmwareEspSaving){
    .before = firmware_esp_erase_sum (image, 0, G_MAXSIZE),
    .after = firmware_esp_erase_sum (joined, 0, G_MAXSIZE),
  };
  for (guint i = 0; i < firmware_image_get_n_pieces (joined); i++) {
    guint64 address = 0;
    const gsize size = firmware_image_get_piece (joined, i, NULL, &address);
    const guint n_pieces = count_pieces_between (image, address, address + size);

    saving->n_cut += n_pieces > 1 ? n_pieces : 0;
    saving->n_joined += n_pieces > 1 ? 1 : 0;
  }

  return TRUE;
}

/**
 * firmware_esp_saving_count:
 * @self: what joining saves
 *
 * Returns: how many erases less there are
 */
guint
firmware_esp_saving_count (const FirmwareEspSaving *self)
{
  return firmware_esp_erase_count (&self->before) - firmware_esp_erase_count (&self->after);
}

/**
 * firmware_esp_saving_get_time:
 * @self: what joining saves
 *
 * Returns: how much sooner a board with typical flash is done, in milliseconds
 */
guint64
firmware_esp_saving_get_time (const FirmwareEspSaving *self)
{
  return firmware_esp_erase_get_time (&self->before) - firmware_esp_erase_get_time (&self->after);
}
