/* usbfs-server.h: speaks for the bus's device nodes to the programs that have them open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "virtual-bus.h"

G_BEGIN_DECLS

typedef struct _UsbfsServer UsbfsServer;

/**
 * usbfs_server_new:
 * @bus: a bus, which has to outlive the server
 * @context: where to run
 * @error: return location for an error
 *
 * Returns: (nullable): a server that listens in the bus's directory
 */
UsbfsServer *usbfs_server_new (VirtualBus *bus, GMainContext *context, GError **error);
void usbfs_server_free (UsbfsServer *self);

G_END_DECLS
