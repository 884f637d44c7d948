/* test-dfu-readout.c: devices read through the real libusb on a virtual bus, and backups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "bus-fixture.h"
#include "dfu-error.h"
#include "dfu-readout.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/readout/"
#define ROM_SIZE (4 * 1024 * 1024)
#define GENERIC_SIZE (512 * 1024)

static const DfuTimeouts short_timeouts = {
  .request = 1000,
  .download = 1000,
  .manifest = 1000,
  .mass_erase = 1000,
  .comeback = 1000,
};

static char *
get_path (UpgradeFixture *self, const char *name)
{
  return g_build_filename (self->directory, name, NULL);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, size);
}

static GBytes *
get_flash (UpgradeFixture *self)
{
  g_autofree char *path = get_path (self, "flash.bin");
  GBytes *flash;

  virtual_bus_tell ("save-flash 1-1 %s", path);
  flash = read_file (path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return flash;
}

static FirmwareImage *
new_image (const char *board)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (300000, 2);
  g_autoptr (GBytes) file = g_str_has_prefix (board, "esp32s2")
                              ? test_image_new (300000)
                              : firmware_dfu_suffix_append (payload, 0x1209, 0x0002);

  return upgrade_fixture_load (file);
}

/* Plugs in a board and writes something to it, so that there is something to read. */
static void
plug (UpgradeFixture *self, const char *board)
{
  g_autoptr (FirmwareImage) image = new_image (board);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug (board);
  upgrade_fixture_run (self, "1-1", image, &error);
  g_assert_no_error (error);
}

static DfuReadout *
new_readout (UpgradeFixture *self, guint64 length)
{
  g_autoptr (UsbDevice) device = upgrade_fixture_wait_for (self, "1-1");
  DfuReadout *readout = dfu_readout_new (self->bus, device, length);
  g_auto (DfuChoice) choice = { 0 };

  dfu_choice_init (&choice);
  choice.takes_any = TRUE;
  dfu_work_set_choice (DFU_WORK (readout), &choice);
  dfu_work_set_timeouts (DFU_WORK (readout), &short_timeouts);
  return readout;
}

static void
assert_read (UpgradeFixture *self, guint64 length, gsize expected)
{
  g_autoptr (DfuReadout) readout = new_readout (self, length);
  g_autoptr (GBytes) flash = get_flash (self);
  g_autoptr (GError) error = NULL;
  DfuProgress progress;
  GBytes *contents;

  g_assert_true (dfu_operation_run (DFU_OPERATION (readout), NULL, &error));
  g_assert_no_error (error);

  progress = dfu_operation_get_progress (DFU_OPERATION (readout));
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_READ);
  g_assert_cmpuint (progress.bytes_done, ==, expected);
  g_assert_false (progress.flash_touched);

  contents = dfu_readout_get_contents (readout);
  g_assert_cmpmem (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents),
                   g_bytes_get_data (flash, NULL), expected);
}

static void
assert_fails (UpgradeFixture *self, GQuark domain, int code)
{
  g_autoptr (DfuReadout) readout = new_readout (self, 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (dfu_operation_run (DFU_OPERATION (readout), NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_null (dfu_readout_get_contents (readout));
}

/* All 4 MiB, which takes its time here. */
static void
test_rom_all (UpgradeFixture *self, gconstpointer user_data)
{
  plug (self, "esp32s2@1-1");
  assert_read (self, 0, ROM_SIZE);
}

/* Whatever way it starts; nothing is erased by it, and it can be written after. */
static void
test_rom (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (20000);
  guint n_programs;

  plug (self, user_data);
  n_programs = virtual_bus_get_stat ("1-1", "programs");
  assert_read (self, 100000, 100000);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "programs"), ==, n_programs);

  upgrade_fixture_assert_verified (self, "1-1", archive);
  assert_read (self, 0x11000, 0x11000);
}

static void
test_generic (UpgradeFixture *self, gconstpointer user_data)
{
  plug (self, user_data);
  assert_read (self, 0, GENERIC_SIZE);
  assert_read (self, 10000, 10000);
  assert_read (self, GENERIC_SIZE + 1, GENERIC_SIZE);
}

static void
test_unreadable (UpgradeFixture *self, gconstpointer user_data)
{
  bus_fixture_plug (user_data);
  assert_fails (self, DFU_ERROR, DFU_ERROR_NOT_READABLE);
}

/* A device that never ends must not fill the memory of the computer. */
static void
test_endless (UpgradeFixture *self, gconstpointer user_data)
{
  bus_fixture_plug ("generic-dfu@1-1,uploads=endless");
  assert_fails (self, DFU_ERROR, DFU_ERROR_PROTOCOL);
}

static void
test_fault (UpgradeFixture *self, gconstpointer user_data)
{
  plug (self, "esp32s2@1-1,mode=dfu");
  virtual_bus_tell ("stall-at 1-1 upload:1000");
  assert_fails (self, DFU_ERROR, DFU_ERROR_DEVICE);
  assert_read (self, 128, 128);
}

static void
cancel_at_some_bytes (DfuOperation *operation, GParamSpec *pspec, GCancellable *cancellable)
{
  if (dfu_operation_get_progress (operation).bytes_done > 0)
    g_cancellable_cancel (cancellable);
}

static void
test_cancel (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DfuReadout) readout = NULL;
  g_auto (UpgradeRun) run = { 0 };

  plug (self, "esp32s2@1-1,mode=dfu");
  readout = new_readout (self, 0);
  virtual_bus_tell ("slow-transfers 1-1 500");
  g_signal_connect (readout, "notify::bytes-done", G_CALLBACK (cancel_at_some_bytes), cancellable);
  upgrade_run_start (&run, readout, cancellable);
  upgrade_run_wait (&run);

  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "discarded"), ==, 0);
  virtual_bus_tell ("slow-transfers 1-1 0");
  assert_read (self, 4096, 4096);
}

static void
read_into (UpgradeFixture *self, GFile *file, GError **error)
{
  g_autoptr (DfuReadout) readout = new_readout (self, 0);
  gboolean is_good;

  dfu_readout_set_file (readout, file);
  is_good = dfu_operation_run (DFU_OPERATION (readout), NULL, error);
  g_assert_true ((dfu_readout_get_file (readout) == file) == is_good);
}

static void
assert_file (GFile *file, GBytes *expected)
{
  g_autoptr (GBytes) saved = read_file (g_file_peek_path (file));

  g_assert_cmpmem (g_bytes_get_data (saved, NULL), g_bytes_get_size (saved),
                   g_bytes_get_data (expected, NULL), GENERIC_SIZE);
}

/* What failed leaves the older file alone. */
static void
test_file (UpgradeFixture *self, gconstpointer user_data)
{
  g_autofree char *path = get_path (self, "copy.bin");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) flash = NULL;
  g_autoptr (GError) error = NULL;

  plug (self, "generic-dfu@1-1");
  flash = get_flash (self);
  read_into (self, file, &error);
  g_assert_no_error (error);
  assert_file (file, flash);

  virtual_bus_tell ("stall-at 1-1 upload:100");
  read_into (self, file, &error);
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DEVICE);
  assert_file (file, flash);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* That is found out before the board is asked for anything. */
static void
test_file_nowhere (UpgradeFixture *self, gconstpointer user_data)
{
  g_autofree char *path = get_path (self, "none/copy.bin");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  guint before;

  bus_fixture_plug ("generic-dfu@1-1");
  before = virtual_bus_get_stat ("1-1", "transfers");
  read_into (self, file, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "transfers"), ==, before);
}

static DfuOutcome
run_with_backup (UpgradeFixture *self, GFile *backup, GError **error)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 2);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (DfuUpgrade) upgrade = upgrade_fixture_new_upgrade (self, "1-1", image);

  dfu_upgrade_set_backup (upgrade, backup);
  dfu_operation_run (DFU_OPERATION (upgrade), NULL, error);
  return dfu_operation_get_progress (DFU_OPERATION (upgrade)).outcome;
}

/* What was there before, and not a byte of what came after. */
static void
test_backup (UpgradeFixture *self, gconstpointer user_data)
{
  g_autofree char *path = get_path (self, "backup.bin");
  g_autoptr (GFile) backup = g_file_new_for_path (path);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) saved = NULL;
  g_autoptr (GError) error = NULL;

  plug (self, "generic-dfu@1-1");
  before = get_flash (self);

  g_assert_cmpint (run_with_backup (self, backup, &error), ==, DFU_OUTCOME_WRITTEN);
  g_assert_no_error (error);
  saved = read_file (path);
  g_assert_cmpmem (g_bytes_get_data (saved, NULL), g_bytes_get_size (saved),
                   g_bytes_get_data (before, NULL), GENERIC_SIZE);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Without the backup that was wished nothing is written. */
static void
test_backup_fails (UpgradeFixture *self, gconstpointer user_data)
{
  g_autofree char *path = get_path (self, "backup.bin");
  g_autoptr (GFile) backup = g_file_new_for_path (path);
  g_autofree char *no_folder = get_path (self, "none/backup.bin");
  g_autoptr (GFile) nowhere = g_file_new_for_path (no_folder);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) save_error = NULL;

  plug (self, "generic-dfu@1-1");
  before = get_flash (self);

  virtual_bus_tell ("stall-at 1-1 upload:100");
  g_assert_cmpint (run_with_backup (self, backup, &read_error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (read_error, DFU_ERROR, DFU_ERROR_DEVICE);
  g_assert_false (g_file_query_exists (backup, NULL));

  g_assert_cmpint (run_with_backup (self, nowhere, &save_error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (save_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  after = get_flash (self);
  g_assert_true (g_bytes_equal (before, after));
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  upgrade_fixture_add (FOLDER, "rom/all", NULL, test_rom_all);
  upgrade_fixture_add (FOLDER, "rom/run-time", "esp32s2@1-1", test_rom);
  upgrade_fixture_add (FOLDER, "rom/dfu", "esp32s2@1-1,mode=dfu", test_rom);
  upgrade_fixture_add (FOLDER, "generic/run-time", "generic-dfu@1-1", test_generic);
  upgrade_fixture_add (FOLDER, "generic/dfu", "generic-dfu@1-1,mode=dfu", test_generic);
  upgrade_fixture_add (FOLDER, "unreadable", "generic-dfu@1-1,uploads=unoffered", test_unreadable);
  upgrade_fixture_add (FOLDER, "nothing", "generic-dfu@1-1,uploads=nothing", test_unreadable);
  upgrade_fixture_add (FOLDER, "nano", "nano-esp32@1-1", test_unreadable);
  upgrade_fixture_add (FOLDER, "endless", NULL, test_endless);
  upgrade_fixture_add (FOLDER, "fault", NULL, test_fault);
  upgrade_fixture_add (FOLDER, "cancel", NULL, test_cancel);
  upgrade_fixture_add (FOLDER, "file", NULL, test_file);
  upgrade_fixture_add (FOLDER, "file/nowhere", NULL, test_file_nowhere);
  upgrade_fixture_add (FOLDER, "backup", NULL, test_backup);
  upgrade_fixture_add (FOLDER, "backup-fails", NULL, test_backup_fails);

  return g_test_run ();
}
