/* test-window-report.c: what is told about a board that was flashed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-report-view.h"
#include "bootlace-report.h"
#include "bootlace-settings.h"
#include "bootlace-wishes.h"
#include "folder-program.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include <string.h>

#define SIZE 20480

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static void
press (GtkWidget *widget, const char *label)
{
  GtkWidget *button = window_fixture_find_button (widget, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_over (gpointer data)
{
  return !bootlace_job_is_active (data);
}

/* Flashes the only board, and answers its job. */
static BootlaceJob *
start (WindowFixture *self, GtkWidget *row)
{
  g_autoptr (BootlaceBoard) board = NULL;
  BootlaceJob *job;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (window_fixture_find (row, GTK_TYPE_CHECK_BUTTON)),
                               TRUE);
  window_fixture_wait_for_selection (self->window);
  window_fixture_activate (self, "win.flash");
  g_object_get (row, "board", &board, NULL);
  job = bootlace_board_get_job (board);
  g_assert_nonnull (job);

  return job;
}

static BootlaceJob *
flash (WindowFixture *self, GtkWidget *row)
{
  BootlaceJob *job = start (self, row);

  window_fixture_wait (is_over, job, "the end of the job");

  return job;
}

static void
assert_tells (const char *report, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (strstr (report, line) == NULL)
    g_error ("No “%s” in:\n%s", line, report);
}

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return g_date_time_format (moment, "%F %T %z");
}

/* The times are the job's, and the file is the one that was written. */
static void
test_facts (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (SIZE);
  g_autoptr (GFile) file = window_fixture_get_file ("dfu.bin");
  g_autofree char *unfinished = NULL;
  g_autofree char *report = NULL;
  g_autofree char *start_text = NULL;
  g_autofree char *end_text = NULL;
  gint64 started, ended;
  BootlaceJob *job;
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);

  job = start (self, row);
  unfinished = bootlace_report_new (job);
  assert_tells (unfinished, "\nEnded: not yet\n");

  window_fixture_wait (is_over, job, "the end of the job");
  bootlace_job_get_times (job, &started, &ended);
  g_assert_cmpint (started, >, 0);
  g_assert_cmpint (ended, >=, started);
  start_text = format_time (started);
  end_text = format_time (ended);
  report = bootlace_report_new (job);
  assert_tells (report, "Started: %s\nEnded: %s\n", start_text, end_text);
  assert_tells (report, "Firmware: blink 1.0.3 for ESP32-S2, ");
  assert_tells (report, "Read from: %s\nChanged: ", g_file_peek_path (file));
  g_assert_null (strstr (report, "Time: "));
  g_assert_null (strstr (report, "Backup: "));

  virtual_bus_tell ("unplug 1-10");
}

/* What a person took for raw bytes is no file of a format that names no device. */
static void
test_raw (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GFile) file = window_fixture_write_file ("firmware.bin", contents);
  g_autoptr (BootlaceSource) source = bootlace_source_new_raw (file, 0x08000000);
  g_autofree char *report = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug stm32f4@1-3");
  row = window_fixture_wait_for_row (self, "1-3");
  bootlace_firmware_load (bootlace_window_get_firmware (self->window), source);
  window_fixture_wait_for_text (get_widget (self), "Raw bytes · 0x08000000 to ");
  report = bootlace_report_new (flash (self, row));
  assert_tells (report,
                "Firmware: firmware.bin, raw bytes for 0x08000000, %d bytes\nRead from: ", SIZE);
  g_assert_null (strstr (report, "does not name"));
  g_assert_null (strstr (report, "alternate-0"));

  virtual_bus_tell ("unplug 1-3");
}

static gboolean
was_shown (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static gboolean
shows_backups (gpointer data)
{
  return window_fixture_find_button (data, "Show in Folder") != NULL;
}

/* Who needs the backup finds it. */
static void
test_backup (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GFile) file = window_fixture_write_file ("firmware.bin", contents);
  g_autoptr (BootlaceSource) source = bootlace_source_new_raw (file, FIRMWARE_CONVERSION_UNSET);
  g_autofree char *folder = bootlace_wishes_dup_backup_folder ();
  g_autofree char *mark = NULL;
  g_autofree char *report = NULL;
  GtkWidget *row;

  folder_program_break ();
  g_settings_set_boolean (settings, BOOTLACE_WISH_BACKUP, TRUE);
  virtual_bus_tell ("plug generic-dfu@1-5,mode=dfu,memories=1");
  row = window_fixture_wait_for_row (self, "1-5");
  bootlace_firmware_load (bootlace_window_get_firmware (self->window), source);
  window_fixture_wait_for_text (get_widget (self), "Raw bytes · from the beginning · ");
  report = bootlace_report_new (flash (self, row));
  assert_tells (report, "Backup: %s/", folder);
  assert_tells (report, "raw bytes from the beginning, %d bytes\n", SIZE);

  window_fixture_wait_for_text (row, "Backup: ");
  press (row, "Details");
  window_fixture_wait_for_text (row, " port 1-5.bin");
  window_fixture_wait (shows_backups, row, "the button");
  press (row, "Show in Folder");
  window_fixture_wait_for_text (row, "Nothing on this computer could show the folder.");
  mark = folder_program_install ();
  press (row, "Show in Folder");
  window_fixture_wait (was_shown, mark, "the folder");
  window_fixture_wait_for_no_text (row, "Nothing on this computer");

  g_settings_reset (settings, BOOTLACE_WISH_BACKUP);
  virtual_bus_tell ("unplug 1-5");
}

static gboolean
is_in_view (gpointer data)
{
  GtkWidget *window = gtk_widget_get_ancestor (data, GTK_TYPE_SCROLLED_WINDOW);
  double bottom;

  if (!gtk_widget_get_mapped (data) ||
      !gtk_widget_translate_coordinates (data, window, 0, gtk_widget_get_height (data), NULL,
                                         &bottom))
    return FALSE;

  return gtk_widget_get_height (data) > 0 && bottom <= gtk_widget_get_height (window);
}

/* What somebody opens can be seen without a search for it, and what was copied is told. */
static void
test_details (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (SIZE);
  GtkWidget *row;
  GtkWidget *report;

  gtk_window_set_default_size (GTK_WINDOW (self->window), 720, 520);
  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);
  flash (self, row);
  report = window_fixture_find (row, BOOTLACE_TYPE_REPORT_VIEW);
  press (row, "Details");
  window_fixture_wait (is_in_view, report, "the report to be seen");

  press (row, "Copy");
  window_fixture_wait_for_text (row, "Report copied");
  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-report/facts", test_facts);
  g_test_add_func ("/window-report/raw", test_raw);
  g_test_add_func ("/window-report/backup", test_backup);
  g_test_add_func ("/window-report/details", test_details);

  return g_test_run ();
}
