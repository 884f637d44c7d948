/* board-dfuse.h: microcontrollers whose ROM speaks ST's DfuSe dialect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody holds BOOT0 high while these are plugged in, so they start in the ROM; but not where
 * there is a program to start.
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

/* What a part is; see dfuse-parts.c. */
typedef struct _DfusePart DfusePart;

/**
 * dfuse_part_find:
 * @kind: "stm32f4", "stm32f4-mute", "stm32h7", "stm32l4", "gd32vf103" or "gd32vf103-old"
 *
 * Returns: (nullable): that part
 */
const DfusePart *dfuse_part_find (const char *kind);

/* The idProduct of such a program. */
#define BOARD_DFUSE_PROGRAM_PRODUCT 0x5740

typedef struct {
  const DfusePart *part;
  guint busy_ms;           /* for setting the address and for each block: bwPollTimeout, and true */
  guint erase_ms;          /* for each sector */
  guint mass_erase_ms;     /* truly; what it asks for is the part's own number */
  gboolean has_program;    /* which runs when it is plugged in, and has a run-time interface */
  gboolean has_interfaces; /* one for each memory, instead of an alternate setting for each */
  gboolean is_protected;   /* against reading: it lets nobody read, write or erase */
  gint64 (*get_time) (void); /* microseconds; g_get_monotonic_time() if NULL */
} BoardDfuseOptions;

Board *board_dfuse_new (const BoardDfuseOptions *options);

/**
 * board_dfuse_get_start:
 * @board: a DfuSe board
 *
 * Returns: the address at which it was told to start when it left the ROM, or 0
 */
guint32 board_dfuse_get_start (Board *board);

G_END_DECLS
