/* test-window-files.c: firmware that is built anew, opened again and saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "test-build.h"
#include "test-image.h"

#include <glib/gstdio.h>
#include <string.h>

#define APP_SIZE (32 * 1024)
#define OTHER_APP_SIZE (40 * 1024)
#define OTHER_SIZE_TEXT "app 40 kB"
#define COPYING 2000 /* milliseconds; less than it takes until a file is refused */

#define JSON                                                                                       \
  "{" TEST_BUILD_THREE_FILES ", " TEST_BUILD_CHIP ("esp32s2") ", " TEST_BUILD_SIZE ("4MB") "}"

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static void
test_rebuilt (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3 was rebuilt");
  g_assert_cmpuint (firmware_image_get_total_size (window_fixture_get_image (self)), >,
                    OTHER_APP_SIZE);

  /* The age goes on, and the person can have it away. */
  window_fixture_wait_for_text (get_widget (self), "was rebuilt 5 s ago");
  window_fixture_activate (self, "win.hide-news");
  window_fixture_wait_for_no_text (get_widget (self), "was rebuilt");
}

/* What is not complete is waited for, and when nobody completes it, it is refused like any other
 * file. What was loaded stays. */
static void
test_half_written (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);
  FirmwareImage *image;

  window_fixture_open (self, "dfu.bin", contents);
  image = window_fixture_get_image (self);
  window_fixture_rewrite_half ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "dfu.bin: This file is");
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3 from dfu.bin stays loaded.");
  window_fixture_wait_for_no_text (get_widget (self), "are changing");
  g_assert_true (window_fixture_get_image (self) == image);

  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "and is loaded now");
  window_fixture_wait_for_no_text (get_widget (self), "stays loaded");
  g_assert_true (window_fixture_get_image (self) != image);
}

/* Back to what is loaded: nothing to tell, nothing to do. */
static void
test_put_back (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  FirmwareImage *image;

  window_fixture_open (self, "dfu.bin", contents);
  image = window_fixture_get_image (self);
  window_fixture_rewrite_half ("dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "stays loaded");
  window_fixture_rewrite ("dfu.bin", contents);
  window_fixture_wait_for_no_text (get_widget (self), "stays loaded");
  window_fixture_wait_for_no_text (get_widget (self), "was rebuilt");
  g_assert_true (window_fixture_get_image (self) == image);
}

static void
test_deleted (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);
  g_autoptr (GFile) file = NULL;
  FirmwareImage *image;

  window_fixture_open (self, "dfu.bin", contents);
  image = window_fixture_get_image (self);
  file = window_fixture_get_file ("dfu.bin");
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  window_fixture_wait_for_text (get_widget (self),
                                "The file of blink 1.0.3 is not there any more.");
  g_assert_true (window_fixture_get_image (self) == image);

  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "and is loaded now");
}

static gboolean
is_offering (gpointer data)
{
  return bootlace_reload_is_offering (data);
}

/* What was loaded is flashed until the person wants the other. */
static void
test_other_board (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new_for_product (0x0009, APP_SIZE);
  FirmwareImage *image;

  window_fixture_open (self, "dfu.bin", contents);
  image = window_fixture_get_image (self);
  g_assert_null (window_fixture_find_button (get_widget (self), "Load It"));
  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait (is_offering,
                       bootlace_files_get_reload (bootlace_window_get_files (self->window)),
                       "the offer");
  window_fixture_wait_for_text (get_widget (self),
                                "for another board now: blink 1.0.3 for ESP32-S3");
  g_assert_true (window_fixture_get_image (self) == image);
  g_assert_nonnull (window_fixture_find_button (get_widget (self), "Load It"));

  window_fixture_activate (self, "win.reload");
  g_assert_cmpstr (firmware_image_get_chip (window_fixture_get_image (self)), ==, "ESP32-S3");
}

/* What was refused is forgotten as soon as the file is whole, whatever board it is for. */
static void
test_half_written_for_other_board (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new_for_product (0x0009, APP_SIZE);

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_rewrite_half ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "stays loaded");
  window_fixture_rewrite ("dfu.bin", other);
  window_fixture_wait_for_text (get_widget (self), "for another board now");
  window_fixture_wait_for_no_text (get_widget (self), "stays loaded");
}

static void
test_half_written_and_deleted (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GFile) file = window_fixture_get_file ("dfu.bin");

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_rewrite_half ("dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "stays loaded");
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  window_fixture_wait_for_text (get_widget (self), "is not there any more");
  window_fixture_wait_for_no_text (get_widget (self), "stays loaded");
}

static gboolean
complete_cb (gpointer user_data)
{
  g_autoptr (GBytes) contents = test_image_new (OTHER_APP_SIZE);

  test_build_write (user_data, "target.bin", contents);

  return G_SOURCE_REMOVE;
}

static void
count_cb (guint *n_problems)
{
  ++*n_problems;
}

/* Behind a link, nothing tells of changes, as in another computer's folder. Who copies a file there
 * slowly is done before it is refused. */
static void
test_half_written_unwatched (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (contents, 0, 9000);
  g_autoptr (GFile) link = window_fixture_get_file ("link.bin");
  g_autofree char *target = NULL;
  guint n_problems = 0;
  TestBuild elsewhere;

  test_build_set_up (&elsewhere, NULL);
  test_build_write (&elsewhere, "target.bin", contents);
  target = test_build_dup_path (&elsewhere, "target.bin");
  g_assert_true (g_file_make_symbolic_link (link, target, NULL, NULL));
  bootlace_window_open (self->window, &link, 1);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");

  g_signal_connect_swapped (bootlace_window_get_firmware (self->window), "notify::problem",
                            G_CALLBACK (count_cb), &n_problems);
  test_build_write (&elsewhere, "target.bin", part);
  bootlace_reload_look (bootlace_files_get_reload (bootlace_window_get_files (self->window)));
  g_timeout_add (COPYING, complete_cb, &elsewhere);
  window_fixture_wait_for_text (get_widget (self), "and is loaded now");
  g_assert_cmpuint (n_problems, ==, 0);

  test_build_tear_down (&elsewhere, NULL);
}

static void
assert_title_in_build (WindowFixture *self, guint64 size)
{
  g_assert_cmpuint (firmware_image_get_total_size (window_fixture_get_image (self)), ==, size);
}

/* Every file that the build names is watched, and the one that names them. */
static void
test_build (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) app = test_image_new_pattern (6000, 3);
  g_autoptr (GBytes) app_again = test_image_new_pattern (7000, 3);
  TestBuild build;

  test_build_set_up (&build, NULL);
  test_build_write_json (&build, JSON);
  bootlace_window_open (self->window, &build.folder, 1);
  window_fixture_wait_for_text (get_widget (self), "from an ESP-IDF build");
  assert_title_in_build (self, 37 + 64 + 5000);

  test_build_write (&build, "app.bin", app);
  window_fixture_wait_for_text (get_widget (self), "and is loaded now");
  assert_title_in_build (self, 37 + 64 + 6000);

  test_build_write (&build, "app.bin", app_again);
  test_build_write_json (&build, "{" TEST_BUILD_BOOTLOADER ", " TEST_BUILD_CHIP ("esp32s2") "}");
  window_fixture_wait_for_text (get_widget (self), " · 37");
  test_build_tear_down (&build, NULL);
  window_fixture_wait_for_text (get_widget (self), "is not there any more");
}

static gboolean
has_message (gpointer data)
{
  return bootlace_saving_get_message (data) != NULL;
}

static void
save (WindowFixture *self, GFile *file, const char *message)
{
  BootlaceSaving *saving = bootlace_files_get_saving (bootlace_window_get_files (self->window));

  bootlace_saving_dismiss_message (saving);
  bootlace_saving_save (saving, file);
  window_fixture_wait (has_message, saving, "the message");
  window_fixture_wait_for_text (get_widget (self), message);
}

static void
test_save (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GFile) file = window_fixture_get_file ("saved.dfu");
  g_autoptr (GFile) nowhere = window_fixture_get_file ("missing/saved.dfu");
  g_autoptr (GFile) input = window_fixture_get_file ("dfu.bin");
  g_autoptr (GBytes) saved = NULL;
  BootlaceSaving *saving = bootlace_files_get_saving (bootlace_window_get_files (self->window));

  g_assert_false (bootlace_saving_can_save (saving));
  window_fixture_open (self, "dfu.bin", contents);
  g_assert_true (bootlace_saving_can_save (saving));

  save (self, file, "Saved as saved.dfu.");
  saved = g_file_load_bytes (file, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (saved, contents));

  save (self, nowhere, "saved.dfu was not saved. The folder for this file does not exist.");
  save (self, input, "dfu.bin was not saved. The loaded firmware was read from this file.");
  window_fixture_activate (self, "win.hide-message");
  window_fixture_wait_for_no_text (get_widget (self), "was not saved");
}

static GListModel *
get_recent (WindowFixture *self)
{
  return bootlace_recent_get_list (
    bootlace_files_get_recent (bootlace_window_get_files (self->window)));
}

static gboolean
has_two (gpointer data)
{
  return g_list_model_get_n_items (data) == 2;
}

static gboolean
has_one (gpointer data)
{
  return g_list_model_get_n_items (data) == 1;
}

static const char *
get_recent_name (WindowFixture *self, guint i)
{
  g_autoptr (BootlaceRecentFile) file = g_list_model_get_item (get_recent (self), i);

  return bootlace_recent_file_get_name (file);
}

static gboolean
is_dfu_first (gpointer data)
{
  g_autoptr (BootlaceRecentFile) file = g_list_model_get_item (data, 0);

  return g_str_equal (bootlace_recent_file_get_name (file), "dfu.bin");
}

static void
test_recent (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;
  GtkWidget *button;
  TestBuild build;

  window_fixture_activate (self, "win.clear-recent");
  window_fixture_open (self, "dfu.bin", contents);
  file = window_fixture_get_file ("dfu.bin");
  test_build_set_up (&build, NULL);
  test_build_write_json (&build, JSON);
  bootlace_window_open (self->window, &build.folder, 1);
  window_fixture_wait (has_two, get_recent (self), "two entries");
  g_assert_cmpstr (get_recent_name (self, 1), ==, "dfu.bin");

  /* A build folder is called by its project. */
  g_assert_true (g_str_has_suffix (build.project, get_recent_name (self, 0)));

  button = window_fixture_find (get_widget (self), GTK_TYPE_MENU_BUTTON);
  g_assert_true (gtk_widget_is_sensitive (button));

  /* What is opened again comes first; what is gone is left out. */
  uri = g_file_get_uri (file);
  g_assert_true (
    gtk_widget_activate_action_variant (get_widget (self), "win.open-recent",
                                        g_variant_new_strv ((const char *const[]){ uri }, 1)));
  window_fixture_wait (is_dfu_first, get_recent (self), "the other order");
  test_build_tear_down (&build, NULL);
  bootlace_recent_look (bootlace_files_get_recent (bootlace_window_get_files (self->window)));
  window_fixture_wait (has_one, get_recent (self), "one entry");
  g_assert_cmpstr (get_recent_name (self, 0), ==, "dfu.bin");

  window_fixture_activate (self, "win.clear-recent");
  g_assert_cmpuint (g_list_model_get_n_items (get_recent (self)), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (button));
}

static gboolean
is_hidden (gpointer data)
{
  return !gtk_widget_get_visible (data);
}

/* The list goes when something was chosen: what it covers is what somebody wants to see. */
static void
test_recent_chosen (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GBytes) other = test_image_new (OTHER_APP_SIZE);
  GtkWidget *button;
  GtkWidget *popover;
  GtkListBox *list;

  window_fixture_activate (self, "win.clear-recent");
  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_open (self, "other.bin", other);
  window_fixture_wait (has_two, get_recent (self), "two entries");
  window_fixture_wait_for_text (get_widget (self), OTHER_SIZE_TEXT);

  button = window_fixture_find (get_widget (self), GTK_TYPE_MENU_BUTTON);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  list = GTK_LIST_BOX (window_fixture_find (popover, GTK_TYPE_LIST_BOX));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_widget_get_visible (popover));
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 1), "activate");
  window_fixture_wait_for_no_text (get_widget (self), OTHER_SIZE_TEXT);
  window_fixture_wait (is_hidden, popover, "the list to go");
  window_fixture_activate (self, "win.clear-recent");
}

/* Another window, as after another start of the program. */
static void
test_recent_remembered (void)
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (WindowFixture) self = window_fixture_new ();

    if (i == 0)
      window_fixture_open (self, "dfu.bin", contents);
    window_fixture_wait (has_one, get_recent (self), "one entry");
    g_assert_cmpstr (get_recent_name (self, 0), ==, "dfu.bin");
  }
}

/* The parts of a firmware are one firmware, and each of them is watched. */
static void
test_several (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (TEST_IMAGE_PRODUCT, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app =
    test_image_new_app (TEST_IMAGE_PRODUCT, APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) app_again =
    test_image_new_app (TEST_IMAGE_PRODUCT, OTHER_APP_SIZE, "blink", "1.0.4", "v5.2.1");
  g_autoptr (GFile) first = window_fixture_write_file ("bootloader.bin", bootloader);
  g_autoptr (GFile) second = window_fixture_write_file ("partition-table.bin", table);
  g_autoptr (GFile) third = window_fixture_write_file ("blink.bin", app);
  g_autoptr (GFile) again = NULL;
  GFile *files[] = { first, second, third };
  GFile *twice[] = { third, third };

  window_fixture_activate (self, "win.clear-recent");
  bootlace_window_open (self->window, files, G_N_ELEMENTS (files));
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  window_fixture_wait_for_text (get_widget (self), "in 3 parts");
  window_fixture_wait (has_one, get_recent (self), "one entry");
  g_assert_cmpstr (get_recent_name (self, 0), ==, "bootloader.bin, partition-table.bin, blink.bin");

  again = window_fixture_write_file ("blink.bin", app_again);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.4 was rebuilt");

  bootlace_window_open (self->window, twice, G_N_ELEMENTS (twice));
  window_fixture_wait_for_text (get_widget (self),
                                "blink.bin, blink.bin: Two of these files are the same part");
  window_fixture_wait_for_text (get_widget (self), "It is about “blink.bin”.");
  g_assert_cmpstr (firmware_image_get_title (window_fixture_get_image (self)), ==, "blink 1.0.4");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-files/rebuilt", test_rebuilt);
  g_test_add_func ("/window-files/half-written", test_half_written);
  g_test_add_func ("/window-files/put-back", test_put_back);
  g_test_add_func ("/window-files/deleted", test_deleted);
  g_test_add_func ("/window-files/other-board", test_other_board);
  g_test_add_func ("/window-files/half-written-for-other-board", test_half_written_for_other_board);
  g_test_add_func ("/window-files/half-written-and-deleted", test_half_written_and_deleted);
  g_test_add_func ("/window-files/half-written-unwatched", test_half_written_unwatched);
  g_test_add_func ("/window-files/build", test_build);
  g_test_add_func ("/window-files/save", test_save);
  g_test_add_func ("/window-files/recent", test_recent);
  g_test_add_func ("/window-files/recent-chosen", test_recent_chosen);
  g_test_add_func ("/window-files/recent-remembered", test_recent_remembered);
  g_test_add_func ("/window-files/several", test_several);

  return g_test_run ();
}
