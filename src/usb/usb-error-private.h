/* usb-error-private.h: libusb's codes as USB_ERROR, for this folder only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-error.h"

G_BEGIN_DECLS

void usb_error_set_from_libusb (GError **error, int libusb_code, const char *context);

G_END_DECLS
