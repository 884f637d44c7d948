/* bus-fixture.h: what tests of USB on the virtual bus have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-bus.h"
#include "virtual-bus-client.h"

G_BEGIN_DECLS

/* More milliseconds than anything takes here, on however busy a machine. */
#define BUS_FIXTURE_LONG 20000

void bus_fixture_plug (const char *board);
void bus_fixture_clear (void);

UsbBus *bus_fixture_new_bus (gboolean polling);
UsbDevice *bus_fixture_dup_device (UsbBus *bus, const char *path);
UsbDevice *bus_fixture_wait_for_other (UsbBus *bus, const char *path, UsbDevice *old);

G_END_DECLS
