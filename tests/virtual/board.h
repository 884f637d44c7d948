/* board.h: what a virtual board offers to whatever carries its transfers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A board is a chip with a plug and two buttons. It knows neither sockets nor usbfs, so that a test
 * may put one behind a pipe of its own. Time is not spent here: every answer says how long the
 * board would have taken, and the carrier decides whether to wait.
 */

#pragma once

#include <glib.h>

#include "nor-flash.h"

G_BEGIN_DECLS

/* A result: the board never answers this transfer; it stays in flight until the host gives up. */
#define BOARD_NO_ANSWER (-1000)

/* A time: the board does not come (back) to the bus. */
#define BOARD_NEVER (-1)

typedef struct _Board Board;
typedef struct _BoardClass BoardClass;

typedef struct {
  guint8 request_type; /* bmRequestType */
  guint8 request;      /* bRequest */
  guint16 value;       /* wValue */
  guint16 index;       /* wIndex */
  guint16 length;      /* wLength */
} BoardSetup;

/* Whether a board goes off the bus, and when it is back. All zero: it stays. */
typedef struct {
  gboolean leaves;
  gboolean keeps_status; /* it finishes the request first; otherwise the status stage is lost */
  gint64 return_us;      /* from leaving to being back, or BOARD_NEVER */
} BoardDeparture;

/* How a control transfer ended. */
typedef struct {
  int result;               /* bytes of the data stage, -EPIPE for a stall, or BOARD_NO_ANSWER */
  guint64 busy_us;          /* how long the board let the host wait, beyond the wire's own time */
  BoardDeparture departure; /* what the board does then */
} BoardReply;

struct _BoardClass {
  const char *kind;
  guint speed; /* megabits per second, as sysfs says it */

  gint64 (*power_on) (Board *self);
  void (*control) (Board *self, const BoardSetup *setup, guint8 *data, BoardReply *reply);
  BoardDeparture (*bus_reset) (Board *self);
  BoardDeparture (*press_reset) (Board *self);
  void (*abandon) (Board *self, const BoardSetup *setup);
  void (*set_error) (Board *self, guint8 status);
  const char *(*get_mode) (Board *self);
  NorFlash *(*get_flash) (Board *self);
  void (*finalize) (Board *self);
};

struct _Board {
  const BoardClass *klass;
  gboolean boot_held; /* the BOOT button, read at every restart */
};

/**
 * board_setup_parse:
 * @bytes: the eight bytes of a setup packet
 *
 * Returns: their fields
 */
BoardSetup board_setup_parse (const guint8 bytes[8]);

/**
 * board_setup_is_in:
 * @self: a setup packet
 *
 * Returns: whether the data stage goes from the board to the host
 */
gboolean board_setup_is_in (const BoardSetup *self);

/**
 * board_free:
 * @self: a board
 *
 * Throws the board away, with its flash.
 */
void board_free (Board *self);

const char *board_get_kind (Board *self);
guint board_get_speed (Board *self);

/**
 * board_get_mode:
 * @self: a board
 *
 * Returns: the board's present mode: "runtime", "dfu", "application", or its kind where it has one
 * mode only
 */
const char *board_get_mode (Board *self);

/**
 * board_get_flash:
 * @self: a board
 *
 * Returns: (nullable): the board's flash, which it keeps
 */
NorFlash *board_get_flash (Board *self);

/**
 * board_power_on:
 * @self: a board
 *
 * Gives the board power, as plugging it in does.
 *
 * Returns: microseconds until it shows on the bus, or %BOARD_NEVER
 */
gint64 board_power_on (Board *self);

/**
 * board_control:
 * @self: a board
 * @setup: the setup packet
 * @data: (inout): the data stage, as many bytes as the packet's wLength
 * @reply: (out): how it ended
 *
 * Does one control transfer. Whatever it changes has changed when this returns.
 */
void board_control (Board *self, const BoardSetup *setup, guint8 *data, BoardReply *reply);

/**
 * board_bus_reset:
 * @self: a board
 *
 * Resets the bus under the board. Enumeration begins with one, so call this after every
 * (re)appearance too.
 */
BoardDeparture board_bus_reset (Board *self);

/**
 * board_press_reset:
 * @self: a board
 *
 * Presses the RESET button, BOOT being as `boot_held` says.
 */
BoardDeparture board_press_reset (Board *self);

/**
 * board_abandon:
 * @self: a board
 * @setup: the transfer that the board was busy with
 *
 * Tells the board that the host has given up on a transfer that was in flight.
 */
void board_abandon (Board *self, const BoardSetup *setup);

/**
 * board_set_error:
 * @self: a board
 * @status: a bStatus of DFU 1.1
 *
 * Makes the board report @status at the next GETSTATUS, as if it had met that error by itself.
 */
void board_set_error (Board *self, guint8 status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Board, board_free)

G_END_DECLS
