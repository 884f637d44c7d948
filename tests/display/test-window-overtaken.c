/* test-window-overtaken.c: firmware that is built anew while boards are being flashed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "test-image.h"
#include "virtual-bus-client.h"

#include <glib/gstdio.h>

#define APP_SIZE (32 * 1024)
#define OTHER_APP_SIZE (40 * 1024)
#define OTHER_SIZE_TEXT "app 40 kB"

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static GtkWidget *
start_slowly (WindowFixture *self)
{
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("slow-transfers 1-10 40000");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_selection (self->window);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Erasing and writing");

  return row;
}

/* The application lies where the table of the tests' images has it. */
static void
check_flash (GBytes *image_contents)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (image_contents, &error);
  g_autoptr (GFile) file = window_fixture_get_file ("flash.bin");
  g_autofree char *command = g_strdup_printf ("save-flash 1-10 %s", g_file_peek_path (file));
  g_autoptr (GBytes) flash = NULL;
  GListModel *segments = firmware_image_get_segments (image);

  virtual_bus_tell ("%s", command);
  flash = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    GBytes *data = firmware_segment_get_data (segment);
    g_autoptr (GBytes) written =
      g_bytes_new_from_bytes (flash, firmware_segment_get_address (segment),
                              g_bytes_get_size (data));

    g_assert_true (g_bytes_equal (written, data));
  }
}

/* The file changes in every way while it is being written to a board, which gets what the window
 * showed when Flash was pressed. */
static void
test_while_flashing (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);
  g_autoptr (GFile) file = NULL;
  FirmwareImage *image;
  GtkWidget *row;

  window_fixture_open (self, "dfu.bin", contents);
  image = window_fixture_get_image (self);
  row = start_slowly (self);

  file = window_fixture_get_file ("dfu.bin");
  window_fixture_rewrite_half ("dfu.bin", other);
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "It will be loaded when the boards are done.");
  g_assert_true (window_fixture_get_image (self) == image);
  g_assert_true (bootlace_status_is_busy (bootlace_window_get_status (self->window)));

  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written and verified");
  check_flash (contents);
  window_fixture_wait_for_text (get_widget (self), "The boards that are done got what was there");
  window_fixture_wait_for_text (get_widget (self), OTHER_SIZE_TEXT);
  window_fixture_wait_for_text (row, "Written and verified");
  window_fixture_wait_for_text (row, "The board got blink 1.0.3 as it was when flashing began");

  virtual_bus_tell ("unplug 1-10");
}

/* Writes another part of a file again and again, as who is not done with it. */
static gboolean
scribble_cb (gpointer user_data)
{
  gsize *size = user_data;
  g_autoptr (GBytes) contents = test_image_new (OTHER_APP_SIZE);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (contents, 0, *size);

  *size += 16;
  window_fixture_rewrite ("dfu.bin", part);

  return G_SOURCE_CONTINUE;
}

/* The boards are done while a build is still being written: their outcome is there to be seen. */
static void
test_written_past_the_end (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);
  gsize size = 9000;
  GtkWidget *row;
  guint id;

  window_fixture_open (self, "dfu.bin", contents);
  row = start_slowly (self);
  id = g_timeout_add (100, scribble_cb, &size);
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written and verified");
  g_source_remove (id);
  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "The boards that are done got what was there");
  window_fixture_wait_for_text (row, "Written and verified");

  virtual_bus_tell ("unplug 1-10");
}

static gboolean
rebuild_cb (gpointer user_data)
{
  gsize *size = user_data;
  g_autoptr (GBytes) contents = test_image_new (*size);

  *size += 4096;
  window_fixture_rewrite ("dfu.bin", contents);

  return G_SOURCE_CONTINUE;
}

/* The boards are done before anybody has noticed the build; what is built later is no such case. */
static void
test_written_just_before_the_end (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);
  gsize size = OTHER_APP_SIZE + 4096;
  GtkWidget *row;
  guint id;

  window_fixture_open (self, "dfu.bin", contents);
  row = start_slowly (self);
  window_fixture_rewrite ("dfu.bin", other);
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (get_widget (self), "The boards that are done got what was there");
  window_fixture_wait_for_text (row, "Written and verified");

  id = g_timeout_add_seconds (3, rebuild_cb, &size);
  window_fixture_wait_for_no_text (row, "Written and verified");
  window_fixture_wait_for_no_text (get_widget (self), "The boards that are done");
  g_source_remove (id);

  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-overtaken/while-flashing", test_while_flashing);
  g_test_add_func ("/window-overtaken/written-past-the-end", test_written_past_the_end);
  g_test_add_func ("/window-overtaken/written-just-before-the-end",
                   test_written_just_before_the_end);

  return g_test_run ();
}
