/* test-device.c: USB devices that were never plugged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-device.h"

#include <stdlib.h>

static UsbIdentity
make_identity (const char *port_path, guint16 vendor, guint16 product)
{
  return (UsbIdentity){
    .port_path = g_strdup (port_path),
    .bus_number = (guint8) atoi (port_path),
    .address = 7,
    .vendor_id = vendor,
    .product_id = product,
  };
}

UsbDevice *
test_device_new (const char *port_path, guint16 vendor, guint16 product)
{
  g_auto (UsbIdentity) identity = make_identity (port_path, vendor, product);

  return usb_device_new (&identity);
}

/* A device whose interface 2 speaks DFU. */
UsbDevice *
test_device_new_dfu (const char *port_path, guint16 vendor, guint16 product, DfuMode mode)
{
  const guint8 descriptors[] = {
    0x09, 0x02, 0x1b, 0x00, 0x01, 0x01, 0x00, 0xc0,          0xfa, /* configuration 1 */
    0x09, 0x04, 0x02, 0x00, 0x00, 0xfe, 0x01, (guint8) mode, 0x00, /* interface 2 */
    0x09, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10,          0x01, /* DFU functional descriptor */
  };
  g_auto (UsbIdentity) identity = make_identity (port_path, vendor, product);

  identity.descriptors = g_bytes_new (descriptors, sizeof descriptors);

  return usb_device_new (&identity);
}
