/* test-job.c: the life of jobs, without any window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-batch.h"
#include "bootlace-report.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include "dfu-error.h"
#include "dfu-upgrade.h"
#include "firmware-dfu-suffix.h"
#include "usb-error.h"

#include <string.h>

#define APP_SIZE (16 * 1024)

typedef struct {
  UsbBus *bus;
  DfuDeviceList *devices;
  BootlaceJobList *jobs;
  FirmwareImage *image;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GError) error = NULL;

  self->bus = usb_bus_new (&error);
  g_assert_no_error (error);
  self->devices = dfu_device_list_new (self->bus);
  self->jobs = bootlace_job_list_new (self->bus);
  self->image = firmware_image_new_from_bytes (contents, &error);
  g_assert_no_error (error);
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
is_empty (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

static void
release (gpointer object, const char *what)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  window_fixture_wait (is_null, &object, what);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  release (self->jobs, "the jobs to be freed");
  release (self->devices, "the devices to be freed");
  release (self->image, "the image to be freed");
  release (self->bus, "the bus to be freed");
}

static gboolean
has_device (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static DfuDevice *
plug_kind (Fixture *self, const char *kind, const char *port)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->devices));

  g_assert_cmpuint (n, ==, 0);
  virtual_bus_tell ("plug %s@%s", kind, port);
  window_fixture_wait (has_device, self->devices, "the board");

  return g_list_model_get_item (G_LIST_MODEL (self->devices), 0);
}

static DfuDevice *
plug (Fixture *self, const char *port)
{
  return plug_kind (self, "esp32s2", port);
}

static gboolean
is_over (gpointer data)
{
  return !bootlace_job_is_active (data);
}

static gboolean
is_past (gpointer data)
{
  return bootlace_job_is_past (data);
}

static gboolean
is_writing (gpointer data)
{
  return bootlace_job_get_progress (data).bytes_done > 0;
}

static void
unplug (Fixture *self, const char *port)
{
  virtual_bus_tell ("unplug %s", port);
  window_fixture_wait (is_empty, self->devices, "the board to be gone");
}

static void
test_verified (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug (self, "1-10");
  BootlaceJob *job = bootlace_job_list_start (self->jobs, device, self->image, NULL);
  g_autofree char *report = NULL;

  g_assert_true (bootlace_job_is_active (job));
  g_assert_cmpuint (bootlace_job_list_get_n_running (self->jobs), ==, 1);
  g_assert_cmpuint (bootlace_job_list_get_n_total (self->jobs), ==, 1);

  /* A board has one job at a time. */
  g_assert_null (bootlace_job_list_start (self->jobs, device, self->image, NULL));

  window_fixture_wait (is_over, job, "the job");
  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_VERIFIED);
  g_assert_null (bootlace_job_get_error (job));
  g_assert_null (bootlace_job_get_message (job));
  g_assert_cmpuint (bootlace_job_list_get_n_running (self->jobs), ==, 0);
  g_assert_cmpuint (bootlace_job_list_get_n_over (self->jobs), ==, 1);
  g_assert_cmpfloat (bootlace_batch_get_fraction (bootlace_job_list_get_batch (self->jobs)), ==,
                     1.0);

  report = bootlace_report_new (job);
  g_assert_nonnull (strstr (report, "ESP32-S2 [303a:0002] at USB port 1-10"));
  g_assert_nonnull (strstr (report, "Outcome: verified"));
  g_assert_nonnull (strstr (report, "Phase: manifesting"));

  bootlace_job_list_dismiss (self->jobs, job);
  unplug (self, "1-10");
}

static void
test_outcome_outlives_the_board (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug (self, "1-10");
  g_autoptr (BootlaceJob) job =
    g_object_ref (bootlace_job_list_start (self->jobs, device, self->image, NULL));

  window_fixture_wait (is_over, job, "the job");
  g_assert_true (dfu_device_is_held (device));
  g_assert_false (bootlace_job_is_past (job));

  /* It leaves, and is remembered; it comes back, and that is another story. */
  virtual_bus_tell ("unplug 1-10");
  g_assert_true (dfu_device_is_held (device));
  virtual_bus_tell ("plug 1-10");
  window_fixture_wait (is_past, job, "the board to be back");
  g_assert_false (dfu_device_is_held (device));
  g_assert_true (bootlace_job_list_find (self->jobs, device) == job);

  bootlace_job_list_dismiss (self->jobs, job);
  unplug (self, "1-10");
}

static void
test_failed (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug (self, "1-10");
  BootlaceJob *job;
  g_autofree char *report = NULL;

  virtual_bus_tell ("drop-at-block 1-10 50");
  job = bootlace_job_list_start (self->jobs, device, self->image, NULL);
  window_fixture_wait (is_over, job, "the job");

  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_FAILED);
  g_assert_true (usb_error_is_gone (bootlace_job_get_error (job)));
  g_assert_cmpstr (bootlace_job_get_message (job)->summary, ==,
                   "The board was unplugged while it was being written.");

  report = bootlace_report_new (job);
  g_assert_nonnull (
    strstr (report, "Meaning: The board was unplugged while it was being written."));
  g_assert_nonnull (strstr (report, "Likely cause: Its plug came loose"));
  g_assert_nonnull (strstr (report, "Remedy: Plug it in again"));

  bootlace_job_list_dismiss (self->jobs, job);
  window_fixture_wait (is_empty, self->devices, "the board to be gone");
}

/* The report says of a failure what the window says. */
static void
test_backup_without_folder (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug (self, "1-10");
  g_autoptr (BootlaceJob) job = bootlace_job_new (self->bus, device, self->image);
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/backup.bin");
  g_autofree char *meaning = NULL;
  g_autofree char *report = NULL;

  dfu_upgrade_set_backup (DFU_UPGRADE (bootlace_job_get_operation (job)), file);
  bootlace_job_start (job);
  window_fixture_wait (is_over, job, "the job");
  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_FAILED);
  g_assert_nonnull (strstr (bootlace_job_get_message (job)->summary, "The folder for this file"));

  meaning = g_strdup_printf ("Meaning: %s", bootlace_job_get_message (job)->summary);
  report = bootlace_report_new (job);
  g_assert_nonnull (strstr (report, meaning));

  g_clear_object (&job);
  unplug (self, "1-10");
}

static void
test_corrupt (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug (self, "1-10");
  BootlaceJob *job;

  virtual_bus_tell ("corrupt-at-block 1-10 200");
  job = bootlace_job_list_start (self->jobs, device, self->image, NULL);
  window_fixture_wait (is_over, job, "the job");

  g_assert_error (bootlace_job_get_error (job), DFU_ERROR, DFU_ERROR_CORRUPT);
  g_assert_cmpstr (bootlace_job_get_message (job)->consequence, ==,
                   "The board’s old program is gone.");

  bootlace_job_list_dismiss (self->jobs, job);
  unplug (self, "1-10");
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug (self, "1-10");
  BootlaceJob *job;

  virtual_bus_tell ("slow-transfers 1-10 30000");
  job = bootlace_job_list_start (self->jobs, device, self->image, NULL);
  window_fixture_wait (is_writing, job, "the first block");
  bootlace_job_list_cancel_all (self->jobs);
  window_fixture_wait (is_over, job, "the job");

  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_CANCELLED);

  /* The board was left in order: the next try works. */
  virtual_bus_tell ("slow-transfers 1-10 0");
  job = bootlace_job_list_start (self->jobs, device, self->image, NULL);
  window_fixture_wait (is_over, job, "the job");
  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_VERIFIED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->jobs)), ==, 1);

  bootlace_job_list_dismiss (self->jobs, job);
  unplug (self, "1-10");
}

/* A board that failed stays in DFU mode, where it may have other ids than the file names. */
static void
test_second_try_with_other_ids (Fixture *self, gconstpointer data)
{
  g_autoptr (DfuDevice) device = plug_kind (self, "generic-dfu", "1-10,memories=1");
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 1);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x1209, 0x0001);
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, NULL);
  BootlaceJob *job;

  virtual_bus_tell ("error-at-block 1-10 2 3");
  job = bootlace_job_list_start (self->jobs, device, image, NULL);
  window_fixture_wait (is_over, job, "the job");
  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_FAILED);
  g_assert_cmpint (dfu_device_get_mode (device), ==, DFU_MODE_DFU);

  g_assert_true (dfu_device_accepts (device, image, NULL));
  job = bootlace_job_list_start (self->jobs, device, image, NULL);
  window_fixture_wait (is_over, job, "the job");
  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_VERIFIED);

  bootlace_job_list_dismiss (self->jobs, job);
  unplug (self, "1-10");

  /* Nobody knows what this one was before. */
  g_clear_object (&device);
  device = plug_kind (self, "generic-dfu", "1-10,mode=dfu");
  g_assert_false (dfu_device_accepts (device, image, NULL));
  unplug (self, "1-10");
}

/* Nobody guesses which of its memories or interfaces is meant. */
static void
assert_no_guess (Fixture *self, const char *place, DfuError code)
{
  g_autoptr (DfuDevice) device = plug_kind (self, "generic-dfu", place);
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 1);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x1209, 0x0001);
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, NULL);
  BootlaceJob *job = bootlace_job_list_start (self->jobs, device, image, NULL);

  window_fixture_wait (is_over, job, "the job");
  g_assert_error (bootlace_job_get_error (job), DFU_ERROR, (int) code);
  g_assert_false (bootlace_job_get_progress (job).flash_touched);

  bootlace_job_list_dismiss (self->jobs, job);
  unplug (self, "1-10");
}

static void
test_several (Fixture *self, gconstpointer data)
{
  assert_no_guess (self, "1-10", DFU_ERROR_SEVERAL_MEMORIES);
  assert_no_guess (self, "1-10,interfaces=2", DFU_ERROR_SEVERAL_INTERFACES);
}

/* Nobody but the work itself holds the job. */
static void
test_lives_alone (Fixture *self, gconstpointer data)
{
  DfuDevice *device = plug (self, "1-10");
  BootlaceJob *job = bootlace_job_new (self->bus, device, self->image);

  g_object_add_weak_pointer (G_OBJECT (job), (gpointer *) &job);
  bootlace_job_start (job);
  g_object_unref (job);
  g_assert_nonnull (job);

  window_fixture_wait (is_null, &job, "the job to end and to be freed");
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 1);

  g_object_unref (device);
  unplug (self, "1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add ("/job/verified", Fixture, NULL, set_up, test_verified, tear_down);
  g_test_add ("/job/outcome-outlives-the-board", Fixture, NULL, set_up,
              test_outcome_outlives_the_board, tear_down);
  g_test_add ("/job/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/job/backup-without-folder", Fixture, NULL, set_up, test_backup_without_folder,
              tear_down);
  g_test_add ("/job/corrupt", Fixture, NULL, set_up, test_corrupt, tear_down);
  g_test_add ("/job/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/job/several", Fixture, NULL, set_up, test_several, tear_down);
  g_test_add ("/job/second-try-with-other-ids", Fixture, NULL, set_up,
              test_second_try_with_other_ids, tear_down);
  g_test_add ("/job/lives-alone", Fixture, NULL, set_up, test_lives_alone, tear_down);

  return g_test_run ();
}
