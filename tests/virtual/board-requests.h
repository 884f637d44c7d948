/* board-requests.h: requests to a virtual board in the test's own process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"

#include <errno.h>

G_BEGIN_DECLS

#define BOARD_REQUESTS_STALL (-EPIPE)

/* Plugs in, resets the bus and configures, as a host does when a device appears. */
void board_requests_enumerate (Board *board);

/* One request to interface 0. Returns what the board replied. */
BoardReply board_requests_send (Board *board,
                                guint type,
                                guint number,
                                guint value,
                                guint8 *data,
                                guint length);

/* DFU_DNLOAD. Returns its result. */
int board_requests_download (Board *board, guint block, const guint8 *data, guint length);

/* Asks with DFU_GETSTATUS, and compares. */
void board_requests_assert_status (Board *board, guint status, guint poll_timeout, guint state);

G_END_DECLS
