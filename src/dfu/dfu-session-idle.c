/* dfu-session-idle.c: from whatever state to dfuIDLE, DFU 1.1 figure A.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-session-private.h"

#include "dfu-error.h"
#include "dfu-wait.h"

/* From any state to dfuIDLE takes at most: ask, clear, ask, abort, ask. Twice that is patience. */
#define MAX_STEPS_TO_IDLE 10

/* How long a device may be busy with what an earlier host left it to do, or with what was broken
 * off, in milliseconds. */
#define MAX_BUSY_BEFORE_IDLE 5000

static void
set_not_idle (GError **error, const DfuStatus *status)
{
  g_autofree char *words = dfu_status_to_string (status);

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "The device cannot be brought to dfuIDLE (%s)",
               words);
}

/* In microseconds. */
static gint64
get_patience (DfuSession *self)
{
  return dfu_session_limit (self, MAX_BUSY_BEFORE_IDLE) * G_TIME_SPAN_MILLISECOND;
}

static gboolean
is_busy (const DfuStatus *status)
{
  return status->state == DFU_STATE_DNBUSY || status->state == DFU_STATE_MANIFEST;
}

/* One arrow of DFU 1.1 figure A.1 in the direction of dfuIDLE. */
static gboolean
step_towards_idle (DfuSession *self,
                   const DfuStatus *status,
                   GCancellable *cancellable,
                   GError **error)
{
  switch (status->state) {
  case DFU_STATE_DFU_IDLE:
  case DFU_STATE_ERROR:
    return dfu_session_clear_status (self, error);
  case DFU_STATE_DNLOAD_SYNC:
  case DFU_STATE_DNLOAD_IDLE:
  case DFU_STATE_MANIFEST_SYNC:
  case DFU_STATE_UPLOAD_IDLE:
    return dfu_session_abort (self, error);
  case DFU_STATE_DNBUSY:
  case DFU_STATE_MANIFEST:
    dfu_wait (CLAMP (status->poll_timeout, 1, dfu_session_limit (self, MAX_BUSY_BEFORE_IDLE)),
              cancellable);
    return TRUE;
  case DFU_STATE_APP_IDLE:
  case DFU_STATE_APP_DETACH:
  case DFU_STATE_MANIFEST_WAIT_RESET:
    break;
  }

  set_not_idle (error, status);
  return FALSE;
}

/**
 * dfu_session_make_idle:
 * @self: a session with a device in DFU mode
 * @cancellable: (nullable): ends waiting for a busy device
 * @error: return location for an error
 *
 * Brings the device from whatever state an earlier host left it in to dfuIDLE, by the arrows of
 * DFU 1.1 figure A.1: DFU_CLRSTATUS out of dfuERROR, DFU_ABORT out of a transfer.
 *
 * Returns: whether the device is in dfuIDLE with status OK
 */
gboolean
dfu_session_make_idle (DfuSession *self, GCancellable *cancellable, GError **error)
{
  const gint64 began = g_get_monotonic_time ();
  guint n_steps = 0;
  DfuStatus status;

  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  do {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !dfu_session_get_status (self, &status, error))
      return FALSE;

    if (status.state == DFU_STATE_DFU_IDLE && status.code == DFU_STATUS_OK)
      return TRUE;

    if (!step_towards_idle (self, &status, cancellable, error))
      return FALSE;
  } while (is_busy (&status) ? g_get_monotonic_time () - began < get_patience (self)
                             : ++n_steps < MAX_STEPS_TO_IDLE);

  set_not_idle (error, &status);
  return FALSE;
}
