/* usb-string.h: string descriptors, USB 2.0 section 9.6.7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-pipe.h"

G_BEGIN_DECLS

/* wLANGID, the one that every device has */
#define USB_LANGUAGE_EN_US 0x0409

/* bLength is a byte */
#define USB_STRING_MAX_LENGTH 255

char *usb_string_make_printable (const char *text);
char *usb_string_collapse_blanks (char *text);
char *usb_string_parse (const guint8 *data, gsize length);
UsbSetup usb_string_make_setup (guint8 index);

G_END_DECLS
