/* bootlace-bottom-bar.h: how it stands, and the one thing to do next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-status.h"

G_BEGIN_DECLS

/**
 * BootlaceBottomBar:
 *
 * Shows its "status", with a button for what can be done.
 */
#define BOOTLACE_TYPE_BOTTOM_BAR (bootlace_bottom_bar_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBottomBar, bootlace_bottom_bar, BOOTLACE, BOTTOM_BAR, GtkWidget)

void bootlace_bottom_bar_rest_focus (BootlaceBottomBar *self);

G_END_DECLS
