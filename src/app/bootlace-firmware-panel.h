/* bootlace-firmware-panel.h: what will be written, or where to drop it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-clearance.h"
#include "bootlace-firmware.h"

G_BEGIN_DECLS

/**
 * BootlaceFirmwarePanel:
 *
 * Shows its "firmware": an area to drop a file on, or the file's contents on a map of the flash.
 * What is wrong with it and the consent to that are shown for its "clearance".
 */
#define BOOTLACE_TYPE_FIRMWARE_PANEL (bootlace_firmware_panel_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFirmwarePanel,
                      bootlace_firmware_panel,
                      BOOTLACE,
                      FIRMWARE_PANEL,
                      GtkWidget)

G_END_DECLS
