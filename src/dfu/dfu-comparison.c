/* dfu-comparison.c: what was read back against what was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-comparison.h"

#include "dfu-error.h"
#include "firmware-memory.h"

struct _DfuComparison {
  GArray *runs; /* of FirmwareRun */
  guint64 size;
};

static void
add (DfuComparison *self, guint64 address, GBytes *data)
{
  const FirmwareRun run = { address, g_bytes_ref (data) };

  g_array_append_val (self->runs, run);
  self->size = MAX (self->size, address + g_bytes_get_size (data));
}

/**
 * dfu_comparison_get_size:
 * @self: a comparison
 *
 * Returns: how many bytes must be read, from the first of the memory on
 */
guint64
dfu_comparison_get_size (const DfuComparison *self)
{
  return self->size;
}

static gboolean
compare_run (const FirmwareRun *run,
             guint64 offset,
             const guint8 *data,
             gsize length,
             GError **error)
{
  gsize size;
  const guint8 *expected = g_bytes_get_data (run->data, &size);
  const guint64 first = MAX (offset, run->address);
  const guint64 end = MIN (offset + length, run->address + size);

  if (first >= end ||
      memcmp (data + (first - offset), expected + (first - run->address), end - first) == 0)
    return TRUE;

  for (guint64 i = first; i < end; i++)
    if (data[i - offset] != expected[i - run->address]) {
      g_set_error (error, DFU_ERROR, DFU_ERROR_DIFFERS,
                   "At address 0x%08" G_GINT64_MODIFIER "x the device has 0x%02x instead of 0x%02x",
                   i, data[i - offset], expected[i - run->address]);
      break;
    }

  return FALSE;
}

/**
 * dfu_comparison_take:
 * @offset: where @data lies, from the first byte of the memory on
 * @data: what was read
 * @length: how much
 * @comparison: a comparison
 * @error: return location for a %DFU_ERROR_DIFFERS with the first address that differs
 *
 * A #DfuUploadSink that keeps nothing.
 *
 * Returns: whether that is what the image says, as far as it says anything
 */
gboolean
dfu_comparison_take (guint64 offset,
                     const guint8 *data,
                     gsize length,
                     gpointer comparison,
                     GError **error)
{
  const DfuComparison *self = comparison;

  for (guint i = 0; i < self->runs->len; i++)
    if (!compare_run (&g_array_index (self->runs, FirmwareRun, i), offset, data, length, error))
      return FALSE;

  return TRUE;
}

/**
 * dfu_comparison_end:
 * @self: a comparison that found no difference
 * @expected: how many bytes the device should have given
 * @size: how many bytes it gave
 * @error: return location for a %DFU_ERROR_DIFFERS
 *
 * Returns: whether it was given enough
 */
gboolean
dfu_comparison_end (const DfuComparison *self, guint64 expected, guint64 size, GError **error)
{
  if (size >= expected)
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_DIFFERS,
               "The device ends at address 0x%08" G_GINT64_MODIFIER
               "x, before the end of the image at 0x%08" G_GINT64_MODIFIER "x",
               size, expected);
  return FALSE;
}

/**
 * dfu_comparison_free:
 * @self: a comparison
 */
void
dfu_comparison_free (DfuComparison *self)
{
  g_array_unref (self->runs);
  g_free (self);
}

/**
 * dfu_comparison_new:
 * @image: what was written
 *
 * Returns: (transfer full): a comparison that was given nothing yet. The parts of the image are
 *   expected at their addresses; an image without addresses begins with the memory
 */
DfuComparison *
dfu_comparison_new (FirmwareImage *image)
{
  DfuComparison *self = g_new0 (DfuComparison, 1);
  GListModel *segments = firmware_image_get_segments (image);
  const guint n_segments = g_list_model_get_n_items (segments);

  self->runs = firmware_runs_new ();
  for (guint i = 0; i < n_segments; i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    add (self, firmware_segment_get_address (segment), firmware_segment_get_data (segment));
  }

  if (n_segments == 0)
    add (self, 0, firmware_image_get_payload (image));

  return self;
}
