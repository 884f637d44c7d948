/* test-dfu-progress.c: rate and time left from injected time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-progress.h"

#define SECOND G_USEC_PER_SEC

static void
start_writing (DfuProgress *progress, guint64 bytes_total)
{
  dfu_progress_init (progress, bytes_total);
  progress->phase = DFU_PHASE_WRITING;
}

static void
test_start (void)
{
  DfuProgress progress;

  dfu_progress_init (&progress, 1000);

  g_assert_cmpint (progress.phase, ==, DFU_PHASE_WAITING);
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_NONE);
  g_assert_false (progress.flash_touched);
  g_assert_cmpfloat (dfu_progress_get_fraction (&progress), ==, 0.0);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);
}

static void
test_rate (void)
{
  DfuProgress progress;

  start_writing (&progress, 1000);

  dfu_progress_advance (&progress, 0, 100 * SECOND);
  g_assert_true (progress.flash_touched);
  g_assert_cmpfloat (progress.rate, ==, 0.0);

  dfu_progress_advance (&progress, 10, 100 * SECOND + SECOND / 4);
  g_assert_cmpfloat (progress.rate, ==, 0.0);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);

  dfu_progress_advance (&progress, 250, 101 * SECOND);
  g_assert_cmpfloat_with_epsilon (progress.rate, 250.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 3.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction (&progress), 0.25, 1e-9);

  dfu_progress_advance (&progress, 1000, 104 * SECOND);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 0.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction (&progress), 1.0, 1e-9);
}

/* What was measured while the device answered says nothing of one that does not. */
static void
test_silence (void)
{
  DfuProgress progress;

  start_writing (&progress, 1000);
  g_assert_false (dfu_progress_runs_on (&progress));
  dfu_progress_advance (&progress, 0, 100 * SECOND);
  dfu_progress_advance (&progress, 250, 101 * SECOND);
  g_assert_true (dfu_progress_runs_on (&progress));

  dfu_progress_look (&progress, 103 * SECOND - 1);
  g_assert_cmpint (progress.silence, ==, 0);
  g_assert_cmpfloat (progress.rate, >, 0.0);
  g_assert_cmpfloat (progress.time_left, >, 0.0);

  dfu_progress_look (&progress, 106 * SECOND);
  g_assert_cmpint (progress.silence, ==, 5);
  g_assert_cmpfloat (progress.rate, ==, 0.0);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);

  dfu_progress_advance (&progress, 500, 107 * SECOND);
  g_assert_cmpint (progress.silence, ==, 0);
  g_assert_cmpfloat (progress.rate, >, 0.0);
  g_assert_cmpfloat (progress.time_left, >, 0.0);

  /* One that erases is silent for a reason. */
  dfu_progress_start_work (&progress, 3.0, 107 * SECOND);
  dfu_progress_look (&progress, 112 * SECOND);
  g_assert_cmpint (progress.silence, ==, 0);

  dfu_progress_enter (&progress, DFU_PHASE_DONE);
  g_assert_false (dfu_progress_runs_on (&progress));
  dfu_progress_look (&progress, 120 * SECOND);
  g_assert_cmpint (progress.silence, ==, 0);
}

/* An ESP ROM may erase for seconds before the first byte counts. */
static void
test_nothing_done_for_long (void)
{
  DfuProgress progress;

  start_writing (&progress, 1000);
  dfu_progress_advance (&progress, 0, 0);
  dfu_progress_advance (&progress, 0, 10 * SECOND);

  g_assert_cmpfloat (progress.rate, ==, 0.0);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);
}

#define N_BLOCKS 14720
#define BLOCK 64

/* What an ESP32-S2 takes for a block, in microseconds: two parts of 512 KiB are erased within their
 * first blocks. */
static gint64
get_block_time (guint block)
{
  const gint64 wire_and_program = 525;

  switch (block) {
  case 40:
    return wire_and_program + 270 * G_TIME_SPAN_MILLISECOND;
  case 600:
    return wire_and_program + 1770 * G_TIME_SPAN_MILLISECOND;
  case 8800:
    return wire_and_program + 1620 * G_TIME_SPAN_MILLISECOND;
  default:
    return wire_and_program;
  }
}

/* What is told is nearer to what comes than the average since the beginning is, which counts the
 * long erase of the start for ever. */
static void
test_time_left_after_erase (void)
{
  double our_error = 0.0, average_error = 0.0;
  gint64 now = 0, end = 0;
  DfuProgress progress;

  for (guint i = 0; i < N_BLOCKS; i++)
    end += get_block_time (i);

  start_writing (&progress, N_BLOCKS * BLOCK);
  dfu_progress_advance (&progress, 0, now);

  for (guint i = 0; i < N_BLOCKS; i++) {
    now += get_block_time (i);
    dfu_progress_advance (&progress, (i + 1) * BLOCK, now);
    if (progress.rate > 0.0) {
      const double truth = (end - now) / (double) SECOND;
      const double average = (progress.bytes_total - progress.bytes_done) / progress.rate;

      our_error += ABS (progress.time_left - truth);
      average_error += ABS (average - truth);
    }
  }

  g_test_message ("Mean error %.2f s, of the average %.2f s", our_error / N_BLOCKS,
                  average_error / N_BLOCKS);
  g_assert_cmpfloat (our_error, <, average_error * 0.6);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 0.0, 1e-9);
}

/* Foretells and meets an erase: @before bytes at 100 bytes a second, then @taken seconds. */
static gint64
write_and_erase (DfuProgress *progress, guint64 before, double expected, double taken)
{
  const gint64 since = (gint64) (before / 100.0 * SECOND);

  dfu_progress_advance (progress, 0, 0);
  dfu_progress_foretell_erases (progress, 2 * expected);
  for (guint64 bytes = 10; bytes <= before; bytes += 10)
    dfu_progress_advance (progress, bytes, (gint64) (bytes / 100.0 * SECOND));
  dfu_progress_start_work (progress, expected, since);

  return since + (gint64) (taken * SECOND);
}

/* Nothing is heard of the device, and the time left shrinks all the same, by as much. */
static void
test_erase_goes_on (void)
{
  DfuProgress progress;

  start_writing (&progress, 1000);
  write_and_erase (&progress, 200, 5.0, 0.0);
  g_assert_true (dfu_progress_is_at_work (&progress));
  g_assert_cmpint (progress.work_elapsed, ==, 0);
  g_assert_cmpfloat (progress.work_expected, ==, 5.0);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 8.0 + 10.0, 1e-6);

  dfu_progress_look (&progress, 5 * SECOND + SECOND / 2);
  g_assert_cmpint (progress.work_elapsed, ==, 3);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 8.0 + 6.5, 1e-6);

  /* It takes longer than foretold: the rest is still to come. */
  dfu_progress_look (&progress, 60 * SECOND);
  g_assert_cmpint (progress.work_elapsed, ==, 58);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 8.0 + 5.0, 1e-6);
}

/* The erase is over with the next block, does not slow the rate that the time left is taken from,
 * and tells how long the next one takes on this chip. */
static void
test_erase_ends (void)
{
  DfuProgress progress;
  gint64 now;

  start_writing (&progress, 1000);
  now = write_and_erase (&progress, 200, 5.0, 10.0);
  dfu_progress_advance (&progress, 210, now + SECOND / 10);

  g_assert_false (dfu_progress_is_at_work (&progress));
  g_assert_cmpint (progress.work_elapsed, ==, -1);
  g_assert_cmpfloat (progress.work_expected, ==, DFU_PROGRESS_UNFORETOLD);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 7.9 + 10.1, 0.2);
}

/* What nobody foretold counts as before: it stands for what may follow. */
static void
test_erase_unforetold (void)
{
  DfuProgress progress;

  start_writing (&progress, 1000);
  dfu_progress_enter (&progress, DFU_PHASE_ERASING);
  dfu_progress_advance (&progress, 0, 0);
  dfu_progress_start_work (&progress, DFU_PROGRESS_UNFORETOLD, 0);
  dfu_progress_look (&progress, 4 * SECOND);
  g_assert_cmpint (progress.work_elapsed, ==, 4);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);

  dfu_progress_advance (&progress, 500, 10 * SECOND);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 10.0, 1e-6);

  /* Nothing that is over erases. */
  dfu_progress_start_work (&progress, DFU_PROGRESS_UNFORETOLD, 10 * SECOND);
  dfu_progress_enter (&progress, DFU_PHASE_DONE);
  g_assert_false (dfu_progress_is_at_work (&progress));
  g_assert_cmpint (progress.reached, ==, DFU_PHASE_ERASING);
}

/* A check takes the time that was foretold for it, whatever the erases took. */
static void
test_check (void)
{
  DfuProgress progress;
  gint64 now;

  start_writing (&progress, 1000);
  now = write_and_erase (&progress, 200, 5.0, 10.0) + 8 * SECOND;
  dfu_progress_advance (&progress, 1000, now);
  dfu_progress_enter (&progress, DFU_PHASE_MANIFESTING);
  g_assert_false (dfu_progress_is_at_work (&progress));

  progress.erase_due = 0.0;
  dfu_progress_start_work (&progress, 4.0, now);
  g_assert_true (dfu_progress_is_at_work (&progress));
  g_assert_cmpfloat_with_epsilon (progress.time_left, 4.0, 1e-6);
  dfu_progress_look (&progress, now + 3 * SECOND);
  g_assert_cmpint (progress.work_elapsed, ==, 3);
  g_assert_cmpfloat_with_epsilon (progress.time_left, 1.0, 1e-6);
  dfu_progress_look (&progress, now + 9 * SECOND);
  g_assert_cmpint (progress.work_elapsed, ==, 9);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);

  dfu_progress_enter (&progress, DFU_PHASE_VERIFYING);
  g_assert_false (dfu_progress_is_at_work (&progress));
}

/* The chip of above, whose erases were foretold: what is told never jumps, and is right but for
 * what nobody can know. */
static void
test_time_left_foretold (void)
{
  gint64 now = 0, end = 0;
  double worst = 0.0;
  DfuProgress progress;

  for (guint i = 0; i < N_BLOCKS; i++)
    end += get_block_time (i);

  start_writing (&progress, N_BLOCKS * BLOCK);
  dfu_progress_advance (&progress, 0, now);
  dfu_progress_foretell_erases (&progress, 0.27 + 1.77 + 1.62);

  for (guint i = 0; i < N_BLOCKS; i++) {
    const gint64 block_time = get_block_time (i);

    if (block_time > SECOND / 10)
      dfu_progress_start_work (&progress, (double) block_time / SECOND, now);
    now += block_time;
    dfu_progress_advance (&progress, (i + 1) * BLOCK, now);
    if (progress.time_left >= 0.0)
      worst = MAX (worst, ABS (progress.time_left - (end - now) / (double) SECOND));
  }

  g_test_message ("Worst error %.2f s of %.1f s", worst, end / (double) SECOND);
  g_assert_cmpfloat (worst, <, 0.2);
}

static void
test_empty (void)
{
  DfuProgress progress;

  start_writing (&progress, 0);

  g_assert_cmpfloat (dfu_progress_get_fraction (&progress), ==, 0.0);
}

/* Of a job with several phases, such as erasing, writing and reading back. */
static void
test_steps (void)
{
  const DfuPhase phases[] = { DFU_PHASE_OPENING, DFU_PHASE_ERASING, DFU_PHASE_WRITING,
                              DFU_PHASE_VERIFYING };
  DfuProgress progress;
  double before = 0.0;

  dfu_progress_init (&progress, 1000);
  progress.n_steps = 3;

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++) {
    dfu_progress_enter (&progress, phases[i]);
    g_assert_cmpuint (progress.step, ==, i);
    g_assert_cmpint (dfu_progress_is_last_step (&progress), ==, i == 3);
    g_assert_cmpfloat (dfu_progress_get_fraction_of_all (&progress), >=, before);

    dfu_progress_advance (&progress, 0, i * SECOND);
    if (i > 0)
      dfu_progress_advance (&progress, 500, i * SECOND + SECOND / 4);
    g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction_of_all (&progress),
                                    i > 0 ? (i - 0.5) / 3.0 : 0.0, 1e-9);
    if (i > 0)
      dfu_progress_advance (&progress, 1000, i * SECOND + SECOND / 2);
    before = dfu_progress_get_fraction_of_all (&progress);
  }

  g_assert_cmpfloat_with_epsilon (before, 1.0, 1e-9);
}

/* How fast a device takes bytes says nothing of how fast it gives them back. */
static void
test_next_phase (void)
{
  DfuProgress progress;

  start_writing (&progress, 1000);
  dfu_progress_advance (&progress, 0, 0);
  dfu_progress_foretell_erases (&progress, 10.0);
  dfu_progress_advance (&progress, 500, SECOND);
  g_assert_cmpfloat (progress.rate, >, 0.0);
  g_assert_cmpfloat (progress.time_left, >, 10.0);

  dfu_progress_enter (&progress, DFU_PHASE_VERIFYING);
  dfu_progress_look (&progress, 2 * SECOND);
  g_assert_cmpfloat (progress.rate, ==, 0.0);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);
}

/* Nothing that is done is undone by one that nobody expected. */
static void
test_unexpected_step (void)
{
  DfuProgress progress;

  dfu_progress_init (&progress, 1000);
  progress.n_steps = 1;
  dfu_progress_enter (&progress, DFU_PHASE_WRITING);
  dfu_progress_advance (&progress, 900, SECOND);
  g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction_of_all (&progress), 0.9, 1e-9);

  dfu_progress_enter (&progress, DFU_PHASE_VERIFYING);
  g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction_of_all (&progress), 0.9, 1e-9);
  dfu_progress_advance (&progress, 500, 2 * SECOND);
  g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction_of_all (&progress), 0.9, 1e-9);
  dfu_progress_advance (&progress, 900, 3 * SECOND);
  g_assert_cmpfloat_with_epsilon (dfu_progress_get_fraction_of_all (&progress), 0.95, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/progress/silence", test_silence);
  g_test_add_func ("/dfu/progress/start", test_start);
  g_test_add_func ("/dfu/progress/rate", test_rate);
  g_test_add_func ("/dfu/progress/nothing-done-for-long", test_nothing_done_for_long);
  g_test_add_func ("/dfu/progress/time-left-after-erase", test_time_left_after_erase);
  g_test_add_func ("/dfu/progress/time-left-foretold", test_time_left_foretold);
  g_test_add_func ("/dfu/progress/erase-goes-on", test_erase_goes_on);
  g_test_add_func ("/dfu/progress/erase-ends", test_erase_ends);
  g_test_add_func ("/dfu/progress/erase-unforetold", test_erase_unforetold);
  g_test_add_func ("/dfu/progress/check", test_check);
  g_test_add_func ("/dfu/progress/empty", test_empty);
  g_test_add_func ("/dfu/progress/steps", test_steps);
  g_test_add_func ("/dfu/progress/next-phase", test_next_phase);
  g_test_add_func ("/dfu/progress/unexpected-step", test_unexpected_step);

  return g_test_run ();
}
