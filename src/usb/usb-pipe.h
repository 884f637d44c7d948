/* usb-pipe.h: an open device as a queue of control transfers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "usb-error.h"

G_BEGIN_DECLS

/* bmRequestType, USB 2.0 table 9-2 */
#define USB_REQUEST_TYPE_IN 0x80
#define USB_REQUEST_TYPE_CLASS 0x20
#define USB_REQUEST_TYPE_INTERFACE 0x01

/* bRequest, USB 2.0 table 9-4 */
#define USB_REQUEST_GET_DESCRIPTOR 0x06
#define USB_REQUEST_SET_INTERFACE 0x0b

/**
 * USB_PIPE_MAX_LENGTH:
 *
 * The most bytes that the data stage of one control transfer can have: neither Linux's usbfs (a
 * page) nor WinUSB takes more. A device may ask for more than that; it must not be given it.
 */
#define USB_PIPE_MAX_LENGTH 4096

/**
 * UsbSetup:
 * @request_type: bmRequestType
 * @request: bRequest
 * @value: wValue
 * @index: wIndex
 * @length: wLength, in bytes
 *
 * The setup packet of a control transfer (USB 2.0 section 9.3), in the host's byte order.
 */
typedef struct {
  guint8 request_type;
  guint8 request;
  guint16 value;
  guint16 index;
  guint16 length;
} UsbSetup;

/**
 * UsbTransfer:
 * @setup: the setup packet
 * @data: (nullable): @setup.length bytes, read by usb_pipe_submit() or filled by usb_pipe_reap();
 *   belongs to the caller, who keeps it alive until the transfer was reaped
 * @timeout: in milliseconds, counted from the submission, so it must cover what is queued before
 *   it; never 0
 * @cancellable: (nullable): ends @timeout early; borrowed
 * @grace: how long the device may still take to answer once that is cancelled, in milliseconds;
 *   afterwards the transfer fails with %G_IO_ERROR_CANCELLED, and so do those behind it
 * @actual: how many bytes the data stage moved; valid after usb_pipe_reap()
 * @error: (nullable): why the transfer failed; valid after usb_pipe_reap(), owned by the transfer
 *
 * One control transfer. The structure belongs to the caller and must stay in place between
 * usb_pipe_submit() and usb_pipe_reap().
 */
typedef struct {
  UsbSetup setup;
  guint8 *data;
  guint timeout;
  GCancellable *cancellable;
  guint grace;
  gsize actual;
  GError *error;
} UsbTransfer;

void usb_transfer_clear (UsbTransfer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UsbTransfer, usb_transfer_clear)

/**
 * UsbPipe:
 *
 * The seam between DFU and USB: an open device, its claimed interfaces and the default control
 * pipe. A pipe is used by one thread at a time and blocks it. Transfers are answered in the order
 * of their submission, and each that was submitted must be reaped: none is abandoned before its
 * time, for a device may not survive that.
 */
#define USB_TYPE_PIPE (usb_pipe_get_type ())
G_DECLARE_INTERFACE (UsbPipe, usb_pipe, USB, PIPE, GObject)

/**
 * UsbPipeInterface:
 * @claim: see usb_pipe_claim()
 * @release: see usb_pipe_release()
 * @submit: see usb_pipe_submit()
 * @reap: see usb_pipe_reap(); only called while a transfer is in flight
 * @reset: see usb_pipe_reset()
 *
 * What an implementation has to do.
 */
struct _UsbPipeInterface {
  GTypeInterface g_iface;

  gboolean (*claim) (UsbPipe *self, guint8 interface, GError **error);
  gboolean (*release) (UsbPipe *self, guint8 interface, GError **error);
  gboolean (*submit) (UsbPipe *self, UsbTransfer *transfer, GError **error);
  UsbTransfer *(*reap) (UsbPipe *self);
  gboolean (*reset) (UsbPipe *self, GError **error);
};

gboolean usb_pipe_claim (UsbPipe *self, guint8 interface, GError **error);
gboolean usb_pipe_release (UsbPipe *self, guint8 interface, GError **error);
gboolean usb_pipe_submit (UsbPipe *self, UsbTransfer *transfer, GError **error);
UsbTransfer *usb_pipe_reap (UsbPipe *self);
gboolean usb_pipe_reset (UsbPipe *self, GError **error);

G_END_DECLS
