/* dfu-progress.c: how far the work on a device is, as numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-progress.h"

/* A rate measured over less than this, in microseconds, would jump about. */
#define RATE_KNOWN_AFTER (G_USEC_PER_SEC / 2)

/* How long what happened counts for the time left, in seconds: an erase of a few seconds that
 * nobody foretold stands for those that may follow, and is outweighed soon after. */
#define MEMORY 2.0

/* The shortest time over which a speed is taken, in microseconds. */
#define SAMPLE_TIME (G_USEC_PER_SEC / 10)

#define TIME_LEFT_UNKNOWN -1.0

#define NO_WORK -1

#define NOT_YET -1

/* After so many seconds without a byte what was measured before says nothing any more. */
#define SILENCE 2

/* Flash chips are slower or faster than typical ones, and one erase tells about the next when it
 * was foretold to take so many seconds at least. */
#define TELLING_ERASE 0.2

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
                         .time_left = TIME_LEFT_UNKNOWN,
                         .work_elapsed = NO_WORK,
                         .work_since = NO_WORK,
                         .advanced_at = NOT_YET };
}

static void
forget_speed (DfuProgress *self)
{
  self->sampled_bytes = 0;
  self->recent_rate = 0;
  self->rate = 0;
  self->time_left = TIME_LEFT_UNKNOWN;
  self->erase_due = 0;
  self->erases_foretold = 0;
  self->erases_taken = 0;
}

static void
start_clock (DfuProgress *self, gint64 now)
{
  forget_speed (self);
  self->writing_since = now;
  self->sampled_at = now;
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

static void
forget_work (DfuProgress *self)
{
  self->work_since = NO_WORK;
  self->work_expected = DFU_PROGRESS_UNFORETOLD;
  self->work_elapsed = NO_WORK;
}

/* A block that was taken is the end of what the device erased for it. Of an erase that was foretold
 * the speed takes no notice. */
static void
end_work (DfuProgress *self, gint64 now)
{
  const gint64 duration = now - self->work_since;

  if (self->work_since != NO_WORK && self->work_expected > DFU_PROGRESS_UNFORETOLD) {
    self->erases_foretold += self->work_expected;
    self->erases_taken += duration / (double) G_USEC_PER_SEC;
    self->sampled_at += duration;
  }

  forget_work (self);
}

/* How many seconds the erases still take that were foretold to take so many. */
static double
correct (const DfuProgress *self, double foretold)
{
  return self->erases_foretold < TELLING_ERASE
           ? foretold
           : foretold * self->erases_taken / self->erases_foretold;
}

/* What erases have taken says nothing about a check. */
static double
get_work_left (const DfuProgress *self, gint64 now)
{
  const double expected = self->phase == DFU_PHASE_MANIFESTING
                            ? self->work_expected
                            : correct (self, self->work_expected);
  double present = 0.0;

  if (self->work_since != NO_WORK)
    present = expected - (now - self->work_since) / (double) G_USEC_PER_SEC;

  return MAX (present, 0.0) + correct (self, self->erase_due);
}

/**
 * dfu_progress_counts_bytes:
 * @phase: a phase
 *
 * Returns: whether bytes are counted in it
 */
gboolean
dfu_progress_counts_bytes (DfuPhase phase)
{
  return phase == DFU_PHASE_READING || phase == DFU_PHASE_ERASING || phase == DFU_PHASE_WRITING ||
         phase == DFU_PHASE_VERIFYING;
}

static double
compute_fraction_of_all (const DfuProgress *self)
{
  if (self->step == 0)
    return 0.0;

  return (self->step - 1 + dfu_progress_get_fraction (self)) / MAX (self->n_steps, self->step);
}

static void
keep_fraction (DfuProgress *self)
{
  self->fraction_reached = MAX (self->fraction_reached, compute_fraction_of_all (self));
}

/**
 * dfu_progress_enter:
 * @self: the progress
 * @phase: what the work is at from now on
 *
 * Sets @self->phase. Where bytes are counted in it, they are counted from 0 on, and nothing is
 * known of how fast they go.
 */
void
dfu_progress_enter (DfuProgress *self, DfuPhase phase)
{
  if (dfu_progress_counts_bytes (phase)) {
    self->step++;
    self->bytes_done = 0;
    forget_speed (self);
  }
  self->advanced_at = NOT_YET;

  self->phase = phase;
  if (phase != DFU_PHASE_DONE)
    self->reached = phase;
  forget_work (self);
}

/**
 * dfu_progress_foretell_erases:
 * @self: the progress, whose clock was started
 * @seconds: how long the device will typically erase in this phase
 *
 * Lets the time left count what it would otherwise learn from the past.
 */
void
dfu_progress_foretell_erases (DfuProgress *self, double seconds)
{
  self->erase_due = seconds;
}

/**
 * dfu_progress_start_work:
 * @self: the progress
 * @expected: how many seconds of those foretold it will typically take, or
 *   %DFU_PROGRESS_UNFORETOLD
 * @now: monotonic time, in microseconds
 *
 * Takes note that the device erases from now on, or checks what it was given, until
 * dfu_progress_advance() or dfu_progress_enter() is called, and that nothing else is heard of it
 * meanwhile.
 */
void
dfu_progress_start_work (DfuProgress *self, double expected, gint64 now)
{
  self->work_since = now;
  self->work_expected = expected;
  self->erase_due = MAX (self->erase_due - expected, 0.0);
  dfu_progress_look (self, now);
}

/**
 * dfu_progress_is_at_work:
 * @self: the progress
 *
 * Returns: whether the device is at an erase, or at a check, that it was seen to begin
 */
gboolean
dfu_progress_is_at_work (const DfuProgress *self)
{
  return self->work_since != NO_WORK;
}

/**
 * dfu_progress_runs_on:
 * @self: the progress
 *
 * Returns: whether dfu_progress_look() finds something new from time to time
 */
gboolean
dfu_progress_runs_on (const DfuProgress *self)
{
  return dfu_progress_is_at_work (self) || self->advanced_at != NOT_YET;
}

/* A device that erases is at work, and was foretold to be silent. */
static int
measure_silence (const DfuProgress *self, gint64 now)
{
  const gint64 seconds = (now - self->advanced_at) / G_USEC_PER_SEC;

  if (self->work_since != NO_WORK || self->advanced_at == NOT_YET || seconds < SILENCE)
    return 0;

  return (int) MIN (seconds, G_MAXINT);
}

/**
 * dfu_progress_look:
 * @self: the progress
 * @now: monotonic time, in microseconds
 *
 * Brings up to date what changes while nothing is heard of the device.
 */
void
dfu_progress_look (DfuProgress *self, gint64 now)
{
  if (self->work_since != NO_WORK)
    self->work_elapsed = (int) ((now - self->work_since) / G_USEC_PER_SEC);

  if (self->bytes_total >= self->bytes_done && self->bytes_total > 0 && self->recent_rate > 0.0)
    self->time_left =
      (self->bytes_total - self->bytes_done) / self->recent_rate + get_work_left (self, now);

  /* What is overdue, or was not foretold, ends when it ends. */
  if (!dfu_progress_counts_bytes (self->phase) && self->time_left <= 0.0)
    self->time_left = TIME_LEFT_UNKNOWN;

  self->silence = measure_silence (self, now);
  if (self->silence > 0) {
    self->rate = 0.0;
    self->time_left = TIME_LEFT_UNKNOWN;
  }
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
  end_work (self, now);
  self->bytes_done = bytes_done;
  self->advanced_at = now;
  self->silence = 0;
  keep_fraction (self);

  if (bytes_done == 0)
    start_clock (self, now);

  elapsed = now - self->writing_since;
  if (elapsed < RATE_KNOWN_AFTER)
    return;

  self->rate = bytes_done * (double) G_USEC_PER_SEC / elapsed;
  if (now - self->sampled_at >= SAMPLE_TIME)
    sample_rate (self, now);
  dfu_progress_look (self, now);
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

/**
 * dfu_progress_get_fraction_of_all:
 * @self: the progress
 *
 * Returns: how much of the whole work is done, from 0 to 1, as if all its steps took equally long;
 *   never less than before, also where a step comes that was not expected
 */
double
dfu_progress_get_fraction_of_all (const DfuProgress *self)
{
  return MAX (self->fraction_reached, compute_fraction_of_all (self));
}

/**
 * dfu_progress_is_last_step:
 * @self: the progress
 *
 * Returns: whether no other phase is expected in which bytes are counted
 */
gboolean
dfu_progress_is_last_step (const DfuProgress *self)
{
  return self->step >= self->n_steps;
}
