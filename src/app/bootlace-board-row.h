/* bootlace-board-row.h: one board in the list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-board.h"

G_BEGIN_DECLS

/**
 * BootlaceBoardRow:
 *
 * Shows its "board": a box to select it, its state, its progress and its outcome.
 *
 * Signal "dismissed" (#BootlaceBoard): the person wants no more of a board that left.
 */
#define BOOTLACE_TYPE_BOARD_ROW (bootlace_board_row_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBoardRow, bootlace_board_row, BOOTLACE, BOARD_ROW, GtkListBoxRow)

GtkWidget *bootlace_board_row_new (BootlaceBoard *board);

void bootlace_board_row_rest_focus (BootlaceBoardRow *self);

G_END_DECLS
