/* dfu-operation-report.c: what the thread that runs tells of its work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-operation-private.h"

/**
 * dfu_operation_set_bytes_total:
 * @self: an operation
 * @bytes_total: how many bytes will be transferred; 0 where nobody knows
 *
 * Sets "bytes-total".
 */
void
dfu_operation_set_bytes_total (DfuOperation *self, guint64 bytes_total)
{
  dfu_operation_lock (self)->bytes_total = bytes_total;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_enter_phase:
 * @self: an operation that runs
 * @phase: what it does from now on
 *
 * Sets "phase" and logs it. The thread that runs.
 */
void
dfu_operation_enter_phase (DfuOperation *self, DfuPhase phase)
{
  dfu_log_append (dfu_operation_get_log (self), "Phase: %s", dfu_enum_nick (DFU_TYPE_PHASE, phase));

  dfu_progress_enter (dfu_operation_lock (self), phase);
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_set_program_kept:
 * @self: an operation that runs
 *
 * Takes note that the device writes beside the program that runs. The thread that runs.
 */
void
dfu_operation_set_program_kept (DfuOperation *self)
{
  dfu_operation_lock (self)->program_kept = TRUE;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_set_only_erases:
 * @self: an operation that runs
 * @unprotects: whether the device's protection against reading is to go with it
 *
 * Takes note that nothing is to be written. The thread that runs.
 */
void
dfu_operation_set_only_erases (DfuOperation *self, gboolean unprotects)
{
  DfuProgress *progress = dfu_operation_lock (self);

  progress->only_erases = TRUE;
  progress->unprotects = unprotects;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_set_written:
 * @self: an operation that runs
 * @is_compared: whether the device itself has compared it
 *
 * Takes note that the device has taken all that it was to hold, and reported no error. The thread
 * that runs.
 */
void
dfu_operation_set_written (DfuOperation *self, gboolean is_compared)
{
  DfuProgress *progress = dfu_operation_lock (self);

  progress->is_written = TRUE;
  progress->is_compared = is_compared;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_set_silent:
 * @self: an operation that is about to end
 *
 * Takes note that a device that did not answer was not waited for. The thread that runs.
 */
void
dfu_operation_set_silent (DfuOperation *self)
{
  dfu_operation_lock (self)->is_silent = TRUE;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_set_restart:
 * @self: an operation that runs
 * @restart: what became of the device
 *
 * Takes note whether the device runs what was written, as far as is known now; also where the work
 * is about to be cancelled. The thread that runs.
 */
void
dfu_operation_set_restart (DfuOperation *self, DfuRestart restart)
{
  dfu_operation_lock (self)->restart = restart;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_set_read_back:
 * @self: an operation that runs
 * @read_back: what came of reading back
 *
 * Takes note of it. The thread that runs.
 */
void
dfu_operation_set_read_back (DfuOperation *self, DfuReadBack read_back)
{
  dfu_operation_lock (self)->read_back = read_back;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_expect_steps:
 * @self: an operation that runs
 * @n_steps: how many phases it will have in which bytes are counted
 *
 * Lets the progress of all of it be told. The thread that runs.
 */
void
dfu_operation_expect_steps (DfuOperation *self, guint n_steps)
{
  dfu_operation_lock (self)->n_steps = n_steps;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_advance:
 * @self: an operation that runs
 * @bytes_done: how many bytes were transferred; 0 just before the first
 * @segment: (nullable): the part that these bytes belong to; must live as long as @self
 *
 * Takes note of a block. The thread that runs.
 */
void
dfu_operation_advance (DfuOperation *self, guint64 bytes_done, FirmwareSegment *segment)
{
  DfuProgress *progress = dfu_operation_lock (self);

  dfu_progress_advance (progress, bytes_done, g_get_monotonic_time ());
  if (segment != NULL)
    progress->segment = segment;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_foretell_erases:
 * @self: an operation that runs
 * @seconds: how long the device will typically erase in this phase, all taken together
 *
 * After the first dfu_operation_advance() of the phase. The thread that runs.
 */
void
dfu_operation_foretell_erases (DfuOperation *self, double seconds)
{
  dfu_progress_foretell_erases (dfu_operation_lock (self), seconds);
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_start_work:
 * @self: an operation that runs
 * @expected: how many seconds of those foretold it will typically take, or
 *   %DFU_PROGRESS_UNFORETOLD
 *
 * Takes note that the device erases, or checks what it was given, until the next
 * dfu_operation_advance() or dfu_operation_enter_phase(). The thread that runs.
 */
void
dfu_operation_start_work (DfuOperation *self, double expected)
{
  dfu_progress_start_work (dfu_operation_lock (self), expected, g_get_monotonic_time ());
  dfu_operation_unlock (self);
}
