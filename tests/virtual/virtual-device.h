/* virtual-device.h: one appearance of a board on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "virtual-bus.h"

G_BEGIN_DECLS

/**
 * virtual_device_enumerate:
 * @port: a port whose board has just been reset
 *
 * Asks the board what it is, as a host does, and configures it.
 *
 * Returns: (nullable): the device, still without a number, or %NULL when the board does not answer
 */
VirtualDevice *virtual_device_enumerate (VirtualPort *port);

/**
 * virtual_device_fall_silent:
 * @self: a device
 *
 * Breaks whatever is in flight, and from now on everything that is sent: the board is off the wire.
 */
void virtual_device_fall_silent (VirtualDevice *self);

/**
 * virtual_device_disconnect:
 * @self: a device
 *
 * Ends whatever is in flight; the device's open files are good for nothing any more.
 */
void virtual_device_disconnect (VirtualDevice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VirtualDevice, virtual_device_unref)

G_END_DECLS
