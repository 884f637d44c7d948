/* virtual-wire.h: the wire to one device: one transfer at a time, each taking its time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Transfers that wait here follow one another without a gap. A host that waits for each before it
 * hands in the next pays for its own turnaround every time.
 */

#pragma once

#include "usbfs-file.h"
#include "virtual-bus.h"

G_BEGIN_DECLS

VirtualWire *virtual_wire_new (VirtualPort *port);
void virtual_wire_free (VirtualWire *self);

void virtual_wire_submit (VirtualWire *self, UsbfsUrb *urb);

/**
 * virtual_wire_withdraw:
 * @self: a wire
 * @urb: a transfer that has not been completed
 *
 * Takes a transfer off the wire. If the board was busy with it, the board learns that it was given
 * up, and the wire stays taken until the board is done.
 */
void virtual_wire_withdraw (VirtualWire *self, UsbfsUrb *urb);

/**
 * virtual_wire_fall_silent:
 * @self: a wire
 *
 * Takes the board off the wire: what is on it is forgotten, and what comes is broken.
 */
void virtual_wire_fall_silent (VirtualWire *self);
void virtual_wire_disconnect (VirtualWire *self);

G_END_DECLS
