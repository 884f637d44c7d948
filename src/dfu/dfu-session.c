/* dfu-session.c: requests to a device and its DFU interface, DFU 1.1 table 3.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-session-private.h"

#include "dfu-error.h"
#include "usb-string.h"

G_DEFINE_FINAL_TYPE (DfuSession, dfu_session, G_TYPE_OBJECT)

/**
 * dfu_session_make_setup:
 * @self: a session
 * @request_type: bmRequestType
 * @request: bRequest
 * @value: wValue
 * @length: wLength
 *
 * Returns: the setup packet of a request to the interface
 */
UsbSetup
dfu_session_make_setup (DfuSession *self,
                        guint8 request_type,
                        DfuRequest request,
                        guint16 value,
                        guint16 length)
{
  return (UsbSetup){ request_type, request, value, self->interface, length };
}

static gssize
send_setup (DfuSession *self, const UsbSetup *setup, guint8 *data, GError **error)
{
  g_auto (UsbTransfer) transfer = { .setup = *setup, .data = data };

  if (dfu_session_submit (self, &transfer, self->timeout, &transfer.error))
    dfu_session_reap (self);
  if (transfer.error == NULL)
    return transfer.actual;

  g_propagate_error (error, g_steal_pointer (&transfer.error));
  return -1;
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
  const UsbSetup setup = dfu_session_make_setup (self, request_type, request, value, length);
  const gssize actual = send_setup (self, &setup, data, error);

  if (actual < 0)
    g_prefix_error (error, "%s: ", dfu_enum_nick (DFU_TYPE_REQUEST, request));

  return actual;
}

/**
 * dfu_session_set_grace:
 * @self: a session with nothing in flight
 * @cancellable: (nullable): ends waiting for the device
 * @grace: how long it may still take to answer then, in milliseconds
 *
 * Lets who cancels wait no longer than that for a device that does not answer. Not for a device
 * that may hang for good when the host gives up on a transfer.
 */
void
dfu_session_set_grace (DfuSession *self, GCancellable *cancellable, guint grace)
{
  g_return_if_fail (DFU_IS_SESSION (self));

  g_set_object (&self->cancellable, cancellable);
  self->grace = grace;
}

/**
 * dfu_session_set_must_answer:
 * @self: a session with nothing in flight
 * @must_answer: whether the answer is worth waiting for, also for who cancels
 *
 * For what cannot be stopped, and of which only the device knows how it ended.
 */
void
dfu_session_set_must_answer (DfuSession *self, gboolean must_answer)
{
  g_return_if_fail (DFU_IS_SESSION (self));

  self->must_answer = must_answer;
}

/**
 * dfu_session_was_given_up:
 * @self: a session
 *
 * Returns: whether the device did not answer within the grace that it had; nobody knows then
 *   what it is at
 */
gboolean
dfu_session_was_given_up (DfuSession *self)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);

  return self->was_given_up;
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

  return send_request (self, DFU_SESSION_OUT, DFU_REQUEST_DETACH, self->detach_timeout, NULL, 0,
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
    send_request (self, DFU_SESSION_IN, DFU_REQUEST_GETSTATUS, 0, data, DFU_STATUS_LENGTH, error);

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

  return send_request (self, DFU_SESSION_OUT, DFU_REQUEST_CLRSTATUS, 0, NULL, 0, error) >= 0;
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

  return send_request (self, DFU_SESSION_OUT, DFU_REQUEST_ABORT, 0, NULL, 0, error) >= 0;
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

  return send_request (self, DFU_SESSION_IN, DFU_REQUEST_UPLOAD, block_number, data, length, error);
}

/**
 * dfu_session_set_alternate:
 * @self: a session with a device in dfuIDLE
 * @alternate: bAlternateSetting
 * @error: return location for an error
 *
 * Turns to another memory of the device (SET_INTERFACE, USB 2.0 section 9.4.10).
 *
 * Returns: whether the device has turned to it
 */
gboolean
dfu_session_set_alternate (DfuSession *self, guint8 alternate, GError **error)
{
  const UsbSetup setup = { .request_type = USB_REQUEST_TYPE_INTERFACE,
                           .request = USB_REQUEST_SET_INTERFACE,
                           .value = alternate,
                           .index = self->interface };

  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);
  g_return_val_if_fail (self->is_claimed, FALSE);

  if (send_setup (self, &setup, NULL, error) >= 0)
    return TRUE;

  g_prefix_error (error, "Selecting alternate setting %u of interface %u: ", alternate,
                  self->interface);
  return FALSE;
}

/**
 * dfu_session_read_string:
 * @self: a session; its interface need not be claimed
 * @index: the number of the string, such as iInterface; not 0
 * @error: return location for an error, %USB_ERROR_STALL when the device has no such string
 *
 * Asks the device for one of its strings.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
dfu_session_read_string (DfuSession *self, guint8 index, GError **error)
{
  guint8 data[USB_STRING_MAX_LENGTH] = { 0 };
  const UsbSetup setup = usb_string_make_setup (index);
  gssize length;
  char *text;

  g_return_val_if_fail (DFU_IS_SESSION (self), NULL);
  g_return_val_if_fail (index != 0, NULL);

  length = send_setup (self, &setup, data, error);
  if (length < 0)
    return NULL;

  text = usb_string_parse (data, length);
  if (text == NULL)
    g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "String %u is not a string descriptor",
                 index);

  return text;
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

  if (self->is_claimed)
    usb_pipe_release (self->pipe, self->interface, NULL);
  self->is_claimed = FALSE;
  g_clear_object (&self->pipe);
  g_clear_object (&self->cancellable);

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
 * dfu_session_new:
 * @pipe: an open device
 * @timeout: for requests that a device answers at once, in milliseconds
 *
 * Returns: (transfer full): a session without an interface
 */
DfuSession *
dfu_session_new (UsbPipe *pipe, guint timeout)
{
  DfuSession *self;

  g_return_val_if_fail (USB_IS_PIPE (pipe), NULL);
  g_return_val_if_fail (timeout > 0, NULL);

  self = g_object_new (DFU_TYPE_SESSION, NULL);
  self->pipe = g_object_ref (pipe);
  self->timeout = timeout;

  return self;
}

/**
 * dfu_session_claim:
 * @self: a session without an interface
 * @interface: its device's DFU interface
 * @error: return location for an error
 *
 * Claims the interface and, where there is a choice in DFU mode, selects its alternate setting.
 * The interface is released with the last reference.
 *
 * Returns: whether the requests of DFU can be sent
 */
gboolean
dfu_session_claim (DfuSession *self, const DfuInterface *interface, GError **error)
{
  g_return_val_if_fail (DFU_IS_SESSION (self), FALSE);
  g_return_val_if_fail (!self->is_claimed, FALSE);
  g_return_val_if_fail (interface != NULL, FALSE);

  if (!usb_pipe_claim (self->pipe, interface->number, error))
    return FALSE;

  self->is_claimed = TRUE;
  self->interface = interface->number;
  self->detach_timeout = interface->descriptor.detach_timeout;

  return interface->mode != DFU_MODE_DFU || interface->n_alternates <= 1 ||
         dfu_session_set_alternate (self, interface->alternate, error);
}
