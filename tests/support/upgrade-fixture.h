/* upgrade-fixture.h: a bus to upgrade boards on, and what tests ask of these
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-upgrade.h"

G_BEGIN_DECLS

/**
 * UpgradeFixture:
 * @bus: the bus as the program sees it
 * @directory: a folder of this test's own
 *
 * For g_test_add(). The test program must have called virtual_bus_run_on(). Tearing down unplugs
 * every board, so that tests do not see each other's.
 */
typedef struct {
  UsbBus *bus;
  char *directory;
} UpgradeFixture;

void upgrade_fixture_set_up (UpgradeFixture *self, gconstpointer user_data);
void upgrade_fixture_tear_down (UpgradeFixture *self, gconstpointer user_data);

/* Adds a test of a board: @name below @folder, which ends with a slash. */
void upgrade_fixture_add (const char *folder,
                          const char *name,
                          gconstpointer data,
                          void (*test) (UpgradeFixture *self, gconstpointer data));

/**
 * UpgradeRun:
 * @is_over: whether it has ended
 * @outcome: how
 * @error: why not well
 *
 * An operation in a thread of its own. All zeros before.
 */
typedef struct {
  gboolean is_over;
  DfuOutcome outcome;
  GError *error;
} UpgradeRun;

void upgrade_run_start (UpgradeRun *self, gpointer operation, GCancellable *cancellable);
void upgrade_run_wait (UpgradeRun *self);
void upgrade_run_clear (UpgradeRun *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpgradeRun, upgrade_run_clear)

UsbDevice *upgrade_fixture_wait_for (UpgradeFixture *self, const char *port_path);
void upgrade_fixture_wait_until_gone (UpgradeFixture *self, const char *port_path);

FirmwareImage *upgrade_fixture_load (GBytes *contents);
void upgrade_fixture_assert_flash_bytes (UpgradeFixture *self,
                                         const char *port_path,
                                         gsize offset,
                                         GBytes *bytes);
void
upgrade_fixture_assert_flash (UpgradeFixture *self, const char *port_path, FirmwareImage *image);

/* An upgrade whose time-outs are short, of the first memory if there are several. */
DfuUpgrade *
upgrade_fixture_new_upgrade (UpgradeFixture *self, const char *port_path, FirmwareImage *image);

/* For how many milliseconds a board is waited for that left. */
void upgrade_fixture_set_comeback (DfuUpgrade *upgrade, guint comeback);

/* One from beginning to end, in this thread. */
DfuOutcome upgrade_fixture_run (UpgradeFixture *self,
                                const char *port_path,
                                FirmwareImage *image,
                                GError **error);

/* The same, which must end well, with the flash holding the image. */
void
upgrade_fixture_assert_verified (UpgradeFixture *self, const char *port_path, GBytes *contents);

/* Puts the port path where a text has "%s". */
char *upgrade_fixture_substitute (const char *text, const char *port_path);

G_END_DECLS
