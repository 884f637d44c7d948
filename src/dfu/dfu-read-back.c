/* dfu-read-back.c: reads back what was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-read-back.h"

#include "dfu-comparison.h"
#include "dfu-contents.h"
#include "dfu-error.h"

/* Devices that claim to allow uploads and refuse the first, or end with it, only allow none. */
static gboolean
gives_nothing (const DfuUploadEnd *end, const GError *error)
{
  if (end->size > 0)
    return FALSE;

  return error == NULL || usb_error_is_stall (error) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_DEVICE);
}

/* How much of the image the device gives back, as far as is known. */
static guint64
find_size (const DfuVisit *visit, const DfuComparison *comparison)
{
  const guint64 known = dfu_quirks_get_upload_size (visit->quirks);
  const guint64 size = dfu_comparison_get_size (comparison);

  return known > 0 ? MIN (known, size) : size;
}

static gboolean
compare (DfuVisit *visit,
         const DfuComparison *comparison,
         DfuReadBack *read_back,
         GCancellable *cancellable,
         GError **error)
{
  DfuLog *log = dfu_operation_get_log (visit->operation);
  const DfuContentsRange range = { .length = find_size (visit, comparison) };
  g_autoptr (GError) local_error = NULL;
  DfuUploadEnd end;

  if (!dfu_contents_feed (visit, &range, dfu_comparison_take, (gpointer) comparison, &end,
                          cancellable, &local_error) &&
      !gives_nothing (&end, local_error)) {
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "Reading back: ");
    return FALSE;
  }

  if (gives_nothing (&end, local_error)) {
    dfu_log_append (log, "The device gives nothing to compare%s%s", local_error != NULL ? ": " : "",
                    local_error != NULL ? local_error->message : "");
    dfu_visit_leave (visit);
    *read_back = DFU_READ_BACK_IMPOSSIBLE;
    return TRUE;
  }

  *read_back =
    range.length < dfu_comparison_get_size (comparison) ? DFU_READ_BACK_PARTLY : DFU_READ_BACK_SAME;
  return dfu_comparison_end (comparison, range.length, end.size, error);
}

/**
 * dfu_read_back:
 * @visit: a visit with a session and an idle device that was written
 * @image: what was written
 * @read_back: (out): what came of it
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error, %DFU_ERROR_DIFFERS with the first address that differs
 *
 * Reads back what was written and compares, where the device can be read. Worker thread.
 *
 * Returns: whether nothing is known against what was written
 */
gboolean
dfu_read_back (DfuVisit *visit,
               FirmwareImage *image,
               DfuReadBack *read_back,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (DfuComparison) comparison = dfu_comparison_new (image);
  g_autoptr (GError) unreadable = NULL;

  if (!dfu_contents_check_readable (visit, &unreadable)) {
    dfu_log_append (dfu_operation_get_log (visit->operation), "Not read back: %s",
                    unreadable->message);
    *read_back = DFU_READ_BACK_IMPOSSIBLE;
    return TRUE;
  }

  dfu_operation_enter_phase (visit->operation, DFU_PHASE_VERIFYING);
  return compare (visit, comparison, read_back, cancellable, error);
}
