/* dfu-upgrade.h: the whole of an upgrade, in the order of DFU 1.1 section 3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-dfuse-upgrade.h"
#include "dfu-work.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * DfuUpgradeFlags:
 * @DFU_UPGRADE_DEFAULT: reconfigure, transfer, manifest
 * @DFU_UPGRADE_READ_BACK: read back and compare, unless the device has compared by itself
 * @DFU_UPGRADE_READ_BACK_ALWAYS: read back and compare even then, where the device gives back what
 *   it was given; and ask one that has left, to run what was written, to come back for it
 * @DFU_UPGRADE_RESTART: try to make the device run what was written
 * @DFU_UPGRADE_STAY: leave the device in its bootloader where that is up to the host: a DfuSe
 *   device is not told to start the program, and takes more
 * @DFU_UPGRADE_AS_IS: send an ESP archive untouched, where joining its pieces would save erases
 *
 * What else an upgrade does.
 */
typedef enum {
  DFU_UPGRADE_DEFAULT = 0,
  DFU_UPGRADE_READ_BACK = 1 << 0,
  DFU_UPGRADE_RESTART = 1 << 1,
  DFU_UPGRADE_STAY = 1 << 2,
  DFU_UPGRADE_AS_IS = 1 << 3,
  DFU_UPGRADE_READ_BACK_ALWAYS = 1 << 4,
} DfuUpgradeFlags;

/**
 * DfuUpgrade:
 *
 * Reconfigure, transfer, manifest: one image to one device, once. Before that, where it is wished,
 * what the device holds is saved; after it, what was written is read back, and the device
 * restarted.
 */
#define DFU_TYPE_UPGRADE (dfu_upgrade_get_type ())
G_DECLARE_FINAL_TYPE (DfuUpgrade, dfu_upgrade, DFU, UPGRADE, DfuWork)

DfuUpgrade *dfu_upgrade_new (UsbBus *bus, UsbDevice *device, FirmwareImage *image);

void dfu_upgrade_set_program (DfuUpgrade *self, UsbDevice *program);
void dfu_upgrade_set_flags (DfuUpgrade *self, DfuUpgradeFlags flags);
void dfu_upgrade_set_backup (DfuUpgrade *self, GFile *backup);
GFile *dfu_upgrade_get_backup (DfuUpgrade *self);
void dfu_upgrade_set_status_every_block (DfuUpgrade *self, gboolean status_every_block);
void dfu_upgrade_set_dfuse_options (DfuUpgrade *self, const DfuDfuseOptions *options);

G_END_DECLS
