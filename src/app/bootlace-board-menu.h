/* bootlace-board-menu.h: what else can be done with a board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-board.h"

G_BEGIN_DECLS

/**
 * BootlaceBoardMenu:
 *
 * A button with a menu of what its "board" can have done to it besides being flashed. What such a
 * board never can is not there, and without anything the button is not there either; what it cannot
 * just now is insensitive.
 */
#define BOOTLACE_TYPE_BOARD_MENU (bootlace_board_menu_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBoardMenu, bootlace_board_menu, BOOTLACE, BOARD_MENU, GtkWidget)

gboolean bootlace_board_menu_popup (BootlaceBoardMenu *self);

G_END_DECLS
