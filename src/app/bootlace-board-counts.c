/* bootlace-board-counts.c: a list of boards in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-counts.h"

static gboolean
shows_flashed (BootlaceBoard *board)
{
  return bootlace_board_shows_outcome (board) &&
         bootlace_job_get_deed (bootlace_board_get_job (board)) == BOOTLACE_DEED_FLASH;
}

/**
 * bootlace_board_counts_add:
 * @self: the numbers so far
 * @board: another board
 */
void
bootlace_board_counts_add (BootlaceBoardCounts *self, BootlaceBoard *board)
{
  DfuDevice *device;
  gboolean is_present, is_suitable, is_meant, is_beside;

  g_return_if_fail (self != NULL);
  g_return_if_fail (BOOTLACE_IS_BOARD (board));

  device = bootlace_board_get_device (board);
  is_present = !bootlace_board_is_absent (board);
  is_suitable = bootlace_board_can_flash (board);
  is_meant = bootlace_board_is_selected (board);
  is_beside = dfu_device_takes_application (device);

  self->n_present += is_present;
  self->n_accessible += is_present && dfu_device_is_accessible (device);
  self->n_active += bootlace_board_is_active (board);
  self->n_suitable += is_suitable;
  self->n_fresh += is_suitable && !shows_flashed (board);
  self->n_suitable_beside += is_suitable && is_beside;
  self->n_undecided += bootlace_board_get_state (board) == BOOTLACE_BOARD_CHOOSING;
  self->n_selected += is_suitable && is_meant;
  self->n_meant += is_meant;
  self->n_meant_beside += is_meant && is_beside;
  if (bootlace_board_shows_outcome (board))
    bootlace_outcomes_add (&self->outcomes, bootlace_board_get_job (board));
}

/**
 * bootlace_board_counts_are_written_beside:
 * @self: the numbers of all boards
 *
 * Where none is selected yet, it may be any that is there. What is being written counts on: the
 * person is not to read, in the middle of it, of a lack that did not matter at its start.
 *
 * Returns: whether every board that is meant writes an application beside the one that runs
 */
gboolean
bootlace_board_counts_are_written_beside (const BootlaceBoardCounts *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_meant > 0 ? self->n_meant_beside == self->n_meant
                           : self->n_suitable > 0 && self->n_suitable_beside == self->n_suitable;
}
