/* bootlace-window-boards.h: what the window's actions do with its boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-window.h"

G_BEGIN_DECLS

void bootlace_window_boards_install_actions (GtkWidgetClass *widget_class);
void bootlace_window_boards_connect (BootlaceWindow *window);

G_END_DECLS
