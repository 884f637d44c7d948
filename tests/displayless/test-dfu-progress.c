/* test-dfu-progress.c: rate and time left from injected time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-progress.h"

#define SECOND G_USEC_PER_SEC

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

  dfu_progress_init (&progress, 1000);

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

  dfu_progress_init (&progress, 1000);
  dfu_progress_advance (&progress, 0, 0);
  dfu_progress_advance (&progress, 0, 10 * SECOND);

  g_assert_cmpfloat (progress.rate, ==, 0.0);
  g_assert_cmpfloat (progress.time_left, ==, -1.0);
}

static void
test_empty (void)
{
  DfuProgress progress;

  dfu_progress_init (&progress, 0);

  g_assert_cmpfloat (dfu_progress_get_fraction (&progress), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/progress/start", test_start);
  g_test_add_func ("/dfu/progress/rate", test_rate);
  g_test_add_func ("/dfu/progress/nothing-done-for-long", test_nothing_done_for_long);
  g_test_add_func ("/dfu/progress/empty", test_empty);

  return g_test_run ();
}
