/* upgrade-fixture.c: a bus to upgrade boards on, and what tests ask of these
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "upgrade-fixture.h"

#include <glib/gstdio.h>

#include "bus-fixture.h"

void
upgrade_fixture_set_up (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  self->bus = usb_bus_new (&error);
  g_assert_no_error (error);
  self->directory = g_dir_make_tmp ("bootlace-test-XXXXXX", &error);
  g_assert_no_error (error);
}

/* Long enough for a loaded machine, short enough for a board that never answers. */
#define SHORT 1000

/* Notifications that are still on their way keep their senders, and these the bus, for a moment. */
static void
drop_bus (UpgradeFixture *self)
{
  const gint64 deadline = g_get_monotonic_time () + BUS_FIXTURE_LONG * G_GINT64_CONSTANT (1000);

  g_object_add_weak_pointer (G_OBJECT (self->bus), (gpointer *) &self->bus);
  g_object_unref (self->bus);

  while (self->bus != NULL) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_main_context_iteration (NULL, TRUE);
  }
}

void
upgrade_fixture_tear_down (UpgradeFixture *self, gconstpointer user_data)
{
  bus_fixture_clear ();
  drop_bus (self);
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_free (self->directory);
}

void
upgrade_fixture_add (const char *folder,
                     const char *name,
                     gconstpointer data,
                     void (*test) (UpgradeFixture *self, gconstpointer data))
{
  g_autofree char *path = g_strconcat (folder, name, NULL);

  g_test_add (path, UpgradeFixture, data, upgrade_fixture_set_up, test, upgrade_fixture_tear_down);
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  UpgradeRun *self = user_data;

  dfu_operation_run_finish (DFU_OPERATION (object), result, &self->error);
  self->outcome = dfu_operation_get_progress (DFU_OPERATION (object)).outcome;
  self->is_over = TRUE;
}

void
upgrade_run_start (UpgradeRun *self, gpointer operation, GCancellable *cancellable)
{
  dfu_operation_run_async (DFU_OPERATION (operation), cancellable, run_cb, self);
}

void
upgrade_run_wait (UpgradeRun *self)
{
  while (!self->is_over)
    g_main_context_iteration (NULL, TRUE);
}

void
upgrade_run_clear (UpgradeRun *self)
{
  g_clear_error (&self->error);
}

static gboolean
is_at_port (UsbDevice *device, gpointer user_data)
{
  return g_str_equal (usb_device_get_port_path (device), user_data);
}

UsbDevice *
upgrade_fixture_wait_for (UpgradeFixture *self, const char *port_path)
{
  g_autoptr (GError) error = NULL;
  UsbDevice *device = usb_bus_wait_for_device (self->bus, is_at_port, (gpointer) port_path,
                                               BUS_FIXTURE_LONG, NULL, &error);

  g_assert_no_error (error);
  return device;
}

void
upgrade_fixture_wait_until_gone (UpgradeFixture *self, const char *port_path)
{
  const gint64 deadline = g_get_monotonic_time () + BUS_FIXTURE_LONG * G_GINT64_CONSTANT (1000);

  for (;;) {
    g_autoptr (GPtrArray) devices = usb_bus_list_devices (self->bus);
    gboolean found = FALSE;

    for (guint i = 0; i < devices->len; i++)
      found |= is_at_port (g_ptr_array_index (devices, i), (gpointer) port_path);

    if (!found)
      return;

    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_thread_yield ();
  }
}

FirmwareImage *
upgrade_fixture_load (GBytes *contents)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_image_new_from_bytes (contents, &error);

  g_assert_no_error (error);
  return image;
}

static char *
save_flash (UpgradeFixture *self, const char *port_path, gsize *size)
{
  g_autofree char *path = g_build_filename (self->directory, "flash.bin", NULL);
  g_autoptr (GError) error = NULL;
  char *flash = NULL;

  virtual_bus_tell ("save-flash %s %s", port_path, path);
  g_file_get_contents (path, &flash, size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);

  return flash;
}

void
upgrade_fixture_assert_flash_bytes (UpgradeFixture *self,
                                    const char *port_path,
                                    gsize offset,
                                    GBytes *bytes)
{
  gsize flash_size, size;
  g_autofree char *flash = save_flash (self, port_path, &flash_size);
  gconstpointer data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (offset + size, <=, flash_size);
  g_assert_cmpmem (flash + offset, size, data, size);
}

void
upgrade_fixture_assert_flash (UpgradeFixture *self, const char *port_path, FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);

  g_assert_cmpuint (g_list_model_get_n_items (segments), >, 0);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    upgrade_fixture_assert_flash_bytes (self, port_path, firmware_segment_get_address (segment),
                                        firmware_segment_get_data (segment));
  }
}

char *
upgrade_fixture_substitute (const char *text, const char *port_path)
{
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);

  return g_strjoinv (port_path, parts);
}

DfuUpgrade *
upgrade_fixture_new_upgrade (UpgradeFixture *self, const char *port_path, FirmwareImage *image)
{
  g_autoptr (UsbDevice) device = upgrade_fixture_wait_for (self, port_path);
  DfuUpgrade *upgrade = dfu_upgrade_new (self->bus, device, image);
  g_auto (DfuChoice) choice = { 0 };

  dfu_choice_init (&choice);
  choice.takes_any = TRUE;
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  upgrade_fixture_set_comeback (upgrade, SHORT);
  return upgrade;
}

void
upgrade_fixture_set_comeback (DfuUpgrade *upgrade, guint comeback)
{
  const DfuTimeouts timeouts = { .request = SHORT,
                                 .download = SHORT,
                                 .manifest = SHORT,
                                 .mass_erase = SHORT,
                                 .comeback = comeback };

  dfu_work_set_timeouts (DFU_WORK (upgrade), &timeouts);
}

DfuOutcome
upgrade_fixture_run (UpgradeFixture *self,
                     const char *port_path,
                     FirmwareImage *image,
                     GError **error)
{
  DfuUpgrade *upgrade = upgrade_fixture_new_upgrade (self, port_path, image);
  const gboolean done = dfu_operation_run (DFU_OPERATION (upgrade), NULL, error);
  const DfuProgress progress = dfu_operation_get_progress (DFU_OPERATION (upgrade));

  g_assert_cmpint (progress.phase, ==, DFU_PHASE_DONE);
  g_assert_cmpint (done, ==,
                   progress.outcome == DFU_OUTCOME_VERIFIED ||
                     progress.outcome == DFU_OUTCOME_WRITTEN);
  g_object_unref (upgrade);

  return progress.outcome;
}

void
upgrade_fixture_assert_verified (UpgradeFixture *self, const char *port_path, GBytes *contents)
{
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (upgrade_fixture_run (self, port_path, image, &error), ==, DFU_OUTCOME_VERIFIED);
  g_assert_no_error (error);
  upgrade_fixture_assert_flash (self, port_path, image);
}
