/* dfu-progress.c: how far the work on a device is, as numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-progress.h"

/* A rate measured over less than this, in microseconds, would jump about. */
#define RATE_KNOWN_AFTER (G_USEC_PER_SEC / 2)

/* How long what happened counts for the time left, in seconds: an erase of a few seconds stands for
 * those that may follow, and is outweighed soon after. */
#define MEMORY 2.0

/* The shortest time over which a speed is taken, in microseconds. */
#define SAMPLE_TIME (G_USEC_PER_SEC / 10)

#define TIME_LEFT_UNKNOWN -1.0

/**
 * dfu_progress_init:
 * @self: (out caller-allocates): the progress
 * @bytes_total: how much there is to transfer; 0 while unknown
 *
 * Makes the progress of work that has not started.
 */
void
dfu_progress_init (DfuProgress *self, guint64 bytes_total)
{
  *self = (DfuProgress){ .phase = DFU_PHASE_WAITING,
                         .reached = DFU_PHASE_WAITING,
                         .outcome = DFU_OUTCOME_NONE,
                         .restart = DFU_RESTART_NONE,
                         .bytes_total = bytes_total,
                         .time_left = TIME_LEFT_UNKNOWN };
}

static void
start_clock (DfuProgress *self, gint64 now)
{
  self->writing_since = now;
  self->sampled_at = now;
  self->sampled_bytes = 0;
  self->recent_rate = 0;
  self->rate = 0;
  self->time_left = TIME_LEFT_UNKNOWN;
}

/* The longer a sample lasted, the more it counts. The first is all that is known. */
static void
sample_rate (DfuProgress *self, gint64 now)
{
  const double seconds = (now - self->sampled_at) / (double) G_USEC_PER_SEC;
  const double rate = (self->bytes_done - self->sampled_bytes) / seconds;
  const double weight = self->recent_rate > 0.0 ? seconds / (seconds + MEMORY) : 1.0;

  self->recent_rate += weight * (rate - self->recent_rate);
  self->sampled_at = now;
  self->sampled_bytes = self->bytes_done;
}

/**
 * dfu_progress_advance:
 * @self: the progress
 * @bytes_done: how many bytes the device has taken or given; 0 starts the clock
 * @now: monotonic time, in microseconds
 *
 * Takes note of a block.
 */
void
dfu_progress_advance (DfuProgress *self, guint64 bytes_done, gint64 now)
{
  gint64 elapsed;

  self->flash_touched |= self->phase == DFU_PHASE_ERASING || self->phase == DFU_PHASE_WRITING;
  self->bytes_done = bytes_done;

  if (bytes_done == 0)
    start_clock (self, now);

  elapsed = now - self->writing_since;
  if (elapsed < RATE_KNOWN_AFTER)
    return;

  self->rate = bytes_done * (double) G_USEC_PER_SEC / elapsed;
  if (now - self->sampled_at >= SAMPLE_TIME)
    sample_rate (self, now);

  if (self->bytes_total >= bytes_done && self->bytes_total > 0)
    self->time_left = (self->bytes_total - bytes_done) / self->recent_rate;
}

/**
 * dfu_progress_get_fraction:
 * @self: the progress
 *
 * Returns: how much of the whole is done, from 0 to 1; 0 where the whole is unknown
 */
double
dfu_progress_get_fraction (const DfuProgress *self)
{
  return self->bytes_total > 0 ? (double) self->bytes_done / self->bytes_total : 0.0;
}
