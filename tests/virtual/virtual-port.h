/* virtual-port.h: how boards come to the virtual bus and leave it, for the bus itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "virtual-bus.h"

G_BEGIN_DECLS

/* The board is on the wire: it gets a device. */
void virtual_port_appear (VirtualPort *self);

/* Whatever the board does, its device is no more. */
void virtual_port_vanish (VirtualPort *self);
void virtual_port_save_flash (VirtualPort *self);

/* The hub of that path, made if there is none. */
gboolean virtual_bus_ensure_hub (VirtualBus *self, const char *path, GError **error);

/* The next free device number, going round, as the kernel gives them out. */
guint virtual_bus_take_address (VirtualBus *self, guint bus_number);

G_END_DECLS
