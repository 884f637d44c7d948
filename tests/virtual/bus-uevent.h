/* bus-uevent.h: what has come or gone, in udevd's own form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bus_uevent_new:
 * @action: "add" or "remove"
 * @devpath: below /sys
 * @properties: further lines, KEY=VALUE, each with a newline
 *
 * Returns: (transfer full): an event about a usb_device, as monitors receive it
 */
GByteArray *bus_uevent_new (const char *action, const char *devpath, const char *properties);

G_END_DECLS
