/* test-dfu-fault-pairs.c: a fault, and another one while the engine deals with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All pairs at all transfers would be millions, so they are drawn by lot; always the same ones.
 * What must not be is what must not be after one fault.
 */

#include <stdlib.h>

#include "dfu-error.h"
#include "fault-run.h"

/* Of each kind of board and each kind of work, unless the environment says otherwise. */
#define N_PAIRS 50
#define N_PAIRS_VARIABLE "BOOTLACE_TEST_FAULT_PAIRS"

/* The second fault comes mostly so soon behind the first. */
#define NEAR 8

typedef struct {
  const FaultKind *kind;
  const FaultWork *work;
} Sheet;

typedef struct {
  const Fault *first;
  const Fault *second;
  guint at;
  guint again; /* behind the first */
} Pair;

/* What once went wrong. */
static const struct {
  const char *kind;
  const char *work;
  const char *first;
  guint at;
  const char *second;
  guint again;
} found[] = {
  /* Whoever tries again at once comes while it is busy with the last block. */
  { "generic", "write", "cancel", 10, "break", 0 },
  /* The memory that was to be looked at does not tell of itself. */
  { "stm32l4", "unprotect", "leave-other", 3, "stall", 2 },
};

static guint
get_n_pairs (void)
{
  const char *text = g_getenv (N_PAIRS_VARIABLE);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : N_PAIRS;
}

/* Half of the first ones near an end of the work, where it is decided. */
static Pair
draw (GRand *rand, guint n_transfers)
{
  const guint at = (guint) g_rand_int_range (rand, 0, (gint32) n_transfers);
  const guint near = (guint) g_rand_int_range (rand, 0, (gint32) MIN (2 * NEAR, n_transfers));
  const guint again = (guint) g_rand_int_range (rand, 0, (gint32) n_transfers);
  const guint soon = (guint) g_rand_int_range (rand, 0, NEAR);

  return (Pair){
    .first = &faults[g_rand_int_range (rand, 0, (gint32) n_faults)],
    .second = &faults[g_rand_int_range (rand, 0, (gint32) n_faults)],
    .at = g_rand_boolean (rand) ? at : n_transfers - 1 - near,
    .again = g_rand_int_range (rand, 0, 4) == 0 ? again : soon,
  };
}

static void
plan (const Pair *pair)
{
  board_world_set_return (pair->first->comes_back != BOARD_WORLD_RETURNS
                            ? pair->first->comes_back
                            : pair->second->comes_back);
  board_world_fail (pair->first->fault, pair->at);
  board_world_fail_again (pair->second->fault, pair->again);
}

/* One that goes on with a download that was broken off is told to restart instead. If the second
 * fault was there, it says itself that what it has is wrong, and is told again. */
static gboolean
try_again (FaultRun *run, GError **error)
{
  g_autoptr (GError) first_error = NULL;

  if (!run->kind->is_mute || fault_run_try (run, &fault_works[0], &first_error))
    return fault_run_try (run, &fault_works[0], error);

  g_assert_error (first_error, DFU_ERROR, DFU_ERROR_CORRUPT);
  return fault_run_try (run, &fault_works[0], error);
}

static void
assert_usable_again (FaultRun *run)
{
  g_autoptr (GError) error = NULL;

  fault_run_help ();
  try_again (run, &error);
  g_assert_no_error (error);
}

/* Returns whether the work got as far as the second fault. */
static gboolean
test_pair (FaultRun *run, const FaultWork *work, const Pair *pair)
{
  g_autoptr (GError) error = NULL;
  gboolean has_failed_again;

  g_test_message ("%s at %u, %s at %u behind it", pair->first->name, pair->at, pair->second->name,
                  pair->again);
  board_world_start (run->kind->create ());
  plan (pair);
  fault_run_try (run, work, &error);
  has_failed_again = board_world_has_failed_again ();

  assert_usable_again (run);
  board_world_stop ();
  return has_failed_again;
}

static void
test_sheet (gconstpointer user_data)
{
  const Sheet *sheet = user_data;
  const guint n_pairs = get_n_pairs ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  FaultRun run = { 0 };
  guint n_transfers;
  guint n_again = 0;

  fault_run_init (&run, sheet->kind, NULL);
  n_transfers = fault_run_count_transfers (&run, sheet->work);
  for (guint i = 0; i < n_pairs; i++) {
    const Pair pair = draw (rand, n_transfers);

    n_again += test_pair (&run, sheet->work, &pair);
  }

  g_test_message ("%u pairs, %u of them got as far as the second", n_pairs, n_again);
  g_assert_cmpuint (n_again, >, n_pairs / 10);
  fault_run_clear (&run);
}

/* By its name, in a table of structs that begin with it. */
#define FIND(table, n, what) find (table, n, sizeof table[0], what)

static gconstpointer
find (gconstpointer table, guint n, gsize size, const char *name)
{
  for (guint i = 0; i < n; i++) {
    const char *const *entry = (gconstpointer) ((const char *) table + i * size);

    if (g_str_equal (*entry, name))
      return entry;
  }

  g_assert_not_reached ();
}

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++) {
    const FaultWork *work = FIND (fault_works, n_fault_works, found[i].work);
    const Pair pair = { .first = FIND (faults, n_faults, found[i].first),
                        .at = found[i].at,
                        .second = FIND (faults, n_faults, found[i].second),
                        .again = found[i].again };
    FaultRun run = { 0 };

    fault_run_init (&run, FIND (fault_kinds, n_fault_kinds, found[i].kind), NULL);
    g_assert_true (test_pair (&run, work, &pair));
    fault_run_clear (&run);
  }
}

static void
add (const FaultKind *kind, const FaultWork *work)
{
  g_autofree char *path = g_strdup_printf ("/dfu/fault-pairs/%s/%s", kind->name, work->name);
  Sheet *sheet = g_new (Sheet, 1);

  *sheet = (Sheet){ kind, work };
  g_test_add_data_func_full (path, sheet, test_sheet, g_free);
}

int
main (int argc, char **argv)
{
  fault_run_init_tests (&argc, &argv);

  g_test_add_func ("/dfu/fault-pairs/found", test_found);
  fault_run_add_tests (add);

  return g_test_run ();
}
