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

static void
test_empty (void)
{
  DfuProgress progress;

  start_writing (&progress, 0);

  g_assert_cmpfloat (dfu_progress_get_fraction (&progress), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/progress/start", test_start);
  g_test_add_func ("/dfu/progress/rate", test_rate);
  g_test_add_func ("/dfu/progress/nothing-done-for-long", test_nothing_done_for_long);
  g_test_add_func ("/dfu/progress/time-left-after-erase", test_time_left_after_erase);
  g_test_add_func ("/dfu/progress/empty", test_empty);

  return g_test_run ();
}
