/* test-preferences.c: the switches keep what they say, and jobs do it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-job-list.h"
#include "bootlace-preferences.h"
#include "bootlace-settings.h"
#include "bootlace-wishes.h"
#include "dfu-device-list.h"
#include "folder-program.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include <glib/gstdio.h>

static GtkWidget *
find_widget (GtkWidget *widget, const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_widget (child, id);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
test_switches (void)
{
  static const struct {
    const char *id;
    const char *key;
  } wishes[] = {
    { "restart_switch", BOOTLACE_WISH_RESTART },
    { "backup_switch", BOOTLACE_WISH_BACKUP },
  };
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  GtkWidget *window = bootlace_preferences_new (NULL, NULL);
  int lowest, narrowest;

  gtk_window_present (GTK_WINDOW (window));
  window_fixture_wait_for_text (window, "Check by reading back");
  gtk_widget_measure (gtk_window_get_child (GTK_WINDOW (window)), GTK_ORIENTATION_HORIZONTAL, -1,
                      &narrowest, NULL, NULL, NULL);
  g_assert_cmpint (narrowest, <=, 360);
  gtk_widget_measure (gtk_window_get_child (GTK_WINDOW (window)), GTK_ORIENTATION_VERTICAL, 360,
                      &lowest, NULL, NULL, NULL);
  g_assert_cmpint (lowest, <=, 240);

  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++) {
    GtkWidget *wish = find_widget (window, wishes[i].id);

    g_assert_false (gtk_switch_get_active (GTK_SWITCH (wish)));
    gtk_switch_set_active (GTK_SWITCH (wish), TRUE);
    g_assert_true (g_settings_get_boolean (settings, wishes[i].key));
    g_settings_reset (settings, wishes[i].key);
    g_assert_false (gtk_switch_get_active (GTK_SWITCH (wish)));
  }

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_read_back (void)
{
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  GtkWidget *window = bootlace_preferences_new (NULL, NULL);
  GtkDropDown *choice = GTK_DROP_DOWN (find_widget (window, "read_back_choice"));
  GtkStringList *texts = GTK_STRING_LIST (gtk_drop_down_get_model (choice));
  g_autoptr (GVariant) value = NULL;
  GtkWidget *button;

  g_assert_cmpstr (gtk_string_list_get_string (texts, BOOTLACE_READ_BACK_IF_NEEDED), ==,
                   "If needed");
  g_assert_cmpstr (gtk_string_list_get_string (texts, BOOTLACE_READ_BACK_ALWAYS), ==, "Always");
  g_assert_cmpstr (gtk_string_list_get_string (texts, BOOTLACE_READ_BACK_NEVER), ==, "Never");
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, BOOTLACE_READ_BACK_IF_NEEDED);

  gtk_test_accessible_assert_property (choice, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Check by reading back");
  button = gtk_widget_get_first_child (GTK_WIDGET (choice));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Check by reading back, If needed");

  gtk_drop_down_set_selected (choice, BOOTLACE_READ_BACK_NEVER);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Check by reading back, Never");
  g_assert_cmpint (g_settings_get_enum (settings, BOOTLACE_WISH_READ_BACK), ==,
                   BOOTLACE_READ_BACK_NEVER);
  g_settings_set_enum (settings, BOOTLACE_WISH_READ_BACK, BOOTLACE_READ_BACK_ALWAYS);
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, BOOTLACE_READ_BACK_ALWAYS);
  g_settings_reset (settings, BOOTLACE_WISH_READ_BACK);
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, BOOTLACE_READ_BACK_IF_NEEDED);

  /* Else a new default would reach nobody. */
  value = g_settings_get_user_value (settings, BOOTLACE_WISH_READ_BACK);
  g_assert_null (value);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
press_show_backups (GtkWidget *window)
{
  GtkWidget *button = window_fixture_find_button (window, "Show Backups");

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* What has failed is said, and can be tried again. */
static void
test_folder (void)
{
  GtkWidget *window = bootlace_preferences_new (NULL, NULL);
  g_autofree char *folder = bootlace_wishes_dup_backup_folder ();
  g_autofree char *mark = NULL;
  g_autoptr (GError) error = NULL;

  folder_program_break ();
  gtk_window_present (GTK_WINDOW (window));
  press_show_backups (window);
  window_fixture_wait_for_text (window, "Nothing on this computer could show the folder.");

  mark = folder_program_install ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_file_set_contents (folder, "in the way", -1, &error);
  g_assert_no_error (error);
  press_show_backups (window);
  window_fixture_wait_for_text (window, "The folder is not there and could not be made.");
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_remove (folder), ==, 0);
  press_show_backups (window);
  window_fixture_wait_for_no_text (window, "The folder is not there");
  window_fixture_wait_for_no_text (window, "Nothing on this computer");
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));

  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n_files++;

  return n_files;
}

static DfuDevice *
wait_for_device (GListModel *devices)
{
  while (g_list_model_get_n_items (devices) == 0)
    g_main_context_iteration (NULL, TRUE);

  return g_list_model_get_item (devices, 0);
}

static BootlaceJob *
flash (const char *board, BootlaceJobList *jobs, GListModel *devices)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 2);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, NULL);
  g_autoptr (DfuDevice) device = NULL;
  BootlaceJob *job;

  virtual_bus_tell ("plug %s", board);
  device = wait_for_device (devices);
  job = bootlace_job_list_start (jobs, device, image, NULL);
  while (bootlace_job_is_active (job))
    g_main_context_iteration (NULL, TRUE);

  return job;
}

/* Without a wish, what can be compared is compared. */
static void
test_default_job (void)
{
  g_autoptr (UsbBus) bus = usb_bus_new (NULL);
  g_autoptr (DfuDeviceList) devices = dfu_device_list_new (bus);
  g_autoptr (BootlaceJobList) jobs = bootlace_job_list_new (bus);
  BootlaceJob *job = flash ("generic-dfu@1-2,memories=1", jobs, G_LIST_MODEL (devices));

  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_VERIFIED);
  g_assert_cmpint (bootlace_job_get_progress (job).read_back, ==, DFU_READ_BACK_SAME);
  virtual_bus_tell ("unplug 1-2");
}

static void
test_job (void)
{
  g_autoptr (UsbBus) bus = usb_bus_new (NULL);
  g_autoptr (DfuDeviceList) devices = dfu_device_list_new (bus);
  g_autoptr (BootlaceJobList) jobs = bootlace_job_list_new (bus);
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  g_autofree char *folder = bootlace_wishes_dup_backup_folder ();
  BootlaceJob *job;

  g_settings_set_enum (settings, BOOTLACE_WISH_READ_BACK, BOOTLACE_READ_BACK_NEVER);
  g_settings_set_boolean (settings, BOOTLACE_WISH_RESTART, TRUE);
  g_settings_set_boolean (settings, BOOTLACE_WISH_BACKUP, TRUE);
  g_assert_cmpuint (count_files (folder), ==, 0);

  job = flash ("generic-dfu@1-1,memories=1", jobs, G_LIST_MODEL (devices));

  g_assert_cmpint (bootlace_job_get_state (job), ==, BOOTLACE_JOB_WRITTEN);
  g_assert_cmpint (bootlace_job_get_progress (job).read_back, ==, DFU_READ_BACK_NOT_ASKED);
  g_assert_cmpint (bootlace_job_get_progress (job).restart, ==, DFU_RESTART_DONE);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/preferences/switches", test_switches);
  g_test_add_func ("/preferences/read-back", test_read_back);
  g_test_add_func ("/preferences/folder", test_folder);
  g_test_add_func ("/preferences/default-job", test_default_job);
  g_test_add_func ("/preferences/job", test_job);

  return g_test_run ();
}
