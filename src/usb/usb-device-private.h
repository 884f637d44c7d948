/* usb-device-private.h: what only this folder may do with a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-device.h"

G_BEGIN_DECLS

gboolean usb_device_update_access (UsbDevice *self);

G_END_DECLS
