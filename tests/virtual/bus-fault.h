/* bus-fault.h: what is to go wrong, and at which moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each fault happens once.
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

typedef enum {
  BUS_FAULT_STALL,   /* the board stalls */
  BUS_FAULT_HANG,    /* the board never answers */
  BUS_FAULT_DROP,    /* somebody pulls the plug */
  BUS_FAULT_ERROR,   /* the board reports an error status at the next GETSTATUS */
  BUS_FAULT_CORRUPT, /* the flash loses a bit of what it is programmed with next */
  BUS_FAULT_GARBAGE, /* all that comes in is ff */
  BUS_FAULT_SHORT,   /* half of what should come in comes in */
} BusFaultKind;

/* A transfer in the life of an update. */
typedef enum {
  BUS_MOMENT_DETACH,
  BUS_MOMENT_RETURN,   /* no transfer: the board would come back to the bus after DETACH */
  BUS_MOMENT_BLOCK,    /* a DNLOAD with data, by its block number */
  BUS_MOMENT_MANIFEST, /* the empty DNLOAD */
  BUS_MOMENT_STATUS,
  BUS_MOMENT_CLEAR_STATUS,
  BUS_MOMENT_STATE,
  BUS_MOMENT_ABORT,
  BUS_MOMENT_UPLOAD, /* by its block number */
  BUS_MOMENT_SET_INTERFACE,
  BUS_MOMENT_STRING, /* GET_DESCRIPTOR of one */
  BUS_MOMENT_OTHER,
} BusMoment;

typedef struct {
  BusFaultKind kind;
  BusMoment moment;
  guint block;   /* of BUS_MOMENT_BLOCK and _UPLOAD */
  guint8 status; /* of BUS_FAULT_ERROR */
  guint skip;    /* how many such moments pass before it */
} BusFault;

/**
 * bus_moment_parse:
 * @text: "detach", "return", "block:17", "manifest", "status", "clear-status", "state", "abort",
 * "upload:3", "set-interface", "string"; each may have "+5" behind it, for the sixth of its kind
 * @fault: (out): gets the moment, its block number or 0, and how many pass before it
 *
 * Returns: whether it is one
 */
gboolean bus_moment_parse (const char *text, BusFault *fault);

/**
 * bus_moment_of_setup:
 * @setup: a setup packet
 * @block: (out): the block number
 *
 * Returns: which moment the transfer is
 */
BusMoment bus_moment_of_setup (const BoardSetup *setup, guint *block);

/**
 * bus_faults_take:
 * @faults: a #GArray of #BusFault
 * @moment: a moment
 * @block: its block number
 * @fault: (out): the fault, no longer in the array
 *
 * Returns: whether something is to go wrong at that moment
 */
gboolean bus_faults_take (GArray *faults, BusMoment moment, guint block, BusFault *fault);

G_END_DECLS
