/* test-window-details.c: parts, names for assistive technology, reports and dialogs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-file-picker.h"
#include "bootlace-flash-map.h"
#include "bootlace-flash-block.h"
#include "test-build.h"
#include "test-hex.h"
#include "test-image.h"
#include "virtual-bus-client.h"
#include "wording-message.h"

#include "usb-error.h"

#define APP_SIZE (600 * 1024)

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static void
press (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_md5 (WindowFixture *self, guint number)
{
  FirmwareImage *image = bootlace_firmware_get_image (bootlace_window_get_firmware (self->window));
  g_autoptr (FirmwareSegment) segment =
    g_list_model_get_item (firmware_image_get_segments (image), number);
  g_autofree char *md5 =
    g_compute_checksum_for_bytes (G_CHECKSUM_MD5, firmware_segment_get_data (segment));

  window_fixture_wait_for_text (get_widget (self), md5);
}

static void
test_parts (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_multi_part (TEST_IMAGE_PRODUCT, APP_SIZE);
  g_autofree char *text = NULL;

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 · ESP-IDF v5.2.1 · 3 May 2026 · ");
  window_fixture_wait_for_text (get_widget (self), "4 MB");
  window_fixture_wait_for_text (get_widget (self), "app 614 kB");
  window_fixture_wait_for_text (get_widget (self), "left as it is");
  window_fixture_wait_for_text (get_widget (self), "All checks passed");

  text = window_fixture_dup_text (get_widget (self));
  g_assert_null (strstr (text, "0x00010000"));
  press (window_fixture_find_button (get_widget (self), "Details"));
  window_fixture_wait_for_text (get_widget (self), "0x00010000");
  window_fixture_wait_for_text (get_widget (self), "ota_data_initial.bin");
  window_fixture_wait_for_text (get_widget (self), "2 pieces are written as 1, which saves ");
  window_fixture_wait_for_text (get_widget (self), "the table’s own MD5 verified");
  for (guint i = 0; i < 5; i++)
    assert_md5 (self, i);
}

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_label (child, text);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* Which of several files of the same name it is. */
static void
test_file (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (16 * 1024);
  g_autoptr (GFile) file = window_fixture_get_file ("dfu.bin");
  GtkWidget *label;

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  label = find_label (get_widget (self), "dfu.bin");
  g_assert_nonnull (label);
  g_assert_cmpint (gtk_label_get_ellipsize (GTK_LABEL (label)), ==, PANGO_ELLIPSIZE_MIDDLE);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, g_file_peek_path (file));
  gtk_test_accessible_assert_property (label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       g_file_peek_path (file));

  press (window_fixture_find_button (get_widget (self), "Details"));
  window_fixture_wait_for_text (get_widget (self), "Read from");
  g_assert_nonnull (find_label (get_widget (self), g_file_peek_path (file)));
  window_fixture_wait_for_text (get_widget (self), "Changed");
}

/* Of a file without a chip its format is the first thing to know, then where it goes. */
static void
test_addressed (void)
{
  static const guint8 data[16] = { 0 };
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GString *hex = g_string_new (NULL);
  g_autoptr (GBytes) contents = NULL;

  test_hex_append_at (hex, 0x08000000, data, sizeof data);
  test_hex_append_end (hex);
  contents = g_string_free_to_bytes (hex);

  window_fixture_open (self, "blink.hex", contents);
  window_fixture_wait_for_text (get_widget (self), "Intel HEX file · 16\u00a0bytes at 0x08000000");
}

/* Sums that Bootlace made itself are no checks that something passed. */
static void
test_build_folder (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autofree char *text = NULL;
  TestBuild build;

  test_build_set_up (&build, NULL);
  test_build_write_json (&build, "{" TEST_BUILD_THREE_FILES
                                 ", " TEST_BUILD_CHIP ("esp32s2") ", " TEST_BUILD_SIZE ("4MB") "}");
  bootlace_window_open (self->window, &build.folder, 1);
  window_fixture_wait_for_text (get_widget (self), "from an ESP-IDF build");
  text = window_fixture_dup_text (get_widget (self));
  g_assert_null (strstr (text, "checksum"));

  test_build_tear_down (&build, NULL);
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_width (gtk_widget_get_last_child (data)) > 0;
}

static void
test_map (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_multi_part (TEST_IMAGE_PRODUCT, APP_SIZE);
  GtkWidget *map;
  guint n_labels = 0;

  window_fixture_open (self, "dfu.bin", contents);
  map = window_fixture_find (get_widget (self), BOOTLACE_TYPE_FLASH_MAP);
  window_fixture_wait (is_laid_out, map, "the map to be laid out");
  gtk_test_accessible_assert_role (map, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_LABEL, "Flash map");
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Flash of 4 MB; 5 partitions; "
                                       "bootloader: 8.2 kB at 0x00001000; "
                                       "partition table: 3.1 kB at 0x00008000; "
                                       "OTA data: 8.2 kB at 0x0000d000; "
                                       "app: 614 kB at 0x00010000; "
                                       "storage: 9.0 kB at 0x00300000");

  /* Every part can be seen and pointed at; only one has room for its name. */
  for (GtkWidget *block = gtk_widget_get_first_child (map); block != NULL;
       block = gtk_widget_get_next_sibling (block)) {
    g_assert_cmpint (gtk_widget_get_width (block), >=, 6);
    n_labels += bootlace_flash_block_is_part (BOOTLACE_FLASH_BLOCK (block)) &&
                bootlace_flash_block_shows_label (BOOTLACE_FLASH_BLOCK (block));
  }
  g_assert_cmpuint (n_labels, ==, 1);
}

static void
test_accessible_names (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (16 * 1024);
  GtkWidget *row;
  GtkWidget *check;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  check = window_fixture_find (row, GTK_TYPE_CHECK_BUTTON);
  gtk_test_accessible_assert_property (check, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Flash ESP32-S2 on USB port 1-10");
  g_assert_false (gtk_widget_is_sensitive (check));

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");
  g_assert_true (gtk_widget_is_sensitive (check));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));

  gtk_test_accessible_assert_property (check, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Ready");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  window_fixture_wait_for_text (get_widget (self), "Select a board to flash");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  window_fixture_wait_for_no_text (get_widget (self), "Select a board to flash");

  virtual_bus_tell ("unplug 1-10");
}

static void
paste_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
shows_copy (gpointer data)
{
  return window_fixture_find_button (data, "Copy") != NULL;
}

/* Flashes a board, and answers its row. */
static GtkWidget *
open_report (WindowFixture *self)
{
  g_autoptr (GBytes) contents = test_image_new (16 * 1024);
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");

  press (window_fixture_find_button (row, "Details"));
  window_fixture_wait (shows_copy, row, "the report");
  return row;
}

static void
test_report (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = open_report (self);
  g_autofree char *pasted = NULL;

  press (window_fixture_find_button (row, "Copy"));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (row), NULL, paste_cb, &pasted);
  window_fixture_wait (is_set, &pasted, "the clipboard");
  g_assert_nonnull (strstr (pasted, "Outcome: verified"));

  virtual_bus_tell ("unplug 1-10");
}

static void
pick_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, data);

  g_assert_null (files);
}

static void
test_picker_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GtkWidget *parent = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (parent));
  bootlace_file_picker_open_async (GTK_WINDOW (parent), "Choose", NULL, cancellable, pick_cb,
                                   &error);
  g_cancellable_cancel (cancellable);
  window_fixture_wait (is_set, &error, "the dialog to close");
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  gtk_window_destroy (GTK_WINDOW (parent));
}

static gboolean
is_asking (gpointer data)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ()) > 1;
}

/* A window that goes takes its dialog along and leaves nothing behind. */
static void
test_picker_goes_with_window (gconstpointer data)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  window_fixture_activate (self, data);
  window_fixture_wait (is_asking, NULL, "the dialog");
}

static void
test_picker_goes_with_report (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  press (window_fixture_find_button (open_report (self), "Save…"));
  window_fixture_wait (is_asking, NULL, "the dialog");
  virtual_bus_tell ("unplug 1-10");
}

static void
test_no_bus (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (USB_ERROR, USB_ERROR_FAILED, "libusb_init: out of memory");
  g_autoptr (WordingMessage) problem = wording_message_new_for_bus (error);
  g_autoptr (GListStore) devices = g_list_store_new (DFU_TYPE_DEVICE);
  g_autoptr (BootlaceJobList) jobs = bootlace_job_list_new (NULL);
  GtkWidget *window = bootlace_window_new (NULL, G_LIST_MODEL (devices), jobs, problem);

  gtk_window_present (GTK_WINDOW (window));
  window_fixture_wait_for_text (window, "Bootlace cannot use USB on this computer.");
  window_fixture_wait_for_text (window, "libusb_init: out of memory");
  window_fixture_wait_for_text (window, "Drop your firmware here");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* From 360 pixels on, in both directions of writing. */
static void
test_narrow (gconstpointer data)
{
  GtkTextDirection direction = GPOINTER_TO_INT (data);
  g_autoptr (WindowFixture) self = NULL;
  g_autoptr (GBytes) contents = test_image_new_multi_part (TEST_IMAGE_PRODUCT, APP_SIZE);
  int minimum;

  gtk_widget_set_default_direction (direction);
  self = window_fixture_new ();
  virtual_bus_tell ("plug esp32s2@1-10");
  window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 600);

  gtk_widget_measure (get_widget (self), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);

  virtual_bus_tell ("unplug 1-10");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-details/parts", test_parts);
  g_test_add_func ("/window-details/file", test_file);
  g_test_add_func ("/window-details/build-folder", test_build_folder);
  g_test_add_func ("/window-details/addressed", test_addressed);
  g_test_add_func ("/window-details/map", test_map);
  g_test_add_func ("/window-details/accessible-names", test_accessible_names);
  g_test_add_func ("/window-details/report", test_report);
  g_test_add_func ("/window-details/picker-cancelled", test_picker_cancelled);
  g_test_add_data_func ("/window-details/picker-goes-with-window", "win.open",
                        test_picker_goes_with_window);
  g_test_add_data_func ("/window-details/folder-picker-goes-with-window", "win.open-folder",
                        test_picker_goes_with_window);
  g_test_add_func ("/window-details/picker-goes-with-report", test_picker_goes_with_report);
  g_test_add_func ("/window-details/no-bus", test_no_bus);
  g_test_add_data_func ("/window-details/narrow", GINT_TO_POINTER (GTK_TEXT_DIR_LTR), test_narrow);
  g_test_add_data_func ("/window-details/narrow-rtl", GINT_TO_POINTER (GTK_TEXT_DIR_RTL),
                        test_narrow);

  return g_test_run ();
}
