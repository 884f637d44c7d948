/* bootlace-board-counts.h: a list of boards in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board.h"
#include "bootlace-outcomes.h"

G_BEGIN_DECLS

/**
 * BootlaceBoardCounts:
 * @n_present: boards that are connected
 * @n_accessible: boards that are connected and may be opened
 * @n_active: boards that are being worked on
 * @n_suitable: boards that the chosen firmware may be written to now
 * @n_fresh: those of them that do not show that they were flashed
 * @n_suitable_beside: those of the suitable that write an application beside the one that runs
 * @n_undecided: boards of which the person must say which memory is meant
 * @n_selected: those that are suitable and selected
 * @n_meant: boards that are selected or being flashed
 * @n_meant_beside: those of them that write an application beside the one that runs
 * @outcomes: what boards show of jobs that are over
 *
 * A list of boards in numbers.
 */
typedef struct {
  guint n_present;
  guint n_accessible;
  guint n_active;
  guint n_suitable;
  guint n_fresh;
  guint n_suitable_beside;
  guint n_undecided;
  guint n_selected;
  guint n_meant;
  guint n_meant_beside;
  BootlaceOutcomes outcomes;
} BootlaceBoardCounts;

void bootlace_board_counts_add (BootlaceBoardCounts *self, BootlaceBoard *board);
gboolean bootlace_board_counts_are_written_beside (const BootlaceBoardCounts *self);

G_END_DECLS
