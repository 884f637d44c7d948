/* bus-uevent.h: tells the virtual bus's udev monitors what has come and gone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bus_uevent_send:
 * @directory: where the monitors' sockets are
 * @action: "add" or "remove"
 * @devpath: below /sys
 * @properties: further lines, KEY=VALUE, each with a newline
 *
 * Sends an event of a usb_device in udevd's own form. A monitor that does not read loses it, as
 * with netlink.
 */
void bus_uevent_send (const char *directory,
                      const char *action,
                      const char *devpath,
                      const char *properties);

G_END_DECLS
