/* fault-run.c: one kind of board, which is given work again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fault-run.h"

#include <glib/gstdio.h>

#include "dfu-erase.h"
#include "dfu-error.h"
#include "dfu-readout.h"
#include "engine-seam.h"

/* The sum of all that one try may wait for, in seconds. */
#define LONGEST 200

/* A fault that never comes. */
#define NEVER G_MAXUINT

/* Enough to have something to fail in, and little enough to be done thousands of times. */
#define READ_SIZE 5000

static gboolean
holds_image (FaultRun *self)
{
  Board *board = board_world_get_board ();
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board));
  const guint64 base = self->kind->find_base (board);
  GListModel *segments = firmware_image_get_segments (self->image);
  const guint n_segments = g_list_model_get_n_items (segments);
  GBytes *payload = firmware_image_get_payload (self->image);

  for (guint i = 0; i < n_segments; i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (memcmp (flash + (firmware_segment_get_address (segment) - base),
                g_bytes_get_data (firmware_segment_get_data (segment), NULL),
                firmware_segment_get_size (segment)) != 0)
      return FALSE;
  }

  return n_segments > 0 ||
         memcmp (flash, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload)) == 0;
}

/* What is never erased is not blank by chance. */
static void
soil (void)
{
  const guint8 dirt = 0x5a;
  NorFlash *flash = board_get_flash (board_world_get_board ());

  nor_flash_program (flash, 0, &dirt, 1);
  nor_flash_program (flash, (guint32) nor_flash_get_size (flash) - 1, &dirt, 1);
}

static gboolean
is_blank (FaultRun *self)
{
  NorFlash *flash = board_get_flash (board_world_get_board ());
  const guint8 *contents = nor_flash_get_contents (flash);

  return contents[0] == 0xff && contents[nor_flash_get_size (flash) - 1] == 0xff;
}

/* To read back what was compared is thousands of cells of the same. */
static DfuUpgradeFlags
choose_flags (const FaultKind *kind, const FaultWork *work)
{
  return kind->compares ? work->flags & ~DFU_UPGRADE_READ_BACK_ALWAYS : work->flags;
}

static DfuOperation *
create_erase (FaultRun *self, const FaultWork *work)
{
  DfuErase *erase = dfu_erase_new (self->bus, board_world_get_device ());

  soil ();
  dfu_erase_set_read_unprotect (erase, work->read_unprotect);
  return DFU_OPERATION (erase);
}

static DfuOperation *
create_operation (FaultRun *self, const FaultWork *work)
{
  UsbDevice *device = board_world_get_device ();
  g_auto (DfuChoice) choice = { 0 };
  DfuReadout *readout;
  DfuUpgrade *upgrade;

  if (work->erases)
    return create_erase (self, work);

  dfu_choice_init (&choice);
  choice.takes_any = TRUE;

  if (work->reads) {
    readout = dfu_readout_new (self->bus, device, READ_SIZE);
    dfu_work_set_choice (DFU_WORK (readout), &choice);
    return DFU_OPERATION (readout);
  }

  upgrade = dfu_upgrade_new (self->bus, device, self->image);
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  dfu_upgrade_set_flags (upgrade, choose_flags (self->kind, work));
  dfu_upgrade_set_backup (upgrade, work->backs_up ? self->backup : NULL);
  return DFU_OPERATION (upgrade);
}

static void
assert_reason (const DfuProgress *progress, const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpuint (strlen (error->message), >, 0);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_assert_true (g_cancellable_is_cancelled (board_world_get_cancellable ()));
    g_assert_cmpint (progress->outcome, ==, DFU_OUTCOME_CANCELLED);
  } else {
    g_assert_true (error->domain == USB_ERROR || error->domain == DFU_ERROR);
    g_assert_cmpint (progress->outcome, ==, DFU_OUTCOME_FAILED);
  }
}

/* Success is what the flash says, and nothing less. */
static void
assert_truth (FaultRun *self, DfuOperation *operation, gboolean is_good, const GError *error)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);

  g_assert_cmpint (progress.phase, ==, DFU_PHASE_DONE);
  if (!is_good) {
    assert_reason (&progress, error);
    return;
  }

  g_assert_no_error (error);
  if (DFU_IS_UPGRADE (operation))
    g_assert_true (holds_image (self));
  else if (DFU_IS_ERASE (operation))
    g_assert_true (is_blank (self));
}

gboolean
fault_run_try (FaultRun *self, const FaultWork *work, GError **error)
{
  g_autoptr (DfuOperation) operation = create_operation (self, work);
  const gint64 since = engine_seam.now;
  const gboolean is_good = dfu_operation_run (operation, board_world_get_cancellable (), error);

  engine_seam_forget_news (operation);
  g_assert_cmpint (engine_seam.now - since, <, LONGEST * G_USEC_PER_SEC);
  assert_truth (self, operation, is_good, *error);
  if (self->check != NULL)
    self->check (self, work, operation, *error);

  return is_good;
}

guint
fault_run_count_transfers (FaultRun *self, const FaultWork *work)
{
  g_autoptr (GError) error = NULL;
  guint n_transfers;

  board_world_start (self->kind->create ());
  board_world_fail (BOARD_WORLD_STALL, NEVER);
  fault_run_try (self, work, &error);
  g_assert_no_error (error);
  n_transfers = board_world_get_n_transfers ();
  board_world_heal ();
  board_world_stop ();

  return n_transfers;
}

void
fault_run_help (void)
{
  const gboolean needs_help =
    !board_world_is_present () || board_world_was_abandoned () ||
    g_str_equal (board_get_mode (board_world_get_board ()), "application");

  board_world_heal ();
  if (needs_help)
    board_world_replug ();
}

void
fault_run_init (FaultRun *self, const FaultKind *kind, FaultCheck check)
{
  g_autoptr (GBytes) file = kind->create_file ();
  g_autoptr (GError) error = NULL;

  self->kind = kind;
  self->check = check;
  self->bus = engine_seam_new_bus ();
  self->image = firmware_image_new_from_bytes (file, &error);
  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("bootlace-test-XXXXXX", NULL);
  self->backup =
    kind->backs_up ? g_file_new_build_filename (self->folder, "backup.bin", NULL) : NULL;
}

void
fault_run_clear (FaultRun *self)
{
  if (self->backup != NULL)
    g_file_delete (self->backup, NULL, NULL);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);

  g_assert_finalize_object (self->bus);
  g_clear_object (&self->image);
  g_clear_object (&self->backup);
  g_clear_pointer (&self->folder, g_free);
}

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

void
fault_run_init_tests (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);

  /* A hundred thousand lines that nobody reads take longer than the work; --verbose has them. */
  if (!g_test_verbose ())
    g_log_set_handler ("dfu", G_LOG_LEVEL_DEBUG, ignore_cb, NULL);
}

void
fault_run_add_tests (void (*add) (const FaultKind *kind, const FaultWork *work))
{
  for (guint i = 0; i < n_fault_kinds; i++)
    for (guint j = 0; j < n_fault_works; j++)
      if (fault_kind_can_do (&fault_kinds[i], &fault_works[j]))
        add (&fault_kinds[i], &fault_works[j]);
}
