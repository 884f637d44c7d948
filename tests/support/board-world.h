/* board-world.h: one virtual board at one port, as the engine sees it, and what goes wrong there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"
#include "usb-device.h"

G_BEGIN_DECLS

/**
 * BoardWorldFault:
 * @BOARD_WORLD_UNPLUG: somebody pulls the plug; the transfer breaks
 * @BOARD_WORLD_STALL: the board refuses the request, which it never sees
 * @BOARD_WORLD_BREAK: the transfer breaks on the wire, and the board never sees it
 * @BOARD_WORLD_TIME_OUT: the board does not answer in time
 * @BOARD_WORLD_SHORT: of the data a byte is missing, or all when there is one
 * @BOARD_WORLD_GARBAGE: the answer is nonsense
 * @BOARD_WORLD_WRONG_STATE: from now on the board says that it is in appIDLE
 * @BOARD_WORLD_BUSY: from now on the board says that it is busy
 * @BOARD_WORLD_LEAVE: the board leaves, and comes back as it was before DETACH
 * @BOARD_WORLD_CANCEL: nothing, but the person cancels meanwhile
 * @BOARD_WORLD_CANCEL_STALL: the board refuses the request, and the person cancels meanwhile
 * @BOARD_WORLD_CANCEL_SILENT: from now on the board answers nothing, and the person cancels
 *
 * What can go wrong with a transfer.
 */
typedef enum {
  BOARD_WORLD_UNPLUG,
  BOARD_WORLD_STALL,
  BOARD_WORLD_BREAK,
  BOARD_WORLD_TIME_OUT,
  BOARD_WORLD_SHORT,
  BOARD_WORLD_GARBAGE,
  BOARD_WORLD_WRONG_STATE,
  BOARD_WORLD_BUSY,
  BOARD_WORLD_LEAVE,
  BOARD_WORLD_CANCEL,
  BOARD_WORLD_CANCEL_STALL,
  BOARD_WORLD_CANCEL_SILENT,
} BoardWorldFault;

/**
 * BoardWorldReturn:
 * @BOARD_WORLD_RETURNS: as the board itself has it
 * @BOARD_WORLD_RETURNS_OTHER: with other ids, as when somebody swaps it
 * @BOARD_WORLD_RETURNS_ELSEWHERE: at another port
 * @BOARD_WORLD_RETURNS_NEVER: not at all
 *
 * What comes back after the board has left the bus.
 */
typedef enum {
  BOARD_WORLD_RETURNS,
  BOARD_WORLD_RETURNS_OTHER,
  BOARD_WORLD_RETURNS_ELSEWHERE,
  BOARD_WORLD_RETURNS_NEVER,
} BoardWorldReturn;

/**
 * board_world_start:
 * @board: a board with power; the world keeps it
 *
 * Puts the board on the bus of #EngineSeam. There is one world at a time.
 */
void board_world_start (Board *board);

/* Ends the program if a pipe is left open. */
void board_world_stop (void);

/* The board's present stay on the bus; it must have one. */
UsbDevice *board_world_get_device (void);
Board *board_world_get_board (void);

/* Plans what happens at the @n-th transfer from now, the first being 0; what happens at the @n-th
 * behind that; and what comes back from then on. */
void board_world_fail (BoardWorldFault fault, guint n);
void board_world_fail_again (BoardWorldFault fault, guint n);
void board_world_set_return (BoardWorldReturn comes_back);

/* What comes back now. */
BoardWorldReturn board_world_get_return (void);

/* What the person cancels with. */
GCancellable *board_world_get_cancellable (void);

/* When the person cancelled, or 0. */
gint64 board_world_get_cancelled_at (void);

/* Takes away what is planned and what lasts. */
void board_world_heal (void);

/* Pulls the plug and puts it in again, holding BOOT. */
void board_world_replug (void);

guint board_world_get_n_transfers (void);
gboolean board_world_is_present (void);
gboolean board_world_is_silent (void);
gboolean board_world_was_abandoned (void);
gboolean board_world_has_failed (void);
gboolean board_world_has_failed_again (void);

G_END_DECLS
