/* bootlace-window-setup.h: the window's way to the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-window.h"

G_BEGIN_DECLS

void bootlace_window_setup_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
