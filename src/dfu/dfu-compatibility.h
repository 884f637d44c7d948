/* dfu-compatibility.h: whether an image and a device belong together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"
#include "usb-device.h"

G_BEGIN_DECLS

gboolean dfu_check_compatibility (UsbDevice *device, FirmwareImage *image, GError **error);
gboolean
dfu_check_reconfigured (UsbDevice *before, UsbDevice *device, FirmwareImage *image, GError **error);

G_END_DECLS
