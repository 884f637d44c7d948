/* bootlace-series.h: flashes each board as soon as it is connected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board-list.h"
#include "bootlace-files.h"

G_BEGIN_DECLS

/**
 * BootlaceSeries:
 *
 * For many boards in a row. While it is armed, each board that is connected is flashed once, as if
 * it alone were ticked and somebody pressed Flash, as soon as it can be. What was there before, and
 * what Flash would ask about, is left to the person. A board that restarts, or is reset into its
 * bootloader, is not flashed again, whatever became of it; one that was pulled and plugged in again
 * is (#BootlaceVisits), unless it may be one that only started its program (#BootlaceRestarts).
 *
 * Nobody is to have it armed without knowing. So it is for this run of the program only and never
 * remembered, a banner that cannot be hidden tells of it, and other firmware ends it, or a new
 * build about which there is something to be asked.
 *
 * Properties: "armed" (writable), "text" (what to tell about it, or %NULL).
 */
#define BOOTLACE_TYPE_SERIES (bootlace_series_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSeries, bootlace_series, BOOTLACE, SERIES, GObject)

BootlaceSeries *bootlace_series_new (UsbBus *bus, BootlaceBoardList *boards, BootlaceFiles *files);

gboolean bootlace_series_is_armed (BootlaceSeries *self);
void bootlace_series_set_armed (BootlaceSeries *self, gboolean armed);
const char *bootlace_series_get_text (BootlaceSeries *self);
void bootlace_series_dismiss (BootlaceSeries *self);

G_END_DECLS
