/* test-device.h: USB devices that were never plugged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-enums.h"
#include "usb-device.h"

G_BEGIN_DECLS

/* Of each, only what enumeration tells. The address is 7. */
UsbDevice *test_device_new (const char *port_path, guint16 vendor, guint16 product);
UsbDevice *
test_device_new_dfu (const char *port_path, guint16 vendor, guint16 product, DfuMode mode);

G_END_DECLS
