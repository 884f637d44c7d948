/* bus-holder.h: another program that has a board's interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "virtual-bus.h"

G_BEGIN_DECLS

#define BUS_HOLDER_ARGUMENT "--be-the-holder"
#define BUS_HOLDER_NAME "ModemManager"

/**
 * bus_holder_take:
 * @port: a port with a device
 * @interface: an interface's number
 * @error: return location for an error
 *
 * Claims an interface for a process of its own, which has the device node open where /proc shows
 * it.
 *
 * Returns: whether it has it now
 */
gboolean bus_holder_take (VirtualPort *port, guint interface, GError **error);
void bus_holder_release (VirtualPort *port);

/**
 * bus_holder_main:
 *
 * What the process does: it waits to be ended.
 */
int bus_holder_main (void);

G_END_DECLS
