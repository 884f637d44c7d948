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
 * UsbIdentity:
 * @port_path: where the device is plugged in, such as "1-2.3"
 * @bus_number: the number of the bus
 * @address: the address on the bus
 * @vendor_id: idVendor
 * @product_id: idProduct
 * @release: bcdDevice
 * @manufacturer: (nullable): the text of iManufacturer
 * @product: (nullable): the text of iProduct
 * @serial: (nullable): the text of iSerialNumber
 * @descriptors: (nullable): the bytes of the active configuration, beginning with its descriptor
 *
 * What enumeration tells about a device.
 */
typedef struct {
  char *port_path;
  guint8 bus_number;
  guint8 address;
  guint16 vendor_id;
  guint16 product_id;
  guint16 release;
  char *manufacturer;
  char *product;
  char *serial;
  GBytes *descriptors;
} UsbIdentity;

void usb_identity_clear (UsbIdentity *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UsbIdentity, usb_identity_clear)

/**
 * UsbDevice:
 *
 * What enumeration told about a device, from its arrival to its leaving. A board that
 * re-enumerates is a new #UsbDevice with another address at the same port path. Immutable but for
 * #UsbDevice:accessible, which follows the permissions; any thread may read it.
 */
#define USB_TYPE_DEVICE (usb_device_get_type ())
G_DECLARE_FINAL_TYPE (UsbDevice, usb_device, USB, DEVICE, GObject)

UsbDevice *usb_device_new (UsbIdentity *identity);

const char *usb_device_get_port_path (UsbDevice *self);
guint8 usb_device_get_bus_number (UsbDevice *self);
guint8 usb_device_get_address (UsbDevice *self);
guint16 usb_device_get_vendor_id (UsbDevice *self);
guint16 usb_device_get_product_id (UsbDevice *self);
guint16 usb_device_get_release (UsbDevice *self);
const char *usb_device_get_manufacturer (UsbDevice *self);
const char *usb_device_get_product (UsbDevice *self);
const char *usb_device_get_serial (UsbDevice *self);
GBytes *usb_device_get_descriptors (UsbDevice *self);
const UsbConfiguration *usb_device_get_configuration (UsbDevice *self);

gboolean usb_device_is_accessible (UsbDevice *self);
gboolean usb_device_check_access (UsbDevice *self);

UsbPipe *usb_device_open (UsbDevice *self, GError **error);

G_END_DECLS
