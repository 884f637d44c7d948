/* test-board.h: boards that take no time, for tests of the protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board-esp32s2.h"
#include "dfu-interface.h"

G_BEGIN_DECLS

/* An ESP32-S2 in its ROM loader, in the given mode, with 4 MiB of erased flash. */
Board *test_board_new (DfuMode mode);

/* What enumeration would tell of it. */
DfuInterface test_board_get_interface (DfuMode mode);

/* Compares the parts of an ESP archive with the board's flash, byte by byte. */
void test_board_assert_flash (Board *board, GBytes *archive);

G_END_DECLS
