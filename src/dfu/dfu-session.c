/* dfu-session.c: the seven requests to a claimed DFU interface, DFU 1.1 table 3.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-session.h"

#include "dfu-error.h"
#include "usb-string.h"

#define REQUEST_TYPE_OUT (USB_REQUEST_TYPE_CLASS | USB_REQUEST_TYPE_INTERFACE)
#define REQUEST_TYPE_IN (REQUEST_TYPE_OUT | USB_REQUEST_TYPE_IN)

struct _DfuSession {
  GObject parent_instance;

  UsbPipe *pipe;
  guint8 interface;
  guint timeout; /* of a request that is answered at once, in milliseconds */
  guint16 detach_timeout;
};

G_DEFINE_FINAL_TYPE (DfuSession, dfu_session, G_TYPE_OBJECT)

static UsbSetup
make_setup (DfuSession *self,
            guint8 request_type,
            DfuRequest request,
            guint16 value,
            guint16 length)
{
  return (UsbSetup){ request_type, request, value, self->interface, length };
}

static gssize
send_request (DfuSession *self,
              guint8 request_type,
              DfuRequest request,
              guint16 value,
              guint8 *data,
              guint16 length,
              GError **error)
{
  UsbSetup setup = make_setup (self, request_type, request, value, length);
  gssize actual = usb_pipe_control (self->pipe, &setup, data, self->timeout, error);

  if (actual < 0)
    g_prefix_error (error, "%s: ", dfu_enum_nick (DFU_TYPE_REQUEST, request));

  return actual;
}

/**
 * dfu_session_detach:
 * @self: a session with a run-time device
 * @error: return location for an error
 *
 * Sends DFU_DETACH. Devices that leave inside the request never acknowledge it, so a failure says
 * nothing about whether the device is on its way.
 *
 * Returns: whether the device acknowledged the request
 */
gboolean
dfu_session_detach (DfuSession *self, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  return send_request (self, REQUEST_TYPE_OUT, DFU_REQUEST_DETACH, self->detach_timeout, NULL, 0,
                       error) >= 0;
}

/**
 * dfu_session_get_status:
 * @self: a session
 * @status: (out caller-allocates): the answer
 * @error: return location for an error
 *
 * Sends DFU_GETSTATUS. An error *status* is an answer, not an error; see dfu_status_check().
 *
 * Returns: whether the device answered
 */
gboolean
dfu_session_get_status (DfuSession *self, DfuStatus *status, GError **error)
{
  guint8 data[DFU_STATUS_LENGTH];
  gssize length;

  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  length =
    send_request (self, REQUEST_TYPE_IN, DFU_REQUEST_GETSTATUS, 0, data, DFU_STATUS_LENGTH, error);

  return length >= 0 && dfu_status_parse (status, data, length, error);
}

/**
 * dfu_session_get_status_within:
 * @self: a session with nothing in flight
 * @timeout: in milliseconds, for a device that is at work before it answers; if this is less than
 *   what the session gives a request, that counts
 * @status: (out caller-allocates): the answer
 * @error: return location for an error
 *
 * Sends DFU_GETSTATUS, with patience.
 *
 * Returns: whether the device answered
 */
gboolean
dfu_session_get_status_within (DfuSession *self, guint timeout, DfuStatus *status, GError **error)
{
  guint8 data[DFU_STATUS_LENGTH] = { 0 };
  g_auto (UsbTransfer) answer = { 0 };

  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  if (!dfu_session_submit_get_status (self, &answer, data,
                                      timeout > self->timeout ? timeout - self->timeout : 0, error))
    return FALSE;

  dfu_session_reap (self);
  return dfu_session_check_get_status (&answer, status, error);
}

/**
 * dfu_session_get_state:
 * @self: a session
 * @state: (out): the state that the device is in, and stays in
 * @error: return location for an error
 *
 * Sends DFU_GETSTATE, which unlike DFU_GETSTATUS changes nothing.
 *
 * Returns: whether the device answered
 */
gboolean
dfu_session_get_state (DfuSession *self, DfuState *state, GError **error)
{
  guint8 data;
  gssize length;

  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  length = send_request (self, REQUEST_TYPE_IN, DFU_REQUEST_GETSTATE, 0, &data, 1, error);
  if (length < 0)
    return FALSE;

  if (length == 0 || data > DFU_STATE_ERROR) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                         "DFU_GETSTATE: the answer names no state");
    return FALSE;
  }

  *state = data;
  return TRUE;
}

/**
 * dfu_session_clear_status:
 * @self: a session
 * @error: return location for an error
 *
 * Sends DFU_CLRSTATUS: out of dfuERROR into dfuIDLE.
 *
 * Returns: whether the device acknowledged it
 */
gboolean
dfu_session_clear_status (DfuSession *self, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  return send_request (self, REQUEST_TYPE_OUT, DFU_REQUEST_CLRSTATUS, 0, NULL, 0, error) >= 0;
}

/**
 * dfu_session_abort:
 * @self: a session
 * @error: return location for an error
 *
 * Sends DFU_ABORT: out of a transfer into dfuIDLE.
 *
 * Returns: whether the device acknowledged it
 */
gboolean
dfu_session_abort (DfuSession *self, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  return send_request (self, REQUEST_TYPE_OUT, DFU_REQUEST_ABORT, 0, NULL, 0, error) >= 0;
}

/**
 * dfu_session_upload:
 * @self: a session
 * @block_number: wBlockNum
 * @data: (out caller-allocates) (array length=length): where the block goes
 * @length: how many bytes to ask for, at most the transfer size
 * @error: return location for an error
 *
 * Sends DFU_UPLOAD. A short block ends the upload.
 *
 * Returns: how many bytes came, or -1
 */
gssize
dfu_session_upload (DfuSession *self,
                    guint16 block_number,
                    guint8 *data,
                    guint16 length,
                    GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), -1);

  return send_request (self, REQUEST_TYPE_IN, DFU_REQUEST_UPLOAD, block_number, data, length,
                       error);
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

  transfer->setup = make_setup (self, REQUEST_TYPE_OUT, DFU_REQUEST_DNLOAD, block_number, length);
  transfer->data = (guint8 *) data;
  transfer->timeout = timeout;

  return usb_pipe_submit (self->pipe, transfer, error);
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

  transfer->setup = make_setup (self, REQUEST_TYPE_IN, DFU_REQUEST_GETSTATUS, 0, DFU_STATUS_LENGTH);
  transfer->data = data;
  transfer->timeout = timeout + self->timeout;

  return usb_pipe_submit (self->pipe, transfer, error);
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

  transfer->setup = make_setup (self, REQUEST_TYPE_IN, DFU_REQUEST_UPLOAD, block_number, length);
  transfer->data = data;
  transfer->timeout = timeout;

  return usb_pipe_submit (self->pipe, transfer, error);
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
  g_return_val_if_fail (DFU_IS_SESSION (self), NULL);

  return usb_pipe_reap (self->pipe);
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

/**
 * dfu_session_set_alternate:
 * @self: a session with a device in dfuIDLE
 * @alternate: bAlternateSetting
 * @error: return location for an error
 *
 * Turns to another memory of the device.
 *
 * Returns: whether the device has turned to it
 */
gboolean
dfu_session_set_alternate (DfuSession *self, guint8 alternate, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  return usb_pipe_set_alternate (self->pipe, self->interface, alternate, error);
}

/**
 * dfu_session_read_string:
 * @self: a session
 * @index: the number of the string, such as iInterface; not 0
 * @error: return location for an error
 *
 * Asks the device for one of its strings.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
dfu_session_read_string (DfuSession *self, guint8 index, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), NULL);

  return usb_string_read (self->pipe, index, error);
}

/**
 * dfu_session_reset:
 * @self: a session
 * @error: return location for an error
 *
 * Resets the device's USB port: what a host owes a run-time device after DFU_DETACH that does not
 * leave by itself (DFU 1.1 section 5.1). In DFU mode a device starts its application by it. The
 * session is of no use afterwards.
 *
 * Returns: whether the port was reset
 */
gboolean
dfu_session_reset (DfuSession *self, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  return usb_pipe_reset (self->pipe, error);
}

static void
dfu_session_dispose (GObject *object)
{
  DfuSession *self = DFU_SESSION (object);

  if (self->pipe != NULL)
    usb_pipe_release (self->pipe, self->interface, NULL);
  g_clear_object (&self->pipe);

  G_OBJECT_CLASS (dfu_session_parent_class)->dispose (object);
}

static void
dfu_session_class_init (DfuSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dfu_session_dispose;
}

static void
dfu_session_init (DfuSession *self)
{
}

/**
 * dfu_session_open:
 * @pipe: an open device
 * @interface: its DFU interface
 * @timeout: for requests that a device answers at once, in milliseconds
 * @error: return location for an error
 *
 * Claims the interface and, where there is a choice in DFU mode, selects its alternate setting.
 * The interface is released with the last reference.
 *
 * Returns: (transfer full) (nullable): a session
 */
DfuSession *
dfu_session_open (UsbPipe *pipe, const DfuInterface *interface, guint timeout, GError **error)
{
  g_autoptr (DfuSession) self = NULL;

  g_return_val_if_fail (USB_IS_PIPE (pipe), NULL);
  g_return_val_if_fail (interface != NULL, NULL);
  g_return_val_if_fail (timeout > 0, NULL);

  if (!usb_pipe_claim (pipe, interface->number, error))
    return NULL;

  self = g_object_new (DFU_TYPE_SESSION, NULL);
  self->pipe = g_object_ref (pipe);
  self->interface = interface->number;
  self->timeout = timeout;
  self->detach_timeout = interface->descriptor.detach_timeout;

  if (interface->mode == DFU_MODE_DFU && interface->n_alternates > 1 &&
      !usb_pipe_set_alternate (pipe, interface->number, interface->alternate, error))
    return NULL;

  return g_steal_pointer (&self);
}
