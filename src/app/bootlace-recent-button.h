/* bootlace-recent-button.h: the arrow beside Open, with the firmware that was opened last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-recent.h"

G_BEGIN_DECLS

/**
 * BootlaceRecentButton:
 *
 * Opens a list, each row of which activates "win.open-recent". Insensitive while the list is empty.
 *
 * Properties: "recent".
 */
#define BOOTLACE_TYPE_RECENT_BUTTON (bootlace_recent_button_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceRecentButton,
                      bootlace_recent_button,
                      BOOTLACE,
                      RECENT_BUTTON,
                      GtkWidget)

G_END_DECLS
