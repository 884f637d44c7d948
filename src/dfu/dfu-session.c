/* dfu-session.c: the seven requests to a claimed DFU interface, DFU 1.1 table 3.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-session.h"

#include "dfu-error.h"
#include "dfu-wait.h"

#define REQUEST_TYPE_OUT (USB_REQUEST_TYPE_CLASS | USB_REQUEST_TYPE_INTERFACE)
#define REQUEST_TYPE_IN (REQUEST_TYPE_OUT | USB_REQUEST_TYPE_IN)

/* From any state to dfuIDLE takes at most: ask, clear, ask, abort, ask. Twice that is patience. */
#define MAX_STEPS_TO_IDLE 10

/* How long a device may be busy with what an earlier host left it to do, in milliseconds. */
#define MAX_BUSY_BEFORE_IDLE 5000

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

/* Which of the two answers tells more: a device that refuses a block says why in its status. */
static gboolean
judge_block (UsbTransfer *block, UsbTransfer *answer, DfuStatus *status, GError **error)
{
  gboolean answered = answer->error == NULL;

  if (block->error != NULL && (!usb_error_is_stall (block->error) || !answered)) {
    g_propagate_prefixed_error (error, g_steal_pointer (&block->error), "DFU_DNLOAD: ");
    return FALSE;
  }

  if (!answered) {
    g_propagate_prefixed_error (error, g_steal_pointer (&answer->error), "DFU_GETSTATUS: ");
    return FALSE;
  }

  if (!dfu_status_parse (status, answer->data, answer->actual, error))
    return FALSE;

  if (block->error != NULL) {
    if (dfu_status_check (status, error))
      g_propagate_prefixed_error (error, g_steal_pointer (&block->error), "DFU_DNLOAD: ");
    return FALSE;
  }

  if (block->actual != block->setup.length) {
    g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                 "DFU_DNLOAD: the device took %" G_GSIZE_FORMAT " of %u bytes", block->actual,
                 block->setup.length);
    return FALSE;
  }

  return TRUE;
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

  block.setup = make_setup (self, REQUEST_TYPE_OUT, DFU_REQUEST_DNLOAD, block_number, length);
  block.data = (guint8 *) data;
  block.timeout = timeout;

  answer.setup = make_setup (self, REQUEST_TYPE_IN, DFU_REQUEST_GETSTATUS, 0, DFU_STATUS_LENGTH);
  answer.data = answer_data;
  answer.timeout = timeout + self->timeout;

  if (!usb_pipe_submit (self->pipe, &block, error))
    return FALSE;

  if (usb_pipe_submit (self->pipe, &answer, &answer.error)) {
    usb_pipe_reap (self->pipe);
    usb_pipe_reap (self->pipe);
  } else {
    usb_pipe_reap (self->pipe);
  }

  return judge_block (&block, &answer, status, error);
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
set_not_idle (GError **error, const DfuStatus *status)
{
  g_autofree char *words = dfu_status_to_string (status);

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "The device cannot be brought to dfuIDLE (%s)",
               words);
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
    dfu_wait (CLAMP (status->poll_timeout, 1, MAX_BUSY_BEFORE_IDLE), cancellable);
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
  const gint64 deadline = g_get_monotonic_time () + MAX_BUSY_BEFORE_IDLE * G_GINT64_CONSTANT (1000);
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
  } while (is_busy (&status) ? g_get_monotonic_time () < deadline : ++n_steps < MAX_STEPS_TO_IDLE);

  set_not_idle (error, &status);
  return FALSE;
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
