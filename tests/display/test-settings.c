/* test-settings.c: what the program remembers, and that it lives without
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-settings.h"

static void
test_folder (void)
{
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/somewhere/build/dfu.bin");
  g_autoptr (GFile) none = NULL;
  g_autoptr (GFile) folder = NULL;

  g_assert_nonnull (settings);
  none = bootlace_settings_recall_folder (settings);
  g_assert_null (none);

  bootlace_settings_remember_folder (settings, file);
  folder = bootlace_settings_recall_folder (settings);
  g_assert_cmpstr (g_file_peek_path (folder), ==, "/somewhere/build");
}

static void
test_size (void)
{
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  GtkWidget *window = gtk_window_new ();
  int width;
  int height;

  bootlace_settings_bind_window (settings, GTK_WINDOW (window));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 720);
  g_assert_cmpint (height, ==, 720);

  gtk_window_set_default_size (GTK_WINDOW (window), 500, 600);
  gtk_window_destroy (GTK_WINDOW (window));

  window = gtk_window_new ();
  bootlace_settings_bind_window (settings, GTK_WINDOW (window));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 600);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_missing (void)
{
  g_autoptr (GSettings) settings = bootlace_settings_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/somewhere/build/dfu.bin");
  g_autoptr (GFile) folder = NULL;

  g_assert_null (settings);
  bootlace_settings_remember_folder (settings, file);
  folder = bootlace_settings_recall_folder (settings);
  g_assert_null (folder);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);

  if (g_getenv ("GSETTINGS_SCHEMA_DIR") != NULL) {
    g_test_add_func ("/settings/folder", test_folder);
    g_test_add_func ("/settings/size", test_size);
  } else {
    g_test_add_func ("/settings/missing", test_missing);
  }

  return g_test_run ();
}
