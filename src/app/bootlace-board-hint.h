/* bootlace-board-hint.h: what the state of a board means and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board.h"

G_BEGIN_DECLS

char *
bootlace_board_describe (BootlaceBoard *self, BootlaceBoardState state, const GError *refusal);

G_END_DECLS
