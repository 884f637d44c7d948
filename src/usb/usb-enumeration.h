/* usb-enumeration.h: from a device of libusb to one of ours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libusb.h>

#include "usb-device.h"

G_BEGIN_DECLS

gboolean usb_enumeration_is_hub (libusb_device *found);
gboolean usb_enumeration_is_at (libusb_device *found, UsbDevice *device);
gboolean usb_enumeration_is_same (libusb_device *found, UsbDevice *device);
UsbDevice *usb_enumeration_new_device (libusb_device *found);

G_END_DECLS
