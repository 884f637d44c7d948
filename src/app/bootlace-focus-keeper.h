/* bootlace-focus-keeper.h: never leaves a window without the keyboard's focus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceFocusKeeper:
 *
 * Follows the focus of a window with folds. When what had it goes, or can no longer be used, the
 * fold that it was in gets it, or else whatever is first in the window. Tells also whether somebody
 * has moved it. Main thread only.
 */
#define BOOTLACE_TYPE_FOCUS_KEEPER (bootlace_focus_keeper_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFocusKeeper, bootlace_focus_keeper, BOOTLACE, FOCUS_KEEPER, GObject)

BootlaceFocusKeeper *bootlace_focus_keeper_new (GtkWindow *window);
void bootlace_focus_keeper_watch (BootlaceFocusKeeper *self, GtkWidget *start);
gboolean bootlace_focus_keeper_has_moved (BootlaceFocusKeeper *self);

G_END_DECLS
