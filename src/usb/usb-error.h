/* usb-error.h: what can go wrong between us and a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* See usb-holder.h, which includes this. */
typedef struct _UsbHolder UsbHolder;

#define USB_ERROR (usb_error_quark ())

/**
 * UsbError:
 * @USB_ERROR_FAILED: anything that no other code names
 * @USB_ERROR_ACCESS: the device is there, but this person may not open it
 * @USB_ERROR_BUSY: another program or a kernel driver has claimed the interface
 * @USB_ERROR_GONE: the device left the bus
 * @USB_ERROR_STALL: the device refused the request with a STALL handshake
 * @USB_ERROR_TIMED_OUT: no answer within the time-out; the transfer was given up
 * @USB_ERROR_IO: the transfer broke on the wire (no handshake, bad CRC, overflow)
 * @USB_ERROR_NO_DRIVER: no driver that lets programs use the device (Windows: no WinUSB)
 *
 * Each code is something that a caller can decide on.
 */
typedef enum {
  USB_ERROR_FAILED,
  USB_ERROR_ACCESS,
  USB_ERROR_BUSY,
  USB_ERROR_GONE,
  USB_ERROR_STALL,
  USB_ERROR_TIMED_OUT,
  USB_ERROR_IO,
  USB_ERROR_NO_DRIVER,
} UsbError;

GQuark usb_error_quark (void);

gboolean usb_error_is_access (const GError *error);
gboolean usb_error_is_busy (const GError *error);
gboolean usb_error_is_gone (const GError *error);
gboolean usb_error_is_stall (const GError *error);
gboolean usb_error_is_timed_out (const GError *error);
gboolean usb_error_is_silence (const GError *error);
gboolean usb_error_is_no_driver (const GError *error);

void usb_error_set_holder (GError **error, const UsbHolder *holder);
const UsbHolder *usb_error_get_holder (const GError *error);

G_END_DECLS
