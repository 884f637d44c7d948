/* dfu-session-queue.c: several requests at a time, and what became of each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-session-private.h"

#include "dfu-error.h"

/**
 * dfu_session_submit:
 * @self: a session
 * @transfer: a transfer that is not in flight, with its setup packet and its data
 * @timeout: in milliseconds, counted from now
 * @error: return location for an error
 *
 * Returns: whether it is in flight and must be reaped with dfu_session_reap()
 */
gboolean
dfu_session_submit (DfuSession *self, UsbTransfer *transfer, guint timeout, GError **error)
{
  transfer->timeout = timeout;
  transfer->cancellable = self->must_answer ? NULL : self->cancellable;
  transfer->grace = self->grace;

  return usb_pipe_submit (self->pipe, transfer, error);
}

/**
 * dfu_session_limit:
 * @self: a session
 * @patience: how long to wait for a device that is busy, in milliseconds
 *
 * Returns: the same, or less for who has cancelled; never 0
 */
guint
dfu_session_limit (DfuSession *self, guint patience)
{
  const gboolean is_hurried = !self->must_answer && g_cancellable_is_cancelled (self->cancellable);

  return is_hurried ? CLAMP (self->grace, 1, patience) : patience;
}

/**
 * dfu_session_submit_download:
 * @self: a session
 * @transfer: a transfer that is not in flight, cleared of an earlier outcome
 * @block_number: wBlockNum
 * @data: (nullable): the block's bytes, which must stay until the transfer was reaped
 * @length: how many, at most the transfer size; 0 ends the transfer
 * @timeout: in milliseconds, counted from now; a device may erase and program inside the request
 * @error: return location for an error
 *
 * Queues a DFU_DNLOAD behind what is in flight. Does not wait.
 *
 * Returns: whether it is in flight and must be reaped with dfu_session_reap()
 */
gboolean
dfu_session_submit_download (DfuSession *self,
                             UsbTransfer *transfer,
                             guint16 block_number,
                             const guint8 *data,
                             guint16 length,
                             guint timeout,
                             GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  transfer->setup =
    dfu_session_make_setup (self, DFU_SESSION_OUT, DFU_REQUEST_DNLOAD, block_number, length);
  transfer->data = (guint8 *) data;

  return dfu_session_submit (self, transfer, timeout, error);
}

/**
 * dfu_session_submit_get_status:
 * @self: a session
 * @transfer: a transfer that is not in flight, cleared of an earlier outcome
 * @data: (out caller-allocates) (array fixed-size=6): where the answer goes
 * @timeout: in milliseconds, counted from now, for what is in flight before it
 * @error: return location for an error
 *
 * Queues a DFU_GETSTATUS behind what is in flight. Does not wait.
 *
 * Returns: whether it is in flight and must be reaped with dfu_session_reap()
 */
gboolean
dfu_session_submit_get_status (DfuSession *self,
                               UsbTransfer *transfer,
                               guint8 *data,
                               guint timeout,
                               GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  transfer->setup =
    dfu_session_make_setup (self, DFU_SESSION_IN, DFU_REQUEST_GETSTATUS, 0, DFU_STATUS_LENGTH);
  transfer->data = data;

  return dfu_session_submit (self, transfer, timeout + self->timeout, error);
}

/**
 * dfu_session_submit_upload:
 * @self: a session
 * @transfer: a transfer that is not in flight, cleared of an earlier outcome
 * @block_number: wBlockNum
 * @data: (out caller-allocates) (array length=length): where the block goes
 * @length: how many bytes to ask for, at most the transfer size
 * @timeout: in milliseconds, counted from now, so it must cover what is in flight
 * @error: return location for an error
 *
 * Queues a DFU_UPLOAD behind what is in flight. Does not wait. A block that is not full ends the
 * upload.
 *
 * Returns: whether it is in flight and must be reaped with dfu_session_reap()
 */
gboolean
dfu_session_submit_upload (DfuSession *self,
                           UsbTransfer *transfer,
                           guint16 block_number,
                           guint8 *data,
                           guint16 length,
                           guint timeout,
                           GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  transfer->setup =
    dfu_session_make_setup (self, DFU_SESSION_IN, DFU_REQUEST_UPLOAD, block_number, length);
  transfer->data = data;

  return dfu_session_submit (self, transfer, timeout, error);
}

/**
 * dfu_session_reap:
 * @self: a session with a request in flight
 *
 * Waits for the end of the oldest request in flight.
 *
 * Returns: (transfer none): its transfer
 */
UsbTransfer *
dfu_session_reap (DfuSession *self)
{
  UsbTransfer *transfer = NULL;

  g_return_val_if_fail (DFU_IS_SESSION (self), NULL);

  transfer = usb_pipe_reap (self->pipe);
  self->was_given_up |= g_error_matches (transfer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return transfer;
}

/**
 * dfu_session_check_download:
 * @transfer: a DFU_DNLOAD that was reaped
 * @error: return location for an error
 *
 * Returns: whether the device acknowledged the whole block, whatever it thinks of it
 */
gboolean
dfu_session_check_download (UsbTransfer *transfer, GError **error)
{
  if (transfer->error != NULL) {
    g_propagate_prefixed_error (error, g_steal_pointer (&transfer->error), "DFU_DNLOAD: ");
    return FALSE;
  }

  if (transfer->actual == transfer->setup.length)
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
               "DFU_DNLOAD: the device took %" G_GSIZE_FORMAT " of %u bytes", transfer->actual,
               transfer->setup.length);
  return FALSE;
}

/**
 * dfu_session_check_get_status:
 * @transfer: a DFU_GETSTATUS that was reaped
 * @status: (out caller-allocates): the answer
 * @error: return location for an error
 *
 * Returns: whether the device answered; @status may still tell an error
 */
gboolean
dfu_session_check_get_status (UsbTransfer *transfer, DfuStatus *status, GError **error)
{
  if (transfer->error != NULL) {
    g_propagate_prefixed_error (error, g_steal_pointer (&transfer->error), "DFU_GETSTATUS: ");
    return FALSE;
  }

  return dfu_status_parse (status, transfer->data, transfer->actual, error);
}

/* Which of the two answers tells more: a device that refuses a block says why in its status. */
static gboolean
judge_block (UsbTransfer *block, UsbTransfer *answer, DfuStatus *status, GError **error)
{
  const gboolean refused = usb_error_is_stall (block->error);

  if (!refused || answer->error != NULL)
    return dfu_session_check_download (block, error) &&
           dfu_session_check_get_status (answer, status, error);

  if (dfu_session_check_get_status (answer, status, error) && dfu_status_check (status, error))
    dfu_session_check_download (block, error);

  return FALSE;
}

/**
 * dfu_session_download:
 * @self: a session
 * @block_number: wBlockNum
 * @data: (nullable): the block's bytes
 * @length: how many, at most the transfer size; 0 ends the transfer
 * @timeout: for the block, in milliseconds; a device may erase and program inside the request
 * @status: (out caller-allocates): the device's status after the block
 * @error: return location for an error
 *
 * Sends DFU_DNLOAD and DFU_GETSTATUS, queued together so that the bus does not wait for us
 * between the two. Both are always waited for.
 *
 * Returns: whether the device took the block and answered; @status may still tell an error
 */
gboolean
dfu_session_download (DfuSession *self,
                      guint16 block_number,
                      const guint8 *data,
                      guint16 length,
                      guint timeout,
                      DfuStatus *status,
                      GError **error)
{
  guint8 answer_data[DFU_STATUS_LENGTH] = { 0 };
  g_auto (UsbTransfer) block = { 0 };
  g_auto (UsbTransfer) answer = { 0 };

  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  if (!dfu_session_submit_download (self, &block, block_number, data, length, timeout, error))
    return FALSE;

  if (dfu_session_submit_get_status (self, &answer, answer_data, timeout, &answer.error))
    dfu_session_reap (self);
  dfu_session_reap (self);

  return judge_block (&block, &answer, status, error);
}
