/* board-pipe.h: a UsbPipe straight to a virtual board, with no bus between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"
#include "usb-pipe.h"

G_BEGIN_DECLS

/**
 * BoardPipe:
 *
 * For tests of the protocol: transfers reach the board in the order of their submission and take
 * no time. Once the board has left, everything answers %USB_ERROR_GONE, as on a real bus; a test
 * goes on with a new pipe.
 *
 * Ends the program when a transfer that was submitted is never reaped.
 */
#define BOARD_TYPE_PIPE (board_pipe_get_type ())
G_DECLARE_FINAL_TYPE (BoardPipe, board_pipe, BOARD, PIPE, GObject)

BoardPipe *board_pipe_new (Board *board);

/**
 * board_pipe_fail:
 * @self: a pipe
 * @request: bRequest of a DFU request
 * @skip: how many of these to let through first
 * @code: what the next one fails with
 *
 * Plans one fault. A stall and a broken transfer do not reach the board; a time-out reaches it and
 * is then given up; with %USB_ERROR_GONE the board leaves.
 */
void board_pipe_fail (BoardPipe *self, guint8 request, guint skip, UsbError code);

/**
 * board_pipe_keep_time:
 * @self: a pipe with nothing in flight
 *
 * From now on what the board is busy with takes time, of a clock that only the board drives, and a
 * transfer that is not done when its time-out ends is given up.
 */
void board_pipe_keep_time (BoardPipe *self);

/**
 * board_pipe_get_time:
 * @self: a pipe that keeps time
 *
 * Returns: how long the board has been busy, in milliseconds
 */
guint64 board_pipe_get_time (BoardPipe *self);

/**
 * board_pipe_count:
 * @self: a pipe
 * @request: bRequest of a DFU request
 *
 * Returns: how many of these were submitted
 */
guint board_pipe_count (BoardPipe *self, guint8 request);

/**
 * board_pipe_get_last:
 * @self: a pipe
 * @request: bRequest of a DFU request
 *
 * Returns: (transfer none): the last of these that reached the end of the queue; its data and
 *   error are not kept
 */
const UsbTransfer *board_pipe_get_last (BoardPipe *self, guint8 request);

/**
 * board_pipe_get_most_in_flight:
 * @self: a pipe
 *
 * Returns: the largest number of transfers that were in flight at one time
 */
guint board_pipe_get_most_in_flight (BoardPipe *self);

G_END_DECLS
