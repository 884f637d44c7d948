/* bus-monitors.h: the udev monitors of all programs on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is a datagram socket in a directory. One that does not read holds up nobody, and loses
 * nothing: what does not fit into its socket waits here.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BusMonitors BusMonitors;

BusMonitors *bus_monitors_new (const char *directory, GMainContext *context);
void bus_monitors_free (BusMonitors *self);

/**
 * bus_monitors_send:
 * @self: the monitors
 * @message: a datagram
 *
 * Sends a datagram to every monitor that there is now.
 */
void bus_monitors_send (BusMonitors *self, GByteArray *message);

G_END_DECLS
