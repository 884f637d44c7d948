/* test-dfu-cancel.c: who cancels does not wait for as long as a busy device asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-dfuse.h"
#include "board-generic-dfu.h"
#include "board-world.h"
#include "dfu-mode-change.h"
#include "dfu-upgrade.h"
#include "engine-seam.h"
#include "test-image.h"

/* How long a device is busy with a block or a sector, and how long it takes at most to leave it in
 * order: the time-out of one request. In milliseconds; nobody really waits. */
#define BUSY 20000
#define AT_ONCE 5000

/* How long a device that does not answer is waited for, in milliseconds. */
#define GRACE 2000

/* How many memories the board has that has several. */
#define N_NAMES 2

#define FLASH 0x08000000u

/* So many waits are tried, one after the other: so often each device is busy at least. */
#define N_WAITS 5

typedef struct {
  const char *name;
  Board *(*create) (void);
  GBytes *(*create_file) (void);
} Case;

/* In the middle of which fault the person cancels when a board is compared that was called back,
 * and whether it is on its way then, and stays away. */
typedef struct {
  const char *name;
  BoardWorldFault fault;
  BoardWorldReturn comes_back;
} Comparison;

/* How a memory is chosen by its name, and in the middle of which of the first transfers the person
 * cancels: the names, SET_INTERFACE and the first status. */
typedef struct {
  const char *name;
  const char *memory;
  BoardWorldFault fault;
  guint n_transfers;
} Choosing;

static struct {
  guint n_waits;
  guint cancel_at;
  gint64 cancelled_at; /* 0 until then */
} person;

static gint64
get_now (void)
{
  return engine_seam.now;
}

static void
wait_cb (void)
{
  if (person.n_waits++ != person.cancel_at)
    return;

  person.cancelled_at = engine_seam.now;
  g_cancellable_cancel (board_world_get_cancellable ());
}

static Board *
power_on (Board *board)
{
  board_power_on (board);
  return board;
}

static Board *
create_generic (void)
{
  const BoardGenericDfuOptions options = { .has_one_memory = TRUE,
                                           .busy_ms = BUSY,
                                           .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

/* It stalls the question that comes too early, and is soon done. */
static Board *
create_l4 (void)
{
  const BoardDfuseOptions options = {
    .part = dfuse_part_find ("stm32l4"), .busy_ms = 100, .erase_ms = 200, .get_time = get_now
  };

  return power_on (board_dfuse_new (&options));
}

static GBytes *
create_plain (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 2);

  return firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
}

static GBytes *
create_addressed (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (5000, 2);

  return test_image_new_dfuse (0x0483, 0, "flash", FLASH, data);
}

static const Case cases[] = {
  { "generic", create_generic, create_plain },
  { "stm32l4", create_l4, create_addressed },
};

static gboolean
run (UsbBus *bus, FirmwareImage *image, GError **error)
{
  g_autoptr (DfuUpgrade) upgrade = dfu_upgrade_new (bus, board_world_get_device (), image);
  const gboolean is_good =
    dfu_operation_run (DFU_OPERATION (upgrade), board_world_get_cancellable (), error);

  engine_seam_forget_news (DFU_OPERATION (upgrade));
  return is_good;
}

static void
cancel_at (UsbBus *bus, FirmwareImage *image, const Case *c, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) next_error = NULL;

  board_world_start (c->create ());
  engine_seam.wait = wait_cb;
  person.n_waits = 0;
  person.cancel_at = n;
  person.cancelled_at = 0;

  g_assert_false (run (bus, image, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (person.cancelled_at, >, 0);
  g_assert_cmpint (engine_seam.now - person.cancelled_at, <=, AT_ONCE * G_GINT64_CONSTANT (1000));

  /* It is in order, and takes the next. */
  g_assert_false (board_world_was_abandoned ());
  engine_seam.wait = NULL;
  board_world_heal ();
  g_assert_true (run (bus, image, &next_error));
  g_assert_no_error (next_error);
  board_world_stop ();
}

static void
test_cancel (gconstpointer user_data)
{
  const Case *c = user_data;
  g_autoptr (GBytes) file = c->create_file ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  UsbBus *bus = engine_seam_new_bus ();

  g_assert_no_error (error);
  engine_seam.now = 1;
  for (guint n = 0; n < N_WAITS; n++)
    cancel_at (bus, image, c, n);

  g_assert_finalize_object (bus);
}

/* It leaves by itself to run what was written, and is called back to be compared. */
static Board *
create_leaver (void)
{
  const BoardGenericDfuOptions options = { .has_one_memory = TRUE,
                                           .leaves = BOARD_GENERIC_DFU_LEAVES_STATUS,
                                           .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

static void
assert_told (const DfuProgress *progress, const GError *error, BoardWorldReturn comes_back)
{
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (progress->is_written);
  g_assert_cmpint (engine_seam.now - board_world_get_cancelled_at (), <=, AT_ONCE * 1000);

  if (comes_back == BOARD_WORLD_RETURNS)
    g_assert_cmpint (progress->restart, ==,
                     g_str_equal (board_get_mode (board_world_get_board ()), "runtime")
                       ? DFU_RESTART_DONE
                       : DFU_RESTART_STAYED);
}

/* Returns whether there was a transfer @n, and the person cancelled once all was written. */
static gboolean
cancel_comparing (UsbBus *bus,
                  FirmwareImage *image,
                  const Comparison *comparison,
                  guint n,
                  GArray *restarts)
{
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_failed;
  DfuProgress progress;

  board_world_start (create_leaver ());
  board_world_set_return (comparison->comes_back);
  board_world_fail (comparison->fault, n);
  if (comparison->fault == BOARD_WORLD_CANCEL_STALL) /* once may be because it was busy */
    board_world_fail_again (BOARD_WORLD_STALL, 0);
  upgrade = dfu_upgrade_new (bus, board_world_get_device (), image);
  dfu_upgrade_set_flags (upgrade, DFU_UPGRADE_READ_BACK_ALWAYS);
  dfu_operation_run (DFU_OPERATION (upgrade), board_world_get_cancellable (), &error);
  engine_seam_forget_news (DFU_OPERATION (upgrade));

  progress = dfu_operation_get_progress (DFU_OPERATION (upgrade));
  has_failed = board_world_has_failed ();
  if (has_failed && progress.is_written && progress.outcome == DFU_OUTCOME_CANCELLED) {
    assert_told (&progress, error, comparison->comes_back);
    g_array_append_val (restarts, progress.restart);
  }

  board_world_stop ();
  return has_failed;
}

static gboolean
has_restart (GArray *restarts, DfuRestart restart)
{
  for (guint i = 0; i < restarts->len; i++)
    if (g_array_index (restarts, DfuRestart, i) == restart)
      return TRUE;

  return FALSE;
}

static void
test_comparing (gconstpointer user_data)
{
  const Comparison *comparison = user_data;
  g_autoptr (GArray) restarts = g_array_new (FALSE, FALSE, sizeof (DfuRestart));
  g_autoptr (GBytes) file = create_plain ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  UsbBus *bus = engine_seam_new_bus ();

  g_assert_no_error (error);
  engine_seam.now = 1;
  for (guint n = 0; cancel_comparing (bus, image, comparison, n, restarts); n++)
    continue;

  g_test_message ("%u cells", restarts->len);
  g_assert_cmpuint (restarts->len, >, 1);
  g_assert_cmpint (has_restart (restarts, DFU_RESTART_CALLED), ==,
                   comparison->comes_back == BOARD_WORLD_RETURNS_NEVER);
  g_assert_true (has_restart (restarts, DFU_RESTART_DONE));
  g_assert_cmpint (has_restart (restarts, DFU_RESTART_STAYED), ==,
                   comparison->fault == BOARD_WORLD_CANCEL_STALL);
  g_assert_finalize_object (bus);
}

/* Its firmware does not start. */
static Board *
create_loader (void)
{
  const BoardGenericDfuOptions options = { .starts_in_dfu_mode = TRUE,
                                           .returns = BOARD_GENERIC_DFU_RETURNS_DFU,
                                           .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

/* Returns whether there was a transfer @n. */
static gboolean
cancel_restarting (UsbBus *bus, guint n, GArray *restarts)
{
  g_autoptr (DfuModeChange) change = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_good, has_failed;

  board_world_start (create_loader ());
  board_world_fail (BOARD_WORLD_CANCEL, n);
  change = dfu_mode_change_new (bus, board_world_get_device (), DFU_MODE_RUNTIME);
  is_good = dfu_operation_run (DFU_OPERATION (change), board_world_get_cancellable (), &error);
  engine_seam_forget_news (DFU_OPERATION (change));
  has_failed = board_world_has_failed ();

  if (is_good) {
    const DfuRestart restart = dfu_operation_get_progress (DFU_OPERATION (change)).restart;

    g_assert_cmpint (restart, ==, has_failed ? DFU_RESTART_ASKED : DFU_RESTART_BOOTLOADER);
    g_array_append_val (restarts, restart);
  }

  board_world_stop ();
  return has_failed;
}

/* Nobody who does not look can say that it has left its bootloader. */
static void
test_restarting (void)
{
  g_autoptr (GArray) restarts = g_array_new (FALSE, FALSE, sizeof (DfuRestart));
  UsbBus *bus = engine_seam_new_bus ();

  engine_seam.now = 1;
  for (guint n = 0; cancel_restarting (bus, n, restarts); n++)
    continue;

  g_assert_true (has_restart (restarts, DFU_RESTART_ASKED));
  g_assert_true (has_restart (restarts, DFU_RESTART_BOOTLOADER));
  g_assert_finalize_object (bus);
}

/* What the person has chosen is looked for by its name, on a board that has a name for each. */
static Board *
create_several (void)
{
  const BoardGenericDfuOptions options = { .starts_in_dfu_mode = TRUE, .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

static DfuOperation *
new_chosen (UsbBus *bus, FirmwareImage *image, const char *memory)
{
  DfuUpgrade *upgrade = dfu_upgrade_new (bus, board_world_get_device (), image);
  g_auto (DfuChoice) choice = { 0 };

  dfu_choice_init (&choice);
  choice.alternate_name = g_strdup (memory);
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);

  return DFU_OPERATION (upgrade);
}

/* Returns whether that was while the device was opened. */
static gboolean
cancel_choosing (UsbBus *bus, FirmwareImage *image, const Choosing *choosing, guint n)
{
  g_autoptr (DfuOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  board_world_start (create_several ());
  board_world_fail (choosing->fault, n);
  operation = new_chosen (bus, image, choosing->memory);
  g_assert_false (dfu_operation_run (operation, board_world_get_cancellable (), &error));
  engine_seam_forget_news (operation);
  progress = dfu_operation_get_progress (operation);

  g_assert_true (board_world_has_failed ());
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (engine_seam.now - board_world_get_cancelled_at (), <=, GRACE * 1000);
  g_assert_cmpint (progress.is_silent, ==, board_world_was_abandoned ());
  board_world_stop ();

  return progress.reached == DFU_PHASE_OPENING;
}

static void
test_choosing (gconstpointer user_data)
{
  const Choosing *choosing = user_data;
  g_autoptr (GBytes) file = create_plain ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  UsbBus *bus = engine_seam_new_bus ();

  g_assert_no_error (error);
  engine_seam.now = 1;
  for (guint n = 0; n < choosing->n_transfers; n++)
    g_assert_true (cancel_choosing (bus, image, choosing, n));

  g_assert_finalize_object (bus);
}

static const Choosing choosings[] = {
  { "silent", "Settings", BOARD_WORLD_CANCEL_SILENT, N_NAMES + 2 },
  { "answers", "Settings", BOARD_WORLD_CANCEL, N_NAMES + 1 },
  { "no-such-memory", "Nothing", BOARD_WORLD_CANCEL, N_NAMES },
  { "no-such-memory-silent", "Nothing", BOARD_WORLD_CANCEL_SILENT, N_NAMES },
};

static const Comparison comparisons[] = {
  { "goes", BOARD_WORLD_CANCEL, BOARD_WORLD_RETURNS },
  { "never-back", BOARD_WORLD_CANCEL, BOARD_WORLD_RETURNS_NEVER },
  { "refuses", BOARD_WORLD_CANCEL_STALL, BOARD_WORLD_RETURNS },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/dfu/cancel/busy/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_cancel);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (comparisons); i++) {
    g_autofree char *path = g_strconcat ("/dfu/cancel/comparing/", comparisons[i].name, NULL);

    g_test_add_data_func (path, &comparisons[i], test_comparing);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (choosings); i++) {
    g_autofree char *path = g_strconcat ("/dfu/cancel/choosing/", choosings[i].name, NULL);

    g_test_add_data_func (path, &choosings[i], test_choosing);
  }

  g_test_add_func ("/dfu/cancel/restarting", test_restarting);

  return g_test_run ();
}
