/* dfu-progress.h: how far the work on a device is, as numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-outcome.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

/* How many seconds something is expected to take of which nobody knows. */
#define DFU_PROGRESS_UNFORETOLD 0.0

/**
 * DfuProgress:
 * @phase: where the work is
 * @reached: the last phase before %DFU_PHASE_DONE: where it ended, or where it is
 * @outcome: how it ended, once @phase is %DFU_PHASE_DONE
 * @read_back: what came of reading back
 * @restart: what became of the device at the end
 * @flash_touched: whether a byte was sent that may have changed the device's memory
 * @program_kept: whether the program that ran is still there, whatever becomes of the new one
 * @is_written: whether the device has taken all that it was to hold and reported no error, whatever
 *   is found out when that is compared
 * @is_compared: whether the device itself has found that to be what it was given
 * @only_erases: whether nothing is to be written to the device
 * @unprotects: whether its protection against reading is to be taken, and everything erased with it
 * @is_silent: whether it did not answer, and was not waited for because somebody cancelled
 * @n_steps: how many phases are expected in which bytes are counted; 0 where nobody has said
 * @step: which of them this is, from 1 on; 0 before the first
 * @fraction_reached: the most that was ever done of all, from 0 to 1
 * @bytes_done: how much the device has taken or given in this phase
 * @bytes_total: how much there is; 0 while unknown
 * @rate: bytes a second since the phase began, erasing included; 0 while unknown
 * @time_left: seconds until the last block: at the rate of the last seconds, and with the time of
 *   the erases that were foretold; -1 while unknown
 * @work_elapsed: whole seconds since the device began to erase what it erases now, or to check what
 *   it was given; -1 when it does neither, as far as anybody knows
 * @work_expected: how many seconds that was foretold to take, or
 *   %DFU_PROGRESS_UNFORETOLD
 * @silence: whole seconds since bytes were counted last where they are counted now, once that is
 *   long enough for @rate and @time_left to be unknown; else 0
 * @segment: (nullable): the part being written, borrowed from the image
 * @writing_since: monotonic time of the first block of the phase, in microseconds
 * @sampled_at: monotonic time of the last look at the speed, in microseconds
 * @sampled_bytes: @bytes_done at that time
 * @recent_rate: bytes a second of the last seconds, what is longer ago counting less, and erases
 *   that were foretold not at all
 * @work_since: monotonic time when that began, in microseconds; -1 without one
 * @advanced_at: monotonic time when bytes were counted last in this phase, in microseconds; -1
 *   before
 * @erase_due: seconds foretold for the erases that have not begun
 * @erases_foretold: seconds foretold for the erases that are over
 * @erases_taken: seconds that they took
 *
 * A snapshot. Plain data: copy it freely.
 */
typedef struct {
  DfuPhase phase;
  DfuPhase reached;
  DfuOutcome outcome;
  DfuReadBack read_back;
  DfuRestart restart;
  gboolean flash_touched;
  gboolean program_kept;
  gboolean is_written;
  gboolean is_compared;
  gboolean only_erases;
  gboolean unprotects;
  gboolean is_silent;
  guint n_steps;
  guint step;
  double fraction_reached;
  guint64 bytes_done;
  guint64 bytes_total;
  double rate;
  double time_left;
  int work_elapsed;
  double work_expected;
  int silence;
  FirmwareSegment *segment;
  gint64 writing_since;
  gint64 sampled_at;
  guint64 sampled_bytes;
  double recent_rate;
  gint64 work_since;
  gint64 advanced_at;
  double erase_due;
  double erases_foretold;
  double erases_taken;
} DfuProgress;

void dfu_progress_init (DfuProgress *self, guint64 bytes_total);
gboolean dfu_progress_counts_bytes (DfuPhase phase);
void dfu_progress_enter (DfuProgress *self, DfuPhase phase);
void dfu_progress_advance (DfuProgress *self, guint64 bytes_done, gint64 now);
void dfu_progress_foretell_erases (DfuProgress *self, double seconds);
void dfu_progress_start_work (DfuProgress *self, double expected, gint64 now);
gboolean dfu_progress_is_at_work (const DfuProgress *self);
gboolean dfu_progress_runs_on (const DfuProgress *self);
void dfu_progress_look (DfuProgress *self, gint64 now);
double dfu_progress_get_fraction (const DfuProgress *self);
double dfu_progress_get_fraction_of_all (const DfuProgress *self);
gboolean dfu_progress_is_last_step (const DfuProgress *self);

G_END_DECLS
