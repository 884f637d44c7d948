/* dfu-read-back.c: reads back what was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-read-back.h"

#include "dfu-comparison.h"
#include "dfu-contents.h"
#include "dfu-error.h"
#include "dfu-reconfigure.h"
#include "dfu-restart.h"

/* How long whoever cancels waits for a device that was asked to come back, in milliseconds: one
 * that is met can be sent back to its work. */
#define MEETING_PATIENCE 1500

/* Devices that claim to allow uploads and refuse the first, or end with it, only allow none. */
static gboolean
gives_nothing (const DfuUploadEnd *end, const GError *error)
{
  if (end->size > 0)
    return FALSE;

  return error == NULL || usb_error_is_stall (error) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_DEVICE);
}

/* Some leave when they have said that all is well. */
static gboolean
has_left (DfuVisit *visit, const DfuUploadEnd *end, GError *error)
{
  if (end->size > 0 || error == NULL)
    return FALSE;

  dfu_visit_explain (visit, error);
  return usb_error_is_gone (error);
}

static gboolean
compare (DfuVisit *visit,
         const DfuComparison *comparison,
         DfuReadBack *read_back,
         GCancellable *cancellable,
         GError **error)
{
  DfuLog *log = dfu_operation_get_log (visit->operation);
  const guint64 size = dfu_comparison_get_size (comparison);
  const DfuContentsRange range = { .length = dfu_contents_find_size (visit, size) };
  g_autoptr (GError) local_error = NULL;
  DfuUploadEnd end;

  if (!dfu_contents_feed (visit, &range, dfu_comparison_take, (gpointer) comparison, &end,
                          cancellable, &local_error) &&
      has_left (visit, &end, local_error)) {
    dfu_log_append (log, "The device left before it could be read: %s", local_error->message);
    dfu_operation_set_restart (visit->operation, dfu_restart_watch (visit, cancellable));
    g_clear_object (&visit->session);
    *read_back = DFU_READ_BACK_IMPOSSIBLE;
    return TRUE;
  }

  if (local_error != NULL && !gives_nothing (&end, local_error)) {
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

  *read_back = range.length < size ? DFU_READ_BACK_PARTLY : DFU_READ_BACK_SAME;
  return dfu_comparison_end (comparison, range.length, end.size, error);
}

static gboolean
read_back_here (DfuVisit *visit,
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
    return TRUE;
  }

  dfu_operation_enter_phase (visit->operation, DFU_PHASE_VERIFYING);
  return compare (visit, comparison, read_back, cancellable, error);
}

/* Whether the device was asked to come back. */
static gboolean
was_called (DfuVisit *visit)
{
  return dfu_operation_get_progress (visit->operation).phase == DFU_PHASE_RETURNING;
}

/* One that has not left runs on: it may refuse to come to DFU mode. One that has left is on its way
 * there if nobody has waited; else nobody knows. */
static DfuRestart
judge_return (DfuVisit *visit, UsbDevice *found, gboolean is_reconfigured, gboolean is_open)
{
  if (is_reconfigured)
    return is_open ? DFU_RESTART_NONE : DFU_RESTART_STAYED;
  if (!usb_bus_wait_for_departure (visit->bus, found, 0))
    return DFU_RESTART_DONE;

  return was_called (visit) && g_cancellable_is_cancelled (visit->cancellable) ? DFU_RESTART_CALLED
                                                                               : DFU_RESTART_NONE;
}

/* Whoever cancels goes to meet it. */
static gboolean
reconfigure (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  g_autoptr (UsbDevice) met = NULL;

  if (dfu_visit_reconfigure (visit, cancellable, error))
    return TRUE;
  if (!g_cancellable_is_cancelled (cancellable) || !was_called (visit))
    return FALSE;

  met = dfu_reconfigure_find (visit->bus, visit->device,
                              MIN (MEETING_PATIENCE, visit->timeouts.comeback), NULL, NULL);
  if (met == NULL)
    return FALSE;

  g_clear_error (error);
  dfu_visit_follow (visit, met);
  return TRUE;
}

/* A device that has left may be back in DFU mode already, or run what was written, and is then
 * asked once more to detach (DFU 1.1 section 5). That it does not come is no reason to doubt what
 * was written. One that has come is opened whoever cancels, to be sent back. */
static gboolean
return_for_it (DfuVisit *visit, UsbDevice *found, GCancellable *cancellable)
{
  const DfuRestart restart = dfu_operation_get_progress (visit->operation).restart;
  g_autoptr (GError) error = NULL;
  gboolean is_reconfigured, is_open;

  dfu_visit_follow (visit, found);
  is_reconfigured = reconfigure (visit, cancellable, &error);
  is_open = is_reconfigured && dfu_visit_open (visit, NULL, &error);
  if (restart == DFU_RESTART_DONE)
    dfu_operation_set_restart (visit->operation,
                               judge_return (visit, found, is_reconfigured, is_open));
  if (is_open)
    return TRUE;

  dfu_log_append (dfu_operation_get_log (visit->operation), "Not read back: %s", error->message);
  return FALSE;
}

/* Back to its work; whoever cancels has nothing against what was written. */
static void
send_back (DfuVisit *visit, const GError *error)
{
  if (visit->session == NULL ||
      (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return;

  if (error != NULL)
    dfu_visit_leave (visit);
  dfu_operation_set_restart (visit->operation, dfu_restart_run (visit, NULL));
  g_clear_object (&visit->session);
}

/* A program is stopped for this only if it may, and started again. */
static gboolean
read_back_returned (DfuVisit *visit,
                    FirmwareImage *image,
                    gboolean may_stop,
                    DfuReadBack *read_back,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (UsbDevice) found = dfu_restart_find_back (visit, cancellable);
  GError *local_error = NULL;
  DfuInterface interface;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (found == NULL || !dfu_interface_find (&interface, found) ||
      (interface.mode == DFU_MODE_RUNTIME && !may_stop))
    return TRUE;
  if (!return_for_it (visit, found, cancellable))
    return !g_cancellable_set_error_if_cancelled (cancellable, error);

  read_back_here (visit, image, read_back, cancellable, &local_error);
  if (interface.mode == DFU_MODE_RUNTIME)
    send_back (visit, local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * dfu_read_back:
 * @visit: a visit of a device that was written; without a session when it has left
 * @image: what was written
 * @may_stop: whether a device that has left to run what was written may be asked to come back
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
               gboolean may_stop,
               DfuReadBack *read_back,
               GCancellable *cancellable,
               GError **error)
{
  *read_back = DFU_READ_BACK_IMPOSSIBLE;
  if (visit->session != NULL && !read_back_here (visit, image, read_back, cancellable, error))
    return FALSE;

  if (visit->session != NULL || !visit->interface.descriptor.can_upload)
    return TRUE;

  return read_back_returned (visit, image, may_stop, read_back, cancellable, error);
}
