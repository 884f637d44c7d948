/* dfu-progress.h: how far the work on a device is, as numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-outcome.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

/**
 * DfuProgress:
 * @phase: where the work is
 * @reached: the last phase before %DFU_PHASE_DONE: where it ended, or where it is
 * @outcome: how it ended, once @phase is %DFU_PHASE_DONE
 * @read_back: what came of reading back
 * @restart: what became of the device at the end
 * @flash_touched: whether a byte was sent that may have changed the device's memory
 * @program_kept: whether the program that ran is still there, whatever becomes of the new one
 * @bytes_done: how much the device has taken or given in this phase
 * @bytes_total: how much there is; 0 while unknown
 * @rate: bytes a second since the phase began, erasing included; 0 while unknown
 * @time_left: seconds until the last block at the rate of the last seconds; -1 while unknown
 * @segment: (nullable): the part being written, borrowed from the image
 * @writing_since: monotonic time of the first block of the phase, in microseconds
 * @sampled_at: monotonic time of the last look at the speed, in microseconds
 * @sampled_bytes: @bytes_done at that time
 * @recent_rate: bytes a second of the last seconds, what is longer ago counting less
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
  guint64 bytes_done;
  guint64 bytes_total;
  double rate;
  double time_left;
  FirmwareSegment *segment;
  gint64 writing_since;
  gint64 sampled_at;
  guint64 sampled_bytes;
  double recent_rate;
} DfuProgress;

void dfu_progress_init (DfuProgress *self, guint64 bytes_total);
void dfu_progress_advance (DfuProgress *self, guint64 bytes_done, gint64 now);
double dfu_progress_get_fraction (const DfuProgress *self);

G_END_DECLS
