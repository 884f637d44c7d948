/* bootlace-boot-watch.h: notices how far somebody has come with BOOT and RESET
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "setup-check.h"

G_BEGIN_DECLS

/**
 * BootlaceBootStage:
 * @BOOTLACE_BOOT_STAGE_BEGIN: nothing was noticed: hold BOOT and tap RESET
 * @BOOTLACE_BOOT_STAGE_LEFT: a device has left, so RESET was tapped: let go of BOOT
 * @BOOTLACE_BOOT_STAGE_RETURNED: a device has come, and it is no bootloader: begin again
 * @BOOTLACE_BOOT_STAGE_DONE: a board is in its bootloader
 *
 * What the USB bus tells of what somebody does with a board's buttons. A press of BOOT alone
 * cannot be noticed, nor can RESET where the application does not run USB.
 */
typedef enum {
  BOOTLACE_BOOT_STAGE_BEGIN,
  BOOTLACE_BOOT_STAGE_LEFT,
  BOOTLACE_BOOT_STAGE_RETURNED,
  BOOTLACE_BOOT_STAGE_DONE,
} BootlaceBootStage;

#define BOOTLACE_TYPE_BOOT_STAGE (bootlace_boot_stage_get_type ())
GType bootlace_boot_stage_get_type (void);

BootlaceBootStage
bootlace_boot_stage_next (BootlaceBootStage stage, guint n_gone, guint n_come, gboolean done);

/**
 * BootlaceBootWatch:
 *
 * Follows the devices on the bus and the question whether a board is in its bootloader. Main
 * thread only.
 *
 * Property: "stage".
 */
#define BOOTLACE_TYPE_BOOT_WATCH (bootlace_boot_watch_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBootWatch, bootlace_boot_watch, BOOTLACE, BOOT_WATCH, GObject)

BootlaceBootWatch *bootlace_boot_watch_new (GListModel *devices, SetupCheck *check);

BootlaceBootStage bootlace_boot_watch_get_stage (BootlaceBootWatch *self);

G_END_DECLS
