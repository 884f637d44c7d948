/* test-dfu-fault-matrix.c: every kind of board, every kind of work, every fault, at every transfer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table is made by multiplication. Of each cell it is known what must not be, whatever the
 * fault: a success that is none, a failure without a reason, a wait without an end, a pipe that is
 * left open, a board that needs help although it still answers.
 */

#include <glib/gstdio.h>

#include "board-dfuse.h"
#include "board-esp32s2.h"
#include "board-generic-dfu.h"
#include "board-nano-esp32.h"
#include "board-world.h"
#include "dfu-erase.h"
#include "dfu-error.h"
#include "dfu-readout.h"
#include "dfu-upgrade.h"
#include "engine-seam.h"
#include "firmware-dfuse.h"
#include "firmware-segment-list.h"
#include "test-image.h"

/* The sum of all that one try may wait for, in seconds; and of what whoever cancels may wait for:
 * the last answer, and whether the board leaves. */
#define LONGEST 200
#define SOON 4

#define ROM_FLASH_SIZE (128 * 1024)
#define GENERIC_SIZE 20000

#define FLASH 0x08000000u
#define SECOND_BANK 0x08100000u
#define DFUSE_SIZE 5000
#define CHIP_ID_S3 9
#define APP_SIZE 14000
#define SLOT_SIZE (32 * 1024)

/* So many transfers at the beginning, and so many at the end, are all tried. */
#define DENSE 24
#define DENSE_AT_END 8

/* A fault that never comes. */
#define NEVER G_MAXUINT

typedef struct {
  const char *name;
  Board *(*create) (void);
  GBytes *(*create_file) (void);
  guint64 (*find_base) (Board *board); /* the address of the first byte of its flash */
  guint stride;                        /* of the transfers, behind those at the beginning */
  gboolean backs_up;                   /* which of a ROM is 65536 transfers */
  gboolean is_mute;                    /* there is nothing to read */
  gboolean compares;                   /* and stays to tell what came of it */
  gboolean leaves;                     /* by itself, to run what was written */
  gboolean wedges;                     /* when the host gives up on a transfer */
} Kind;

typedef struct {
  const char *name;
  DfuUpgradeFlags flags;
  gboolean backs_up;
  gboolean reads;  /* instead of writing */
  gboolean erases; /* instead of writing, for which a board must speak DfuSe */
  gboolean read_unprotect;
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

/* With no more flash than is needed: each try has a new one. At a restart its program shows on the
 * bus. */
static Board *
create_rom (void)
{
  const BoardEsp32s2Options options = { .chip = &esp32s2_rom_chip_s2,
                                        .start = BOARD_ESP32S2_HOLD_BOOT,
                                        .has_usb_application = TRUE,
                                        .flash_size = ROM_FLASH_SIZE };
  Board *board = board_esp32s2_new (&options);

  board_power_on (board);
  board_bus_reset (board);
  return board;
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

static Board *
create_dfuse (const char *kind)
{
  const BoardDfuseOptions options = {
    .part = dfuse_part_find (kind), .busy_ms = 5, .erase_ms = 50, .get_time = get_now
  };

  return power_on (board_dfuse_new (&options));
}

static Board *
create_f4 (void)
{
  return create_dfuse ("stm32f4");
}

static Board *
create_h7 (void)
{
  return create_dfuse ("stm32h7");
}

static Board *
create_l4 (void)
{
  return create_dfuse ("stm32l4");
}

static Board *
create_gd32 (void)
{
  return create_dfuse ("gd32vf103");
}

static Board *
create_nano (void)
{
  const BoardNanoEsp32Options options = { .slot_size = SLOT_SIZE, .get_time = get_now };

  return power_on (board_nano_esp32_new (&options));
}

static guint64
begin_at_zero (Board *board)
{
  return 0;
}

static guint64
begin_at_flash (Board *board)
{
  return FLASH;
}

/* An application says where the first of its places is, and may lie in the second. */
static guint64
begin_at_slot (Board *board)
{
  return BOARD_NANO_ESP32_FIRST_SLOT - (guint64) board_nano_esp32_get_start (board);
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

static void
add_pattern (FirmwareSegmentList *segments, guint32 address)
{
  g_autoptr (GBytes) data = test_image_new_pattern (DFUSE_SIZE, 2);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate ("flash", 0, address, data);

  firmware_segment_list_add (segments, segment);
}

/* In two runs, for each of which an address is set. */
static GBytes *
create_addressed (guint32 second)
{
  const FirmwareDfuSuffix ids = { .vendor = 0xffff, .product = 0xffff, .device = 0xffff };
  g_autoptr (FirmwareSegmentList) segments = firmware_segment_list_new ();
  g_autoptr (GError) error = NULL;
  GBytes *file = NULL;

  add_pattern (segments, FLASH);
  add_pattern (segments, second);
  file = firmware_dfuse_write (G_LIST_MODEL (segments), &ids, &error);
  g_assert_no_error (error);
  return file;
}

static GBytes *
create_dfuse_file (void)
{
  return create_addressed (FLASH + 0x8000);
}

static GBytes *
create_banks (void)
{
  return create_addressed (SECOND_BANK);
}

static GBytes *
create_application (void)
{
  return test_image_new_app (CHIP_ID_S3, APP_SIZE, "blink", "1.0.3", "v5.2.1");
}

static const Kind kinds[] = {
  { "rom", create_rom, create_archive, begin_at_zero, 3, FALSE, FALSE, TRUE, FALSE, TRUE },
  { "generic", create_generic, create_plain, begin_at_zero, 15, TRUE, FALSE, FALSE },
  { "intolerant", create_intolerant, create_plain, begin_at_zero, 15, TRUE, FALSE, FALSE, TRUE },
  { "leaver", create_leaver, create_plain, begin_at_zero, 15, TRUE, FALSE, FALSE, TRUE },
  { "stm32f4", create_f4, create_dfuse_file, begin_at_flash, 11, FALSE, FALSE, FALSE },
  { "stm32h7", create_h7, create_banks, begin_at_flash, 11, FALSE, FALSE, FALSE },
  { "stm32l4", create_l4, create_dfuse_file, begin_at_flash, 11, FALSE, FALSE, FALSE },
  { "gd32vf103", create_gd32, create_dfuse_file, begin_at_flash, 17, TRUE, FALSE, FALSE },
  { "nano-esp32", create_nano, create_application, begin_at_slot, 5, FALSE, TRUE, TRUE },
};

static const Work works[] = {
  { "write", DFU_UPGRADE_DEFAULT, FALSE, FALSE },
  { "all", DFU_UPGRADE_READ_BACK_ALWAYS | DFU_UPGRADE_RESTART, TRUE, FALSE },
  { "stay", DFU_UPGRADE_READ_BACK | DFU_UPGRADE_STAY, FALSE, FALSE },
  { "read", DFU_UPGRADE_DEFAULT, FALSE, TRUE },
  { "erase", DFU_UPGRADE_DEFAULT, FALSE, FALSE, TRUE, FALSE },
  { "unprotect", DFU_UPGRADE_DEFAULT, FALSE, FALSE, TRUE, TRUE },
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
  { "cancel", BOARD_WORLD_CANCEL, BOARD_WORLD_RETURNS },
  { "cancel-never", BOARD_WORLD_CANCEL, BOARD_WORLD_RETURNS_NEVER },
  { "cancel-silent", BOARD_WORLD_CANCEL_SILENT, BOARD_WORLD_RETURNS },
};

typedef struct {
  const Kind *kind;
  const Work *work;
  const Fault *fault;
} Sheet;

typedef struct {
  const Kind *kind;
  UsbBus *bus;
  FirmwareImage *image;
  GFile *backup;
  guint n_cells;
  guint n_good;
} Run;

static gboolean
holds_image (const Kind *kind, FirmwareImage *image)
{
  Board *board = board_world_get_board ();
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board));
  const guint64 base = kind->find_base (board);
  GListModel *segments = firmware_image_get_segments (image);
  const guint n_segments = g_list_model_get_n_items (segments);
  GBytes *payload = firmware_image_get_payload (image);

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
is_blank (void)
{
  NorFlash *flash = board_get_flash (board_world_get_board ());
  const guint8 *contents = nor_flash_get_contents (flash);

  return contents[0] == 0xff && contents[nor_flash_get_size (flash) - 1] == 0xff;
}

/* To read back what was compared is thousands of cells of the same. */
static DfuUpgradeFlags
choose_flags (const Kind *kind, const Work *work)
{
  return kind->compares ? work->flags & ~DFU_UPGRADE_READ_BACK_ALWAYS : work->flags;
}

static DfuOperation *
create_erase (Run *run, const Work *work)
{
  DfuErase *erase = dfu_erase_new (run->bus, board_world_get_device ());

  soil ();
  dfu_erase_set_read_unprotect (erase, work->read_unprotect);
  return DFU_OPERATION (erase);
}

static DfuOperation *
create_operation (Run *run, const Work *work)
{
  UsbDevice *device = board_world_get_device ();
  g_auto (DfuChoice) choice = { 0 };
  DfuReadout *readout;
  DfuUpgrade *upgrade;

  if (work->erases)
    return create_erase (run, work);

  dfu_choice_init (&choice);
  choice.takes_any = TRUE;

  /* Enough to have something to fail in, and little enough to be done thousands of times. */
  if (work->reads) {
    readout = dfu_readout_new (run->bus, device, GENERIC_SIZE / 4);
    dfu_work_set_choice (DFU_WORK (readout), &choice);
    return DFU_OPERATION (readout);
  }

  upgrade = dfu_upgrade_new (run->bus, device, run->image);
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  dfu_upgrade_set_flags (upgrade, choose_flags (run->kind, work));
  dfu_upgrade_set_backup (upgrade, work->backs_up ? run->backup : NULL);
  return DFU_OPERATION (upgrade);
}

/* Manifestation is waited for, as is all that a ROM may wedge from. */
static gboolean
must_be_waited_for (Run *run, const DfuProgress *progress)
{
  return run->kind->wedges || progress->reached == DFU_PHASE_MANIFESTING;
}

/* A board that does not answer in time has failed whoever cancels, as has one that leaves while it
 * manifests and never comes back: it is waited for. */
static gboolean
may_have_failed (const DfuProgress *progress, const GError *error)
{
  return usb_error_is_timed_out (error) ||
         (usb_error_is_gone (error) && progress->reached == DFU_PHASE_MANIFESTING &&
          board_world_get_return () == BOARD_WORLD_RETURNS_NEVER);
}

static void
assert_reason (const DfuProgress *progress, const GError *error)
{
  if (g_cancellable_is_cancelled (board_world_get_cancellable ()) &&
      !may_have_failed (progress, error)) {
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (progress->outcome, ==, DFU_OUTCOME_CANCELLED);
    return;
  }

  g_assert_cmpint (progress->outcome, ==, DFU_OUTCOME_FAILED);
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
    assert_reason (&progress, error);
    return;
  }

  g_assert_no_error (error);
  if (DFU_IS_UPGRADE (operation))
    g_assert_true (holds_image (run->kind, run->image));
  else if (DFU_IS_ERASE (operation))
    g_assert_true (is_blank ());
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
assert_stay (const Work *work, DfuOperation *operation, gboolean is_good)
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
assert_cancelled (Run *run, DfuOperation *operation, gboolean is_good)
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
assert_soon (Run *run, DfuOperation *operation)
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
assert_patience (Run *run, DfuOperation *operation, const GError *error)
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

static gboolean
try (Run *run, const Work *work, GError **error)
{
  g_autoptr (DfuOperation) operation = create_operation (run, work);
  const gint64 since = engine_seam.now;
  const gboolean is_good = dfu_operation_run (operation, board_world_get_cancellable (), error);

  engine_seam_forget_news (operation);
  g_assert_cmpint (engine_seam.now - since, <, LONGEST * G_USEC_PER_SEC);
  assert_truth (run, operation, is_good, error != NULL ? *error : NULL);
  assert_stay (work, operation, is_good);
  assert_cancelled (run, operation, is_good);
  assert_soon (run, operation);
  assert_patience (run, operation, error != NULL ? *error : NULL);
  return is_good;
}

/* A board that still answers is usable as it is; others are plugged in again. */
static void
assert_usable_again (Run *run)
{
  g_autoptr (GError) error = NULL;
  const gboolean needs_help =
    !board_world_is_present () || board_world_was_abandoned () ||
    g_str_equal (board_get_mode (board_world_get_board ()), "application");

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
  gboolean is_good, has_failed;

  board_world_start (sheet->kind->create ());
  board_world_set_return (sheet->fault->comes_back);
  board_world_fail (sheet->fault->fault, n);

  is_good = try (run, sheet->work, &error);
  has_failed = board_world_has_failed ();
  assert_leave (sheet, has_failed, is_good);
  run->n_good += is_good;
  run->n_cells += has_failed;

  assert_usable_again (run);
  board_world_stop ();
  return has_failed;
}

/* How many transfers the work takes when nothing goes wrong. */
static guint
count_transfers (Run *run, const Sheet *sheet)
{
  g_autoptr (GError) error = NULL;
  guint n_transfers;

  board_world_start (sheet->kind->create ());
  board_world_fail (sheet->fault->fault, NEVER);
  try (run, sheet->work, &error);
  g_assert_no_error (error);
  n_transfers = board_world_get_n_transfers ();
  board_world_heal ();
  board_world_stop ();

  return n_transfers;
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
  g_autoptr (GBytes) file = sheet->kind->create_file ();
  g_autofree char *folder = g_dir_make_tmp ("bootlace-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "backup.bin", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  g_autoptr (GFile) backup = g_file_new_for_path (path);
  Run run = { .kind = sheet->kind,
              .bus = engine_seam_new_bus (),
              .image = image,
              .backup = sheet->kind->backs_up ? backup : NULL };
  guint n_transfers;

  g_assert_no_error (error);
  n_transfers = count_transfers (&run, sheet);
  for (guint n = 0; test_cell (&run, sheet, n);
       n = choose_next (n, sheet->kind->stride, n_transfers))
    continue;

  g_test_message ("%u cells, %u of them a success", run.n_cells, run.n_good);
  g_assert_cmpuint (run.n_cells, >, 3);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_finalize_object (run.bus);
}

static gboolean
can_do (const Kind *kind, const Work *work)
{
  return !(kind->is_mute && work->reads) && (!work->erases || kind->find_base == begin_at_flash);
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

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* A hundred thousand lines that nobody reads take longer than the work; --verbose has them. */
  if (!g_test_verbose ())
    g_log_set_handler ("dfu", G_LOG_LEVEL_DEBUG, ignore_cb, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (works); j++)
      for (gsize k = 0; k < G_N_ELEMENTS (faults) && can_do (&kinds[i], &works[j]); k++)
        add (&kinds[i], &works[j], &faults[k]);

  return g_test_run ();
}
