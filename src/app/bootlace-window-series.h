/* bootlace-window-series.h: how a window tells that boards are flashed by themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-window.h"

G_BEGIN_DECLS

void bootlace_window_series_install_actions (GtkWidgetClass *widget_class);
void bootlace_window_series_connect (BootlaceWindow *window);

G_END_DECLS
