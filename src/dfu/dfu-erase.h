/* dfu-erase.h: erases what a device holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-work.h"

G_BEGIN_DECLS

/**
 * DfuErase:
 *
 * Erases all of one memory of a device that speaks DfuSe, once; plain DFU has no request for it.
 * Somebody must have agreed to that. Ends with %DFU_OUTCOME_ERASED. The device stays in its
 * bootloader; when its protection against reading is taken away it restarts, and must come back.
 */
#define DFU_TYPE_ERASE (dfu_erase_get_type ())
G_DECLARE_FINAL_TYPE (DfuErase, dfu_erase, DFU, ERASE, DfuWork)

DfuErase *dfu_erase_new (UsbBus *bus, UsbDevice *device);

void dfu_erase_set_read_unprotect (DfuErase *self, gboolean read_unprotect);

G_END_DECLS
