/* usb-device.h: one stay of a device on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "usb-descriptors.h"
#include "usb-pipe.h"

G_BEGIN_DECLS

/**
 * UsbDevice:
 *
 * What enumeration told about a device, from its arrival to its leaving. A board that
 * re-enumerates is a new #UsbDevice with another address at the same port path. Immutable but for
 * #UsbDevice:accessible, which follows the permissions; any thread may read it.
 */
#define USB_TYPE_DEVICE (usb_device_get_type ())
G_DECLARE_FINAL_TYPE (UsbDevice, usb_device, USB, DEVICE, GObject)

const char *usb_device_get_port_path (UsbDevice *self);
guint8 usb_device_get_bus_number (UsbDevice *self);
guint8 usb_device_get_address (UsbDevice *self);
guint16 usb_device_get_vendor_id (UsbDevice *self);
guint16 usb_device_get_product_id (UsbDevice *self);
guint16 usb_device_get_release (UsbDevice *self);
const char *usb_device_get_manufacturer (UsbDevice *self);
const char *usb_device_get_product (UsbDevice *self);
const char *usb_device_get_serial (UsbDevice *self);
const UsbConfiguration *usb_device_get_configuration (UsbDevice *self);

gboolean usb_device_is_accessible (UsbDevice *self);
gboolean usb_device_check_access (UsbDevice *self);

UsbPipe *usb_device_open (UsbDevice *self, GError **error);

G_END_DECLS
