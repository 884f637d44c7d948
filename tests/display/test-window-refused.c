/* test-window-refused.c: a file that is refused while another one is loaded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-source-name.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include <string.h>

#define APP_SIZE (32 * 1024)
#define REFUSED "damaged.bin: This file is damaged: its checksum is wrong."
#define KEPT "blink 1.0.3 from dfu.bin stays loaded."

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static GBytes *
make_damaged (void)
{
  g_autoptr (GBytes) good = test_image_new (APP_SIZE);
  gsize size;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&good), &size);

  data[size / 2] ^= 0xff;

  return g_bytes_new_take (data, size);
}

static void
open_good (WindowFixture *self, const char *name)
{
  g_autoptr (GBytes) good = test_image_new (APP_SIZE);

  window_fixture_open (self, name, good);
}

static void
open_damaged (WindowFixture *self)
{
  g_autoptr (GBytes) damaged = make_damaged ();

  window_fixture_open (self, "damaged.bin", damaged);
  window_fixture_wait_for_text (get_widget (self), REFUSED);
}

static GtkWidget *
find_close_button (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.hide-problem") == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_close_button (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* What would be flashed stands where somebody reads that another file was refused. */
static void
test_says_what_stays (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  open_damaged (self);
  window_fixture_wait_for_no_text (get_widget (self), "stays loaded");

  open_good (self, "dfu.bin");
  window_fixture_wait_for_no_text (get_widget (self), REFUSED);
  open_damaged (self);
  window_fixture_wait_for_text (get_widget (self), KEPT);
}

static void
test_closed_by_button (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *button;

  open_good (self, "dfu.bin");
  open_damaged (self);
  button = find_close_button (get_widget (self));
  g_assert_nonnull (button);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Hide this message");

  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  window_fixture_wait_for_no_text (get_widget (self), REFUSED);
  window_fixture_wait_for_no_text (get_widget (self), KEPT);
  g_assert_nonnull (window_fixture_get_image (self));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (self->window)));
}

/* Nobody who has begun to flash needs to be told any more. */
static void
test_gone_with_flashing (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  open_good (self, "dfu.bin");
  open_damaged (self);
  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_selection (self->window);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_no_text (get_widget (self), REFUSED);
  window_fixture_wait_for_text (row, "Written and verified");
  virtual_bus_tell ("unplug 1-10");
}

/* The file that was refused is good now, because it was made anew. */
static void
test_gone_with_new_build (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) other = test_image_new (APP_SIZE + 4096);
  g_autoptr (GFile) file = NULL;

  open_good (self, "damaged.bin");
  open_damaged (self);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3 from damaged.bin stays loaded.");
  file = window_fixture_write_file ("damaged.bin", other);
  window_fixture_wait_for_text (get_widget (self), "and is loaded now");
  window_fixture_wait_for_no_text (get_widget (self), REFUSED);
}

/* Nothing is told twice, and nothing that nobody knows. */
static void
test_words (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GFile) missing = window_fixture_get_file ("missing.bin");

  window_fixture_open (self, "empty.bin", empty);
  window_fixture_wait_for_text (get_widget (self), "empty.bin: This file is empty.");
  window_fixture_wait_for_no_text (get_widget (self), "The file is empty");

  bootlace_window_open (self->window, &missing, 1);
  window_fixture_wait_for_text (get_widget (self), "missing.bin: There is no such file.");
  window_fixture_wait_for_no_text (get_widget (self), "any more");
}

/* A question for a file begins where the last one was, whoever brought it. */
static void
test_folder (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GFile) file = window_fixture_get_file ("dfu.bin");
  g_autoptr (GFile) expected = g_file_get_parent (file);
  g_autoptr (GFile) folder = NULL;

  open_good (self, "dfu.bin");
  folder = bootlace_files_find_folder (bootlace_window_get_files (self->window));
  g_assert_nonnull (folder);
  g_assert_true (g_file_equal (folder, expected));
}

static void
test_names (void)
{
  static const struct {
    const char *paths[3];
    const char *name;
  } rows[] = {
    { { "/home/me/dfu.bin" }, "dfu.bin" },
    { { "/home/me/blink/build" }, "blink/build" },
    { { "/home/me/blink/build/dfu.bin" }, "dfu.bin" },
    { { "/home/me/blink/out" }, "out" },
    { { "/a/boot.bin", "/b/app.bin" }, "boot.bin, app.bin" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (BootlaceSource) source = NULL;
    g_autofree char *name = NULL;

    for (gsize j = 0; rows[i].paths[j] != NULL; j++)
      g_ptr_array_add (files, g_file_new_for_path (rows[i].paths[j]));
    source = bootlace_source_new (files);
    name = bootlace_source_dup_name (source);
    g_assert_cmpstr (name, ==, rows[i].name);
  }
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-refused/says-what-stays", test_says_what_stays);
  g_test_add_func ("/window-refused/closed-by-button", test_closed_by_button);
  g_test_add_func ("/window-refused/gone-with-flashing", test_gone_with_flashing);
  g_test_add_func ("/window-refused/gone-with-new-build", test_gone_with_new_build);
  g_test_add_func ("/window-refused/words", test_words);
  g_test_add_func ("/window-refused/folder", test_folder);
  g_test_add_func ("/window-refused/names", test_names);

  return g_test_run ();
}
