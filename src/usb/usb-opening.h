/* usb-opening.h: from a device that was seen to one that is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libusb.h>

#include "usb-device.h"

G_BEGIN_DECLS

gboolean usb_opening_run (UsbDevice *device,
                          libusb_context **context,
                          libusb_device_handle **handle,
                          GError **error);

G_END_DECLS
