/* dfu-mode-change.h: to the bootloader and back, with nothing written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-choice.h"
#include "dfu-work.h"

G_BEGIN_DECLS

/**
 * DfuModeChange:
 *
 * DETACH, or a restart, of one device, once. Ends with %DFU_OUTCOME_RESTARTED, and what became of
 * the device in #DfuProgress.restart: %DFU_RESTART_NONE if it was where it should be already.
 */
#define DFU_TYPE_MODE_CHANGE (dfu_mode_change_get_type ())
G_DECLARE_FINAL_TYPE (DfuModeChange, dfu_mode_change, DFU, MODE_CHANGE, DfuWork)

DfuModeChange *dfu_mode_change_new (UsbBus *bus, UsbDevice *device, DfuMode mode);

G_END_DECLS
