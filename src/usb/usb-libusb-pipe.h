/* usb-libusb-pipe.h: a pipe over a device that libusb opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-device.h"
#include "usb-pipe.h"

G_BEGIN_DECLS

/**
 * UsbLibusbPipe:
 *
 * The #UsbPipe of the real world; usb_device_open() makes it.
 *
 * It has a libusb context to itself, so the thread that uses it also reaps its transfers: no
 * other thread has to be scheduled between the end of a transfer and the next one.
 */
#define USB_TYPE_LIBUSB_PIPE (usb_libusb_pipe_get_type ())
G_DECLARE_FINAL_TYPE (UsbLibusbPipe, usb_libusb_pipe, USB, LIBUSB_PIPE, GObject)

UsbPipe *usb_libusb_pipe_new (UsbDevice *device, GError **error);

G_END_DECLS
