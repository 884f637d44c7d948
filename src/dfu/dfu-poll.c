/* dfu-poll.c: asking a busy device again, when it wants to be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-poll.h"

#include "dfu-error.h"
#include "dfu-wait.h"

/* A device that is busy and asks for no time at all still gets this much between two questions,
 * in milliseconds: asking without a pause would keep it from its work. */
#define MIN_POLL_TIMEOUT 1

/* For devices whose bwPollTimeout means nothing, in milliseconds; as dfu-util does. */
#define USUAL_POLL_TIMEOUT 5

/* How often a busy device may stall the question; as dfu-util does. */
#define MAX_STALLS 3

/**
 * dfu_poll_init:
 * @self: (out caller-allocates): a wait
 * @session: a session; borrowed
 * @quirks: what is special about the device
 * @timeout: how long the device may be busy from now on, in milliseconds
 * @cancellable: (nullable): ends waiting; borrowed
 */
void
dfu_poll_init (DfuPoll *self,
               DfuSession *session,
               DfuQuirkFlags quirks,
               guint timeout,
               GCancellable *cancellable)
{
  *self = (DfuPoll){
    .session = session,
    .quirks = quirks,
    .cancellable = cancellable,
    .deadline = g_get_monotonic_time () + timeout * G_GINT64_CONSTANT (1000),
  };
}

/**
 * dfu_poll_is_taking:
 * @status: a status
 *
 * Returns: whether the device is still at work on a block
 */
gboolean
dfu_poll_is_taking (const DfuStatus *status)
{
  return status->state == DFU_STATE_DNLOAD_SYNC || status->state == DFU_STATE_DNBUSY;
}

static guint
choose_wait (const DfuPoll *self, const DfuStatus *status, gint64 left)
{
  const guint asked =
    (self->quirks & DFU_QUIRK_BOGUS_POLL_TIMEOUT) != 0 ? USUAL_POLL_TIMEOUT : status->poll_timeout;

  return (guint) CLAMP (asked, MIN_POLL_TIMEOUT, left);
}

/* A stall there is no answer: the device is still at what it was at. */
static gboolean
ask (DfuPoll *self, DfuStatus *status, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  self->n_asked++;
  if (dfu_session_get_status_within (self->session, self->answer_timeout, status, &local_error))
    return TRUE;

  if ((self->quirks & DFU_QUIRK_STALLS_BUSY) != 0 && usb_error_is_stall (local_error) &&
      status->poll_timeout > 0 && self->n_stalls < MAX_STALLS) {
    self->n_stalls++;
    return TRUE;
  }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * dfu_poll_again:
 * @self: a wait
 * @status: (inout): what the device said last
 * @error: return location for an error, %USB_ERROR_TIMED_OUT when it was busy for too long
 *
 * Waits as the device asks, never past the deadline, and asks again. When this is cancelled the
 * device is not asked, and may still be busy. Worker thread.
 *
 * Returns: whether it answered
 */
gboolean
dfu_poll_again (DfuPoll *self, DfuStatus *status, GError **error)
{
  const gint64 left = (self->deadline - g_get_monotonic_time ()) / 1000;

  if (left <= 0) {
    g_set_error (error, USB_ERROR, USB_ERROR_TIMED_OUT, "The device stays in state %s",
                 dfu_enum_nick (DFU_TYPE_STATE, status->state));
    return FALSE;
  }

  dfu_wait (choose_wait (self, status, left), self->cancellable);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  return ask (self, status, error);
}

/**
 * dfu_poll_until_taken:
 * @self: a wait
 * @status: (inout): what the device said after the block
 * @error: return location for an error
 *
 * Waits until a block was taken (DFU 1.1 section 6.1.2). Worker thread.
 *
 * Returns: whether the device is in dfuDNLOAD-IDLE and has no error to report
 */
gboolean
dfu_poll_until_taken (DfuPoll *self, DfuStatus *status, GError **error)
{
  if (!dfu_status_check (status, error))
    return FALSE;

  while (dfu_poll_is_taking (status))
    if (!dfu_poll_again (self, status, error) || !dfu_status_check (status, error))
      return FALSE;

  return dfu_status_expect (status, DFU_STATE_DNLOAD_IDLE, error);
}
