/* firmware-flatten.c: parts with addresses to bytes in a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-flatten.h"

#include "firmware-error.h"
#include "firmware-image.h"

static gboolean
check_gap (guint64 end, guint64 address, int fill, GError **error)
{
  if (address < end) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
                 "Two parts both have a byte for address 0x%08" G_GINT64_MODIFIER "x", address);
    return FALSE;
  }

  if (address > end && fill == FIRMWARE_FLATTEN_NO_FILL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_GAP,
                 "%" G_GUINT64_FORMAT " bytes are missing between 0x%08" G_GINT64_MODIFIER
                 "x and 0x%08" G_GINT64_MODIFIER "x",
                 address - end, end, address);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_size (guint64 size, GError **error)
{
  if (size <= FIRMWARE_IMAGE_MAX_SIZE)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE,
               "In a row, there would be %" G_GUINT64_FORMAT " bytes; at most %d are written", size,
               FIRMWARE_IMAGE_MAX_SIZE);
  return FALSE;
}

/**
 * firmware_flatten:
 * @segments: a list of #FirmwareSegment in the order of addresses, all for one memory
 * @fill: the byte to put where none is given, or %FIRMWARE_FLATTEN_NO_FILL
 * @error: return location for %FIRMWARE_ERROR_GAP, %FIRMWARE_ERROR_OVERLAP or
 *   %FIRMWARE_ERROR_TOO_LARGE
 *
 * Joins segments to what the memory holds from the first of them to the end of the last.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
firmware_flatten (GListModel *segments, int fill, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 start = 0;

  g_return_val_if_fail (G_IS_LIST_MODEL (segments), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    const guint64 address = firmware_segment_get_address (segment);
    const guint end = bytes->len;
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

    if (i == 0)
      start = address;

    if (!check_gap (start + end, address, fill, error) ||
        !check_size (address - start + size, error))
      return NULL;

    g_byte_array_set_size (bytes, (guint) (address - start));
    for (guint j = end; j < bytes->len; j++)
      bytes->data[j] = (guint8) fill;
    g_byte_array_append (bytes, data, (guint) size);
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
