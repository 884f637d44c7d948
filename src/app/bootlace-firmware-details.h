/* bootlace-firmware-details.h: all that is known of a firmware, as tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * BootlaceFirmwareDetails:
 *
 * The notes about its "image", its parts and its partition table.
 */
#define BOOTLACE_TYPE_FIRMWARE_DETAILS (bootlace_firmware_details_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFirmwareDetails,
                      bootlace_firmware_details,
                      BOOTLACE,
                      FIRMWARE_DETAILS,
                      GtkWidget)

G_END_DECLS
