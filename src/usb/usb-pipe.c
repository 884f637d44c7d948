/* usb-pipe.c: an open device as a queue of control transfers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-pipe.h"

G_DEFINE_INTERFACE (UsbPipe, usb_pipe, G_TYPE_OBJECT)

static void
usb_pipe_default_init (UsbPipeInterface *iface)
{
}

/**
 * usb_transfer_clear:
 * @self: a transfer that is not in flight
 *
 * Frees what usb_pipe_reap() put into @self, so that it can be submitted again.
 */
void
usb_transfer_clear (UsbTransfer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_error (&self->error);
  self->actual = 0;
}

/**
 * usb_pipe_claim:
 * @self: a pipe
 * @interface: bInterfaceNumber
 * @error: return location for an error
 *
 * Reserves an interface for this pipe; a kernel driver that holds it is asked to let go until
 * usb_pipe_release(). Blocks for a moment; the pipe's thread.
 *
 * Returns: whether the interface is ours; %USB_ERROR_BUSY when another program holds it
 */
gboolean
usb_pipe_claim (UsbPipe *self, guint8 interface, GError **error)
{
  g_return_val_if_fail (USB_IS_PIPE (self), FALSE);

  return USB_PIPE_GET_IFACE (self)->claim (self, interface, error);
}

/**
 * usb_pipe_release:
 * @self: a pipe
 * @interface: bInterfaceNumber of a claimed interface
 * @error: return location for an error
 *
 * Gives an interface back. Disposing of the pipe does so as well. Blocks for a moment; the
 * pipe's thread.
 *
 * Returns: whether it was released; %USB_ERROR_GONE when the device left, which a caller who is
 *   done with it may ignore
 */
gboolean
usb_pipe_release (UsbPipe *self, guint8 interface, GError **error)
{
  g_return_val_if_fail (USB_IS_PIPE (self), FALSE);

  return USB_PIPE_GET_IFACE (self)->release (self, interface, error);
}

/**
 * usb_pipe_submit:
 * @self: a pipe
 * @transfer: a transfer that is not in flight, cleared of an earlier outcome
 * @error: return location for an error
 *
 * Queues a control transfer behind those that are in flight already. Does not wait; the pipe's
 * thread.
 *
 * Returns: whether @transfer is in flight now and must be reaped; when %FALSE it is not, and
 *   @error says why
 */
gboolean
usb_pipe_submit (UsbPipe *self, UsbTransfer *transfer, GError **error)
{
  g_return_val_if_fail (USB_IS_PIPE (self), FALSE);
  g_return_val_if_fail (transfer != NULL, FALSE);
  g_return_val_if_fail (transfer->error == NULL, FALSE);
  g_return_val_if_fail (transfer->timeout > 0, FALSE);
  g_return_val_if_fail (transfer->data != NULL || transfer->setup.length == 0, FALSE);

  if (transfer->setup.length > USB_PIPE_MAX_LENGTH) {
    g_set_error (error, USB_ERROR, USB_ERROR_FAILED,
                 "A control transfer of %u bytes is longer than the %d that are possible",
                 transfer->setup.length, USB_PIPE_MAX_LENGTH);
    return FALSE;
  }

  return USB_PIPE_GET_IFACE (self)->submit (self, transfer, error);
}

/**
 * usb_pipe_reap:
 * @self: a pipe with at least one transfer in flight
 *
 * Waits until the oldest transfer in flight has ended, well or badly, and takes it out of the
 * queue. Blocks for at most its time-out and the moment that giving it up takes, and less when it
 * is cancelled and may be; the pipe's thread.
 *
 * Returns: (transfer none): that transfer, with its actual and error fields set
 */
UsbTransfer *
usb_pipe_reap (UsbPipe *self)
{
  g_return_val_if_fail (USB_IS_PIPE (self), NULL);

  return USB_PIPE_GET_IFACE (self)->reap (self);
}

/**
 * usb_pipe_reset:
 * @self: a pipe without transfers in flight
 * @error: return location for an error
 *
 * Resets the device's port. A device that comes back changed, at another address or not at all
 * has been reset too: that is a success, after which the pipe answers %USB_ERROR_GONE and the
 * device must be waited for and opened again. Blocks until the port has settled; the pipe's
 * thread.
 *
 * Returns: whether the port was reset
 */
gboolean
usb_pipe_reset (UsbPipe *self, GError **error)
{
  g_return_val_if_fail (USB_IS_PIPE (self), FALSE);

  return USB_PIPE_GET_IFACE (self)->reset (self, error);
}
