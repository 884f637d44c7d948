/* bootlace-window-files.h: what can be done with files in a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-window.h"

G_BEGIN_DECLS

void bootlace_window_files_install_actions (GtkWidgetClass *widget_class);
void bootlace_window_files_connect (BootlaceWindow *window);

G_END_DECLS
