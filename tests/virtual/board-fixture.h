/* board-fixture.h: a virtual ESP32-S2 in the test's own process, and short words for talking to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "archive-maker.h"
#include "board-esp32s2.h"

G_BEGIN_DECLS

#define BOARD_FIXTURE_FLASH_SIZE (4 * 1024 * 1024)

/* Plugged in with the given start, seen by a host and configured. */
Board *board_fixture_new (BoardEsp32s2Start start);

/* One class request to the DFU interface. Returns what the board replied. */
BoardReply board_fixture_request (Board *board,
                                  Esp32s2RomRequest request,
                                  guint value,
                                  guint8 *data,
                                  guint length);

/* Bus reset and SET_CONFIGURATION, as a host does when a device appears. */
void board_fixture_enumerate (Board *board);

/* "status/state" of GETSTATUS, as two numbers: 0x0a0a is errFIRMWARE in dfuERROR. */
guint board_fixture_get_status (Board *board);
guint board_fixture_get_state (Board *board);

/* A whole download in blocks of at most @block bytes, with its empty block. Returns as GETSTATUS.
 */
guint board_fixture_download (Board *board, const guint8 *payload, gsize length, gsize block);

void board_fixture_assert_flash (Board *board, guint32 address, const guint8 *data, gsize length);
gboolean board_fixture_is_erased (Board *board);

/* Bytes that look random, the same for the same seed. */
guint8 *board_fixture_make_data (gsize length, guint seed);

/* The reference sample, in parts of 4 KiB. */
GByteArray *board_fixture_make_golden (void);

G_END_DECLS
