/* bootlace-boards-panel.h: the boards, or how to get one to appear
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-board-list.h"

G_BEGIN_DECLS

/**
 * BootlaceBoardsPanel:
 *
 * Shows its "boards" as rows; without any, how to start a board's bootloader; with a "problem",
 * why there can be none.
 */
#define BOOTLACE_TYPE_BOARDS_PANEL (bootlace_boards_panel_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBoardsPanel, bootlace_boards_panel, BOOTLACE, BOARDS_PANEL, GtkWidget)

void bootlace_boards_panel_focus_boards (BootlaceBoardsPanel *self);

G_END_DECLS
