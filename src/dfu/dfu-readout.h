/* dfu-readout.h: reads what a device holds, DFU 1.1 section 3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-work.h"

G_BEGIN_DECLS

/**
 * DfuReadout:
 *
 * Reconfigure, upload: the memory of one device into this computer's, once, and into a file if
 * there is to be one.
 */
#define DFU_TYPE_READOUT (dfu_readout_get_type ())
G_DECLARE_FINAL_TYPE (DfuReadout, dfu_readout, DFU, READOUT, DfuWork)

DfuReadout *dfu_readout_new (UsbBus *bus, UsbDevice *device, guint64 length);

void dfu_readout_set_address (DfuReadout *self, guint32 address);
void dfu_readout_set_file (DfuReadout *self, GFile *file);

GBytes *dfu_readout_get_contents (DfuReadout *self);
GFile *dfu_readout_get_file (DfuReadout *self);

G_END_DECLS
