/* bootlace-board-text.h: how far the work on a board is, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board.h"

G_BEGIN_DECLS

char *bootlace_board_text_describe_phase (BootlaceBoardState state, const DfuProgress *progress);
char *bootlace_board_text_describe_speed (BootlaceBoardState state, const DfuProgress *progress);

G_END_DECLS
