/* test-dfu-upgrade-settling.c: what comes back after DETACH is not ready at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As on Windows, which installs the driver when it meets a board in DFU mode for the first time.
 * On the virtual bus the permission of the device node stands for that driver.
 */

#include "bus-fixture.h"
#include "dfu-reconfigure.h"
#include "dfu-upgrade.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/upgrade/settling/"
#define SETTLING "Waiting for the system to make it ready"

/* Later than the board needs, in milliseconds: long enough to take its permission away meanwhile.
 */
#define SLOW 1000

/* Returns once the board has come back and was found to be of no use. */
static void
wait_until_refused (DfuUpgrade *upgrade, const UpgradeRun *run)
{
  DfuLog *log = dfu_operation_get_log (DFU_OPERATION (upgrade));

  for (;;) {
    g_autofree char *text = dfu_log_dup_text (log);

    if (strstr (text, SETTLING) != NULL)
      return;

    g_assert_false (run->is_over);
    g_main_context_iteration (NULL, FALSE);
    g_thread_yield ();
  }
}

/* Asks a board to leave that will come back late, and without its permission. */
static DfuUpgrade *
begin (UpgradeFixture *self, FirmwareImage *image, GCancellable *cancellable, UpgradeRun *run)
{
  const DfuTimeouts timeouts = {
    .request = 1000,
    .download = 1000,
    .manifest = 1000,
    .comeback = 10000,
  };
  DfuUpgrade *upgrade = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("slow-return 1-10 %d", SLOW);
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  dfu_work_set_timeouts (DFU_WORK (upgrade), &timeouts);
  upgrade_run_start (run, upgrade, cancellable);

  virtual_bus_tell ("wait-for 1-10 absent");
  virtual_bus_tell ("deny-access 1-10");
  wait_until_refused (upgrade, run);

  return upgrade;
}

static void
test_ready_late (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) contents = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_auto (UpgradeRun) run = { 0 };
  g_autoptr (DfuUpgrade) upgrade = begin (self, image, NULL, &run);

  virtual_bus_tell ("allow-access 1-10");
  upgrade_run_wait (&run);

  g_assert_no_error (run.error);
  g_assert_cmpint (run.outcome, ==, DFU_OUTCOME_VERIFIED);
  upgrade_fixture_assert_flash (self, "1-10", image);
}

static void
test_never_ready (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) contents = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_auto (UpgradeRun) run = { 0 };
  g_autoptr (DfuUpgrade) upgrade = begin (self, image, NULL, &run);

  upgrade_run_wait (&run);

  g_assert_true (usb_error_is_access (run.error));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
}

static void
test_cancelled (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) contents = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (UpgradeRun) run = { 0 };
  g_autoptr (DfuUpgrade) upgrade = begin (self, image, cancellable, &run);

  g_cancellable_cancel (cancellable);
  upgrade_run_wait (&run);

  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
}

/* No system on which the tests run can refuse for want of a driver. */
static void
test_patience (void)
{
  g_autoptr (GError) driver = g_error_new_literal (USB_ERROR, USB_ERROR_NO_DRIVER, "");
  g_autoptr (GError) access = g_error_new_literal (USB_ERROR, USB_ERROR_ACCESS, "");
  g_autoptr (GError) gone = g_error_new_literal (USB_ERROR, USB_ERROR_GONE, "");
  g_autoptr (GError) busy = g_error_new_literal (USB_ERROR, USB_ERROR_BUSY, "");

  g_assert_cmpuint (dfu_reconfigure_get_patience (driver), >=, 20000);
  g_assert_cmpuint (dfu_reconfigure_get_patience (access), >=, 2000);
  g_assert_cmpuint (dfu_reconfigure_get_patience (gone), ==, 0);
  g_assert_cmpuint (dfu_reconfigure_get_patience (busy), ==, 0);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  upgrade_fixture_add (FOLDER, "ready-late", NULL, test_ready_late);
  upgrade_fixture_add (FOLDER, "never-ready", NULL, test_never_ready);
  upgrade_fixture_add (FOLDER, "cancelled", NULL, test_cancelled);
  g_test_add_func (FOLDER "patience", test_patience);

  return g_test_run ();
}
