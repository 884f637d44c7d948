/* test-dfu-fault-matrix.c: every kind of board, every kind of work, every fault, at every transfer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table is made by multiplication. Of each cell it is known what must not be, whatever the
 * fault: a success that is none, a failure without a reason, a wait without an end, a pipe that is
 * left open, a board that needs help although it still answers.
 */

#include "dfu-error.h"
#include "engine-seam.h"
#include "fault-run.h"

/* The sum of what whoever cancels may wait for, in seconds: the last answer, and whether the board
 * leaves. */
#define SOON 4

/* So many transfers at the beginning, and so many at the end, are all tried. */
#define DENSE 24
#define DENSE_AT_END 8

typedef struct {
  const FaultKind *kind;
  const FaultWork *work;
  const Fault *fault;
} Sheet;

/* Manifestation is waited for, as is all that a ROM may wedge from. */
static gboolean
must_be_waited_for (FaultRun *run, const DfuProgress *progress)
{
  return run->kind->wedges || progress->reached == DFU_PHASE_MANIFESTING;
}

/* Gone when it should have told how manifestation went. */
static gboolean
is_left (const GError *error)
{
  return usb_error_is_gone (error) || g_error_matches (error, DFU_ERROR, DFU_ERROR_LEFT);
}

/* A board that does not answer in time has failed whoever cancels, as has one that leaves while it
 * manifests and never comes back: it is waited for. */
static gboolean
may_have_failed (const DfuProgress *progress, const GError *error)
{
  return usb_error_is_timed_out (error) ||
         (is_left (error) && progress->reached == DFU_PHASE_MANIFESTING &&
          board_world_get_return () == BOARD_WORLD_RETURNS_NEVER);
}

/* Of a board that does not stay to tell, nobody knows that it was unplugged while it manifested. */
static void
assert_unknown (const FaultKind *kind, const DfuProgress *progress, const GError *error)
{
  if (progress->reached == DFU_PHASE_MANIFESTING && is_left (error))
    g_assert_cmpint (g_error_matches (error, DFU_ERROR, DFU_ERROR_LEFT), ==, !kind->compares);
  else
    g_assert_false (g_error_matches (error, DFU_ERROR, DFU_ERROR_LEFT));
}

static void
assert_reason (const DfuProgress *progress, const GError *error)
{
  const gboolean is_cancelled = g_cancellable_is_cancelled (board_world_get_cancellable ());

  g_assert_cmpint (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED), ==,
                   is_cancelled && !may_have_failed (progress, error));
}

/* Who left instead of telling has not compared, and is not seen to have. */
static void
assert_leave (const Sheet *sheet, gboolean has_failed, gboolean is_good)
{
  if (has_failed && sheet->kind->compares && sheet->fault->fault == BOARD_WORLD_LEAVE &&
      sheet->work->flags == DFU_UPGRADE_DEFAULT && !sheet->work->reads)
    g_assert_false (is_good);
}

/* Who was asked to stay is there and takes more, unless it was seen to leave, as some must. */
static void
assert_stay (const FaultWork *work, DfuOperation *operation, gboolean is_good)
{
  const DfuRestart restart = dfu_operation_get_progress (operation).restart;

  if (!is_good || (work->flags & DFU_UPGRADE_STAY) == 0 || restart == DFU_RESTART_DONE ||
      restart == DFU_RESTART_BOOTLOADER)
    return;

  g_assert_cmpint (restart, ==, DFU_RESTART_STAYED);
  g_assert_cmpstr (board_get_mode (board_world_get_board ()), ==, "dfu");
}

/* Whoever cancels when all is written leaves the board at its work, also when it was called back
 * from there to be compared; or is told that it waits in its bootloader. */
static void
assert_cancelled (FaultRun *run, DfuOperation *operation, gboolean is_good)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);

  if (!DFU_IS_UPGRADE (operation) || !g_cancellable_is_cancelled (board_world_get_cancellable ()) ||
      (!is_good && progress.reached < DFU_PHASE_VERIFYING))
    return;

  if (run->kind->leaves) {
    g_assert_cmpstr (board_get_mode (board_world_get_board ()), ==, "runtime");
    g_assert_true (progress.restart == DFU_RESTART_DONE || progress.restart == DFU_RESTART_ASKED);
  } else if (!is_good && !progress.is_silent) {
    g_assert_cmpstr (board_get_mode (board_world_get_board ()), ==, "dfu");
    g_assert_cmpint (progress.restart, ==, DFU_RESTART_STAYED);
  }
}

/* Whoever cancels is soon done, and is told when the board did not answer. */
static void
assert_soon (FaultRun *run, DfuOperation *operation)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);
  const gint64 cancelled_at = board_world_get_cancelled_at ();

  if (cancelled_at == 0 || must_be_waited_for (run, &progress))
    return;

  g_assert_cmpint (engine_seam.now - cancelled_at, <=, SOON * G_USEC_PER_SEC);
  if (progress.outcome == DFU_OUTCOME_CANCELLED && progress.reached > DFU_PHASE_RETURNING)
    g_assert_cmpint (progress.is_silent, ==, board_world_was_abandoned ());
}

/* It may still answer, so whoever cancels waits as long as anybody. */
static void
assert_patience (FaultRun *run, DfuOperation *operation, const GError *error)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);
  const gint64 cancelled_at = board_world_get_cancelled_at ();

  if (!board_world_is_silent () || cancelled_at == 0 || !must_be_waited_for (run, &progress) ||
      progress.reached <= DFU_PHASE_RETURNING)
    return;

  g_assert_error (error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_false (progress.is_silent);
  g_assert_cmpint (engine_seam.now - cancelled_at, >, SOON * G_USEC_PER_SEC);
}

static void
check (FaultRun *run, const FaultWork *work, DfuOperation *operation, const GError *error)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);
  const gboolean is_good = error == NULL;

  if (!is_good) {
    assert_reason (&progress, error);
    assert_unknown (run->kind, &progress, error);
  }
  assert_stay (work, operation, is_good);
  assert_cancelled (run, operation, is_good);
  assert_soon (run, operation);
  assert_patience (run, operation, error);
}

static void
assert_usable_again (FaultRun *run)
{
  g_autoptr (GError) error = NULL;

  fault_run_help ();
  fault_run_try (run, &fault_works[0], &error);
  g_assert_no_error (error);
}

/* One cell. Returns whether the work got as far as the fault. */
static gboolean
test_cell (FaultRun *run, const Sheet *sheet, guint n, guint *n_good)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good, has_failed;

  board_world_start (sheet->kind->create ());
  board_world_set_return (sheet->fault->comes_back);
  board_world_fail (sheet->fault->fault, n);

  is_good = fault_run_try (run, sheet->work, &error);
  has_failed = board_world_has_failed ();
  assert_leave (sheet, has_failed, is_good);
  *n_good += is_good;

  assert_usable_again (run);
  board_world_stop ();
  return has_failed;
}

static guint
choose_next (guint n, guint stride, guint n_transfers)
{
  const guint end = MAX (n_transfers, DENSE + DENSE_AT_END) - DENSE_AT_END;

  return n < DENSE || n >= end ? n + 1 : MIN (n + stride, end);
}

static void
test_sheet (gconstpointer user_data)
{
  const Sheet *sheet = user_data;
  FaultRun run = { 0 };
  guint n_transfers;
  guint n_cells = 0;
  guint n_good = 0;

  fault_run_init (&run, sheet->kind, check);
  n_transfers = fault_run_count_transfers (&run, sheet->work);
  for (guint n = 0; test_cell (&run, sheet, n, &n_good);
       n = choose_next (n, sheet->kind->stride, n_transfers))
    n_cells++;

  g_test_message ("%u cells, %u of them a success", n_cells, n_good);
  g_assert_cmpuint (n_cells, >, 3);
  fault_run_clear (&run);
}

static void
add_sheet (const FaultKind *kind, const FaultWork *work, const Fault *fault)
{
  g_autofree char *path =
    g_strdup_printf ("/dfu/fault-matrix/%s/%s/%s", kind->name, work->name, fault->name);
  Sheet *sheet = g_new (Sheet, 1);

  *sheet = (Sheet){ kind, work, fault };
  g_test_add_data_func_full (path, sheet, test_sheet, g_free);
}

static void
add (const FaultKind *kind, const FaultWork *work)
{
  for (guint i = 0; i < n_faults; i++)
    add_sheet (kind, work, &faults[i]);
}

int
main (int argc, char **argv)
{
  fault_run_init_tests (&argc, &argv);

  fault_run_add_tests (add);

  return g_test_run ();
}
