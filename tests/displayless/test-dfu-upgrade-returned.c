/* test-dfu-upgrade-returned.c: what comes back after DETACH may be another device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-error.h"
#include "dfu-upgrade.h"
#include "firmware-dfu-suffix.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/upgrade/returned/"

/* How long the board stays away that was asked to leave, in milliseconds: longer than anybody
 * waits for it. */
#define NEVER 60000

#define CHIP_ID_S3 9

typedef struct {
  const char *name;
  const char *before;
  const char *after;
  gboolean is_archive;
  DfuError code;
} ReturnCase;

static const ReturnCase return_cases[] = {
  { "esp-to-other-esp", "esp32s2@1-10", "esp32s3@1-10,mode=dfu", TRUE, DFU_ERROR_WRONG_DEVICE },
  { "esp-to-generic", "esp32s2@1-10", "generic-dfu@1-10,mode=dfu", TRUE, DFU_ERROR_WRONG_DEVICE },
  { "generic-to-esp", "generic-dfu@1-10", "esp32s2@1-10,mode=dfu", FALSE, DFU_ERROR_UNSAFE_IMAGE },
};

static GBytes *
new_contents (gboolean is_archive)
{
  g_autoptr (GBytes) payload = NULL;

  if (is_archive)
    return test_image_new (20000);

  payload = test_image_new_pattern (20000, 2);
  return firmware_dfu_suffix_append (payload, FIRMWARE_DFU_SUFFIX_ANY_ID,
                                     FIRMWARE_DFU_SUFFIX_ANY_ID);
}

/* An application may hand over to a ROM, and a person may plug another board into the port. */
static void
test_returned (UpgradeFixture *self, gconstpointer user_data)
{
  const ReturnCase *test = user_data;
  g_autoptr (GBytes) contents = new_contents (test->is_archive);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_auto (UpgradeRun) run = { 0 };

  bus_fixture_plug (test->before);
  virtual_bus_tell ("slow-return 1-10 %d", NEVER);
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  upgrade_run_start (&run, upgrade, NULL);

  virtual_bus_tell ("wait-for 1-10 absent");
  virtual_bus_tell ("unplug 1-10");
  bus_fixture_plug (test->after);
  upgrade_run_wait (&run);

  g_assert_error (run.error, DFU_ERROR, (int) test->code);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
  g_assert_false (dfu_operation_get_progress (DFU_OPERATION (upgrade)).flash_touched);
}

/* What is said of what was written is said of the device that it was written to. */
static void
test_other_after_writing (UpgradeFixture *self, gconstpointer user_data)
{
  const DfuTimeouts patient = { .request = 1000,
                                .download = 1000,
                                .manifest = 1000,
                                .mass_erase = 1000,
                                .comeback = BUS_FIXTURE_LONG };
  g_autoptr (GBytes) application = test_image_new_app (CHIP_ID_S3, 14000, "blink", "1", "v5.2.1");
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (application, 0x1209, 0x0002);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_auto (UpgradeRun) run = { 0 };

  bus_fixture_plug ("generic-dfu@1-10,mode=dfu,intolerant");
  virtual_bus_tell ("slow-return 1-10 %d", NEVER);
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  dfu_work_set_timeouts (DFU_WORK (upgrade), &patient);
  dfu_upgrade_set_flags (upgrade, DFU_UPGRADE_READ_BACK);
  upgrade_run_start (&run, upgrade, NULL);

  virtual_bus_tell ("wait-for 1-10 absent");
  virtual_bus_tell ("unplug 1-10");
  bus_fixture_plug ("nano-esp32@1-10");
  upgrade_run_wait (&run);

  g_assert_no_error (run.error);
  g_assert_cmpint (run.outcome, ==, DFU_OUTCOME_WRITTEN);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (return_cases); i++)
    upgrade_fixture_add (FOLDER, return_cases[i].name, &return_cases[i], test_returned);
  upgrade_fixture_add (FOLDER, "other-after-writing", NULL, test_other_after_writing);

  return g_test_run ();
}
