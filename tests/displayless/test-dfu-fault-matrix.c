/* test-dfu-fault-matrix.c: every kind of board, every kind of work, every fault, at every transfer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table is made by multiplication. Of each cell it is known what must not be, whatever the
 * fault: a success that is none, a failure without a reason, a wait without an end, a pipe that is
 * left open, a board that needs help although it still answers.
 */

#include <glib/gstdio.h>

#include "board-generic-dfu.h"
#include "board-world.h"
#include "dfu-error.h"
#include "dfu-readout.h"
#include "dfu-upgrade.h"
#include "engine-seam.h"
#include "test-board.h"
#include "test-image.h"

/* The sum of all that one try may wait for, in seconds. */
#define LONGEST 200

#define GENERIC_SIZE 20000

/* So many transfers are all tried. */
#define DENSE 24

typedef struct {
  const char *name;
  Board *(*create) (void);
  GBytes *(*create_file) (void);
  guint stride;      /* of the transfers, behind those at the beginning */
  gboolean backs_up; /* which of a ROM is 65536 transfers */
} Kind;

typedef struct {
  const char *name;
  DfuUpgradeFlags flags;
  gboolean backs_up;
  gboolean reads; /* instead of writing */
} Work;

typedef struct {
  const char *name;
  BoardWorldFault fault;
  BoardWorldReturn comes_back;
} Fault;

static gint64
get_now (void)
{
  return engine_seam.now;
}

static Board *
create_rom (void)
{
  return test_board_new (DFU_MODE_RUNTIME);
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
  const BoardGenericDfuOptions options = { .busy_ms = 5, .manifest_ms = 50, .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

static Board *
create_intolerant (void)
{
  const BoardGenericDfuOptions options = {
    .is_intolerant = TRUE, .waits_for_reset = TRUE, .manifest_ms = 50, .get_time = get_now
  };

  return power_on (board_generic_dfu_new (&options));
}

static Board *
create_leaver (void)
{
  const BoardGenericDfuOptions options = { .leaves = BOARD_GENERIC_DFU_LEAVES_STATUS,
                                           .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

static GBytes *
create_archive (void)
{
  return test_image_new (6000);
}

static GBytes *
create_plain (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (GENERIC_SIZE, 2);

  return firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
}

static const Kind kinds[] = {
  { "rom", create_rom, create_archive, 41, FALSE },
  { "generic", create_generic, create_plain, 15, TRUE },
  { "intolerant", create_intolerant, create_plain, 15, TRUE },
  { "leaver", create_leaver, create_plain, 15, TRUE },
};

static const Work works[] = {
  { "write", DFU_UPGRADE_DEFAULT, FALSE, FALSE },
  { "all", DFU_UPGRADE_READ_BACK | DFU_UPGRADE_RESTART, TRUE, FALSE },
  { "read", DFU_UPGRADE_DEFAULT, FALSE, TRUE },
};

static const Fault faults[] = {
  { "unplug", BOARD_WORLD_UNPLUG, BOARD_WORLD_RETURNS },
  { "stall", BOARD_WORLD_STALL, BOARD_WORLD_RETURNS },
  { "break", BOARD_WORLD_BREAK, BOARD_WORLD_RETURNS },
  { "time-out", BOARD_WORLD_TIME_OUT, BOARD_WORLD_RETURNS },
  { "short", BOARD_WORLD_SHORT, BOARD_WORLD_RETURNS },
  { "garbage", BOARD_WORLD_GARBAGE, BOARD_WORLD_RETURNS },
  { "wrong-state", BOARD_WORLD_WRONG_STATE, BOARD_WORLD_RETURNS },
  { "busy", BOARD_WORLD_BUSY, BOARD_WORLD_RETURNS },
  { "leave", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS },
  { "leave-other", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS_OTHER },
  { "leave-elsewhere", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS_ELSEWHERE },
  { "leave-never", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS_NEVER },
};

typedef struct {
  const Kind *kind;
  const Work *work;
  const Fault *fault;
} Sheet;

typedef struct {
  UsbBus *bus;
  FirmwareImage *image;
  GFile *backup;
  guint n_cells;
  guint n_good;
} Run;

static gboolean
holds_image (FirmwareImage *image)
{
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board_world_get_board ()));
  GListModel *segments = firmware_image_get_segments (image);
  const guint n_segments = g_list_model_get_n_items (segments);
  GBytes *payload = firmware_image_get_payload (image);

  for (guint i = 0; i < n_segments; i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (memcmp (flash + firmware_segment_get_address (segment),
                g_bytes_get_data (firmware_segment_get_data (segment), NULL),
                firmware_segment_get_size (segment)) != 0)
      return FALSE;
  }

  return n_segments > 0 ||
         memcmp (flash, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload)) == 0;
}

static DfuOperation *
create_operation (Run *run, const Work *work)
{
  UsbDevice *device = board_world_get_device ();
  DfuUpgrade *upgrade;

  /* Enough to have something to fail in, and little enough to be done thousands of times. */
  if (work->reads)
    return DFU_OPERATION (dfu_readout_new (run->bus, device, GENERIC_SIZE / 4));

  upgrade = dfu_upgrade_new (run->bus, device, run->image);
  dfu_upgrade_set_flags (upgrade, work->flags);
  dfu_upgrade_set_backup (upgrade, work->backs_up ? run->backup : NULL);
  return DFU_OPERATION (upgrade);
}

static void
assert_reason (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == USB_ERROR || error->domain == DFU_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 0);
}

/* Success is what the flash says, and nothing less. */
static void
assert_truth (Run *run, DfuOperation *operation, gboolean is_good, const GError *error)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);

  g_assert_cmpint (progress.phase, ==, DFU_PHASE_DONE);
  if (!is_good) {
    assert_reason (error);
    g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_FAILED);
    return;
  }

  g_assert_no_error (error);
  if (DFU_IS_UPGRADE (operation))
    g_assert_true (holds_image (run->image));
}

static gboolean
try (Run *run, const Work *work, GError **error)
{
  g_autoptr (DfuOperation) operation = create_operation (run, work);
  const gint64 since = engine_seam.now;
  const gboolean is_good = dfu_operation_run (operation, NULL, error);

  engine_seam_forget_news (operation);
  g_assert_cmpint (engine_seam.now - since, <, LONGEST * G_USEC_PER_SEC);
  assert_truth (run, operation, is_good, error != NULL ? *error : NULL);
  return is_good;
}

/* A board that still answers is usable as it is; others are plugged in again. */
static void
assert_usable_again (Run *run)
{
  g_autoptr (GError) error = NULL;
  const gboolean needs_help = !board_world_is_present () || board_world_was_abandoned ();

  board_world_heal ();
  if (needs_help)
    board_world_replug ();

  try (run, &works[0], &error);
  g_assert_no_error (error);
}

/* One cell. Returns whether the work got as far as the fault. */
static gboolean
test_cell (Run *run, const Sheet *sheet, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean has_failed;

  board_world_start (sheet->kind->create ());
  board_world_set_return (sheet->fault->comes_back);
  board_world_fail (sheet->fault->fault, n);

  run->n_good += try (run, sheet->work, &error);
  has_failed = board_world_has_failed ();
  run->n_cells += has_failed;

  assert_usable_again (run);
  board_world_stop ();
  return has_failed;
}

static void
test_sheet (gconstpointer user_data)
{
  const Sheet *sheet = user_data;
  g_autoptr (GBytes) file = sheet->kind->create_file ();
  g_autofree char *folder = g_dir_make_tmp ("bootlace-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "backup.bin", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  g_autoptr (GFile) backup = g_file_new_for_path (path);
  Run run = { .bus = engine_seam_new_bus (),
              .image = image,
              .backup = sheet->kind->backs_up ? backup : NULL };

  g_assert_no_error (error);
  for (guint n = 0; test_cell (&run, sheet, n); n += n < DENSE ? 1 : sheet->kind->stride)
    continue;

  g_test_message ("%u cells, %u of them a success", run.n_cells, run.n_good);
  g_assert_cmpuint (run.n_cells, >, 3);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_finalize_object (run.bus);
}

static void
add (const Kind *kind, const Work *work, const Fault *fault)
{
  g_autofree char *path =
    g_strdup_printf ("/dfu/fault-matrix/%s/%s/%s", kind->name, work->name, fault->name);
  Sheet *sheet = g_new (Sheet, 1);

  *sheet = (Sheet){ kind, work, fault };
  g_test_add_data_func_full (path, sheet, test_sheet, g_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (works); j++)
      for (gsize k = 0; k < G_N_ELEMENTS (faults); k++)
        add (&kinds[i], &works[j], &faults[k]);

  return g_test_run ();
}
