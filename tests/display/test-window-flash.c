/* test-window-flash.c: the main job, from the file to the outcome, as a person perceives it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-bottom-bar.h"
#include "dfu-esp-erase.h"
#include "firmware-dfu-suffix.h"
#include "test-check.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#define APP_SIZE (32 * 1024)

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static void
open_firmware (WindowFixture *self)
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);

  window_fixture_open (self, "dfu.bin", contents);
}

/* Flashes a board that does what the virtual bus is told; answers its row. */
static GtkWidget *
begin_flashing (WindowFixture *self, const char *order)
{
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("%s", order);
  row = window_fixture_wait_for_row (self, "1-10");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");
  window_fixture_activate (self, "win.flash");

  return row;
}

static void
test_empty (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *flash;

  window_fixture_wait_for_text (get_widget (self), "Drop your firmware here");
  window_fixture_wait_for_text (get_widget (self), "1. Hold BOOT");
  window_fixture_wait_for_text (get_widget (self), "none found");
  window_fixture_wait_for_text (get_widget (self), "Choose firmware and connect a board");

  flash = window_fixture_find_button (get_widget (self), "Flash");
  g_assert_nonnull (flash);
  g_assert_false (gtk_widget_is_sensitive (flash));
}

static void
test_board_comes_and_goes (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "ESP32-S2");
  window_fixture_wait_for_text (row, "USB port 1-10");
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_wait_for_text (get_widget (self), "1 connected");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "ESP32-S2, USB port 1-10, Ready");

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (row, "Disconnected");
  window_fixture_wait_for_text (get_widget (self), "1. Hold BOOT");
}

static void
test_written_and_verified (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;
  GtkWidget *flash;

  virtual_bus_tell ("plug esp32s2@1-10");
  open_firmware (self);
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");

  flash = window_fixture_find_button (get_widget (self), "Flash");
  g_assert_true (gtk_widget_is_sensitive (flash));

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");
  window_fixture_wait_for_text (row, "Press RESET on the board to start it.");
  g_assert_false (gtk_widget_is_sensitive (flash));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 1);

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (row, "it was restarted or unplugged");
  window_fixture_wait_for_text (row, "Written and verified");
  window_fixture_wait_for_no_text (get_widget (self), "Press RESET");

  /* What is said of the one must not seem to be said of the other. */
  virtual_bus_tell ("plug esp32s2@1-2");
  window_fixture_wait_for_text (get_widget (self), "Next: ESP32-S2 on USB port 1-2");
  virtual_bus_tell ("unplug 1-2");
}

static gboolean
has_ended (gpointer data)
{
  return bootlace_job_list_get_n_over (data) == 1;
}

static gboolean
runs_application (gpointer data)
{
  g_autoptr (DfuDevice) device = g_list_model_get_item (data, 0);

  return dfu_device_is_present (device) && dfu_device_get_mode (device) == DFU_MODE_RUNTIME;
}

/* A board that starts its program by itself comes back with it: that is still the outcome, no board
 * to be flashed again, and none that needs RESET. */
static void
test_restarted (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = test_image_new_pattern (APP_SIZE, 2);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x1209, 0x0001);
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-10,intolerant,memories=1");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "board.dfu", contents);
  window_fixture_wait_for_text (get_widget (self), "USB port 1-10\n");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait (has_ended, self->jobs, "the end");
  window_fixture_wait (runs_application, self->devices, "the new program");
  window_fixture_wait_for_text (row, "Written");
  window_fixture_wait_for_no_text (get_widget (self), "Next:");
  window_fixture_wait_for_no_text (get_widget (self), "Press RESET");

  /* Whoever plugs it in again has something new in mind. */
  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (row, "was restarted and has left its bootloader");
  virtual_bus_tell ("plug 1-10");
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_wait_for_text (get_widget (self), "on USB port 1-10");

  virtual_bus_tell ("unplug 1-10");
}

static void
open_other_firmware (WindowFixture *self, guint16 product)
{
  g_autoptr (GBytes) contents = test_image_new_for_product (product, APP_SIZE + 4096);

  window_fixture_open (self, "other.bin", contents);
}

/* What became of the last firmware says nothing of the next one. */
static int
measure_height (GtkWidget *row)
{
  int height = 0;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 680, NULL, &height, NULL, NULL);
  return height;
}

/* A board that is ready again takes no more room than one that was never flashed. */
static void
test_other_firmware (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;
  int height;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");
  height = measure_height (row);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");

  open_other_firmware (self, 0x0009);
  window_fixture_wait_for_text (row, "Wrong firmware");
  window_fixture_wait_for_text (get_widget (self), "No connected board can take this firmware");
  window_fixture_wait_for_no_text (get_widget (self), "Written and verified");
  g_assert_nonnull (window_fixture_find_button (row, "Details"));

  open_other_firmware (self, 0x0002);
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");
  g_assert_true (gtk_widget_is_sensitive (window_fixture_find_button (get_widget (self), "Flash")));
  g_assert_nonnull (window_fixture_find_button (row, "Details"));
  g_assert_cmpint (measure_height (row), ==, height);

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");

  virtual_bus_tell ("unplug 1-10");
}

/* What is still being written when other firmware is chosen is told apart from that. */
static void
test_other_firmware_meanwhile (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = begin_flashing (self, "slow-transfers 1-10 20000");

  window_fixture_wait_for_text (row, "Erasing and writing");

  open_other_firmware (self, 0x0009);
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written and verified");
  window_fixture_wait_for_text (row, "The board got blink 1.0.3 as it was when flashing began");
  window_fixture_wait_for_text (row, "This firmware is made for ESP32-S3.");

  virtual_bus_tell ("unplug 1-10");
}

static void
test_two_boards (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *first;
  GtkWidget *second;

  virtual_bus_tell ("plug esp32s2@1-2");
  virtual_bus_tell ("plug esp32s2@1-10");
  first = window_fixture_wait_for_row (self, "1-2");
  second = window_fixture_wait_for_row (self, "1-10");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "2 boards selected");
  g_assert_nonnull (window_fixture_find_button (get_widget (self), "Flash 2 boards"));

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (first, "Written and verified");
  window_fixture_wait_for_text (second, "Written and verified");
  window_fixture_wait_for_text (get_widget (self), "2 boards written and verified");
  window_fixture_wait_for_text (get_widget (self), "Press RESET on each board to start it");

  virtual_bus_tell ("unplug 1-2");
  virtual_bus_tell ("unplug 1-10");
}

/* One board is written while another is plugged in, and that one may start at once. */
static void
test_second_while_first (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *first;
  GtkWidget *second;

  virtual_bus_tell ("plug esp32s2@1-2");
  virtual_bus_tell ("slow-transfers 1-2 20000");
  first = window_fixture_wait_for_row (self, "1-2");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-2");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (first, "Erasing and writing");
  g_assert_false (
    gtk_widget_is_sensitive (window_fixture_find_button (get_widget (self), "Flash")));

  virtual_bus_tell ("plug esp32s2@1-10");
  second = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (second, "Ready");
  window_fixture_wait_for_text (get_widget (self), "Flash");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (second, "Written and verified");
  virtual_bus_tell ("slow-transfers 1-2 0");
  window_fixture_wait_for_text (first, "Written and verified");
  window_fixture_wait_for_text (get_widget (self), "2 boards written and verified");

  virtual_bus_tell ("unplug 1-2");
  virtual_bus_tell ("unplug 1-10");
}

static void
test_one_of_two_fails (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *first;

  virtual_bus_tell ("plug esp32s2@1-2");
  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("drop-at-block 1-2 100");
  first = window_fixture_wait_for_row (self, "1-2");
  window_fixture_wait_for_row (self, "1-10");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "2 boards selected");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (get_widget (self), "1 board written and verified · 1 board failed");
  window_fixture_wait_for_text (get_widget (self), "The board’s row says what to do");

  /* What is said of a board that left stays until the person has read it. */
  window_fixture_wait_for_text (get_widget (self), "1 connected");
  g_assert_true (gtk_widget_activate_action (first, "board.dismiss", NULL));
  window_fixture_wait_for_no_text (get_widget (self), "USB port 1-2");
  window_fixture_wait_for_text (get_widget (self), "Press RESET on the board to start it");

  virtual_bus_tell ("unplug 1-10");
}

static void
test_unplugged (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = begin_flashing (self, "drop-at-block 1-10 100");

  window_fixture_wait_for_text (row, "Failed");
  window_fixture_wait_for_text (row, "The board was unplugged while it was being written.");
  window_fixture_wait_for_text (row, "flash it again");
  window_fixture_wait_for_text (get_widget (self), "Flashing failed");

  /* It comes back, and everything works again. */
  virtual_bus_tell ("plug 1-10");
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");

  virtual_bus_tell ("unplug 1-10");
}

/* A board that left is not counted as connected, stands in nobody's way to the next one, and what
 * is told of its failure stays until somebody has read it. */
static void
test_left (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row, *next;

  row = begin_flashing (self, "drop-at-block 1-10 100");
  window_fixture_wait_for_text (row, "Failed");
  window_fixture_wait_for_text (row, "USB port 1-10 · no longer there");
  window_fixture_wait_for_text (get_widget (self), "none connected");
  window_fixture_wait_for_text (get_widget (self), "1. Hold BOOT");

  virtual_bus_tell ("plug esp32s2@1-2");
  next = window_fixture_wait_for_row (self, "1-2");
  window_fixture_wait_for_no_text (get_widget (self), "1. Hold BOOT");
  window_fixture_wait_for_text (next, "Ready");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (next, "Written and verified");
  window_fixture_wait_for_text (row, "The board was unplugged while it was being written.");
  g_assert_nonnull (window_fixture_find_button (row, "Details"));

  g_assert_true (gtk_widget_activate_action (row, "board.dismiss", NULL));
  window_fixture_wait_for_no_text (get_widget (self), "USB port 1-10");

  virtual_bus_tell ("unplug 1-2");
}

static GtkWidget *
find_button (WindowFixture *self, const char *label)
{
  return window_fixture_find_button (get_widget (self), label);
}

/* Once more, and not eight clicks for eight boards. */
static void
test_once_more (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  virtual_bus_tell ("plug esp32s2@1-2");
  window_fixture_wait_for_row (self, "1-2");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-2");
  g_assert_null (find_button (self, "Select All"));

  virtual_bus_tell ("plug esp32s2@1-10");
  window_fixture_wait_for_text (get_widget (self), "2 boards selected");
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Select All")));
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (get_widget (self), "2 boards written and verified");
  window_fixture_wait_for_text (get_widget (self), "or tick it to flash it again");
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Select None")));

  window_fixture_activate (self, "win.select-all");
  window_fixture_wait_for_text (get_widget (self), "Flash 2 boards");
  window_fixture_wait_for_text (get_widget (self), "Next: 2 boards");
  g_assert_true (gtk_widget_is_sensitive (find_button (self, "Flash 2 boards")));
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Select All")));

  window_fixture_activate (self, "win.select-none");
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Flash")));
  g_assert_true (gtk_widget_is_sensitive (find_button (self, "Select All")));

  virtual_bus_tell ("unplug 1-2");
  virtual_bus_tell ("unplug 1-10");
}

/* What was never flashed is not flashed again. */
static void
test_next_board (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  BootlaceBoardList *boards = bootlace_window_get_boards (self->window);
  g_autoptr (BootlaceBoard) board = NULL;

  virtual_bus_tell ("plug esp32s2@1-2");
  window_fixture_wait_for_row (self, "1-2");
  virtual_bus_tell ("plug esp32s2@1-10");
  window_fixture_wait_for_row (self, "1-10");
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "2 boards selected");

  board = g_list_model_get_item (G_LIST_MODEL (boards), 1);
  bootlace_board_set_selected (board, FALSE);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (get_widget (self), "Press RESET on the board to start it, or");
  virtual_bus_tell ("unplug 1-2");
  window_fixture_wait_for_text (get_widget (self),
                                "Written and verified\nTick a board to flash it");
  window_fixture_wait_for_no_text (get_widget (self), "again, tick it");

  virtual_bus_tell ("unplug 1-10");
}

/* The block of 64 bytes inside which the ROM erases for longest. */
static guint
find_longest_erase (GBytes *contents)
{
  g_autoptr (FirmwareImage) image = test_read_image (contents);
  FirmwareImage *joined = firmware_image_get_joined (image);
  const gsize size = g_bytes_get_size (firmware_image_get_payload (joined));
  double longest = 0.0;
  guint found = 0;

  for (guint block = 0; block * 64 < size; block++) {
    const double seconds = dfu_esp_erase_get_time (joined, block * 64, (block + 1) * 64);

    found = seconds > longest ? block : found;
    longest = MAX (longest, seconds);
  }

  return found;
}

static double
get_work_expected (WindowFixture *self)
{
  g_autoptr (BootlaceJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), 0);

  return bootlace_job_get_progress (job).work_expected;
}

/* Nothing comes from the board while it erases, and people see that it is at work. */
static void
test_long_erase (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (900 * 1024);
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("hang-at-block 1-10 %u", find_longest_erase (contents));
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_widget (self), "ESP32-S2 on USB port 1-10");

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Erasing for ");
  g_assert_cmpfloat (get_work_expected (self), >, 2.0);

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (row, "The board was unplugged while it was being written.");
  window_fixture_wait_for_no_text (row, "Erasing for ");
}

/* The ROM says what came of its check at the end of that only. */
static void
test_long_check (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = begin_flashing (self, "hang-at 1-10 manifest");

  window_fixture_wait_for_text (row, "Checking");
  window_fixture_wait_for_text (row, "for 2 s");
  g_assert_cmpfloat (get_work_expected (self), >, 0.0);

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_no_text (row, "for 2 s");
  window_fixture_wait_for_text (row, "The board was unplugged");
}

/* A board that has stopped to answer does not look as if it were busy. */
static void
test_no_answer (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = begin_flashing (self, "hang-at-block 1-10 100");

  window_fixture_wait_for_text (row, "no progress for 2 s");
  window_fixture_wait_for_text (row, "no progress for 3 s");
  window_fixture_wait_for_no_text (get_widget (self), "kB/s");
  window_fixture_wait_for_no_text (get_widget (self), "s left");

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_no_text (row, "no progress for");
}

/* A ROM that is given up may hang for good, so people are told what is waited for. */
static void
test_stopping (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = begin_flashing (self, "hang-at-block 1-10 100");

  virtual_bus_tell ("wait-for 1-10 faultless");
  window_fixture_activate (self, "win.cancel");
  window_fixture_wait_for_text (row, "Stopping as soon as the board answers");

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (row, "The board was unplugged while it was being written.");
  window_fixture_wait_for_no_text (row, "Stopping");
}

static void
test_cancelled (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = begin_flashing (self, "slow-transfers 1-10 20000");

  window_fixture_wait_for_text (row, "Erasing and writing");
  window_fixture_activate (self, "win.cancel");
  window_fixture_wait_for_text (row, "Cancelled");

  virtual_bus_tell ("unplug 1-10");
}

static void
test_no_access (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("deny-access 1-10");
  open_firmware (self);
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "No access");
  window_fixture_wait_for_text (row, "Your account may not use this board yet.");
  window_fixture_wait_for_text (get_widget (self), "No access to any connected board yet");

  virtual_bus_tell ("allow-access 1-10");
  window_fixture_wait_for_text (row, "Ready");
  virtual_bus_tell ("unplug 1-10");
}

/* Nobody is told that a permission went; the job that is refused finds out. */
static void
test_access_taken_away (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (DfuDevice) device = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  open_firmware (self);
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "Ready");

  virtual_bus_tell ("deny-access 1-10");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Your account may not use this board yet.");
  device = g_list_model_get_item (G_LIST_MODEL (self->devices), 0);
  g_assert_false (dfu_device_is_accessible (device));
  virtual_bus_tell ("unplug 1-10");
}

static void
test_wrong_chip (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_for_product (0x0009, APP_SIZE);
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (row, "Wrong firmware");
  window_fixture_wait_for_text (row, "This firmware is made for ESP32-S3.");
  g_assert_false (
    gtk_widget_is_sensitive (window_fixture_find_button (get_widget (self), "Flash")));

  virtual_bus_tell ("unplug 1-10");
}

static void
test_bad_file (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) bad = g_bytes_new_static ("no firmware", 11);

  window_fixture_open (self, "notes.txt", bad);
  window_fixture_wait_for_text (get_widget (self), "notes.txt: This is not firmware");
  window_fixture_wait_for_text (get_widget (self), "Drop your firmware here");

  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  window_fixture_wait_for_no_text (get_widget (self), "notes.txt");

  /* A bad file leaves the good one as it was. */
  window_fixture_open (self, "notes.txt", bad);
  window_fixture_wait_for_text (get_widget (self), "notes.txt: This is not firmware");
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
}

/* Goes once around the window, or gives up. */
static gboolean
reaches (WindowFixture *self, GtkWidget *row, GtkDirectionType direction)
{
  const guint n_steps = 50;

  for (guint i = 0; i < n_steps; i++) {
    GtkWidget *focus;

    gtk_widget_child_focus (get_widget (self), direction);
    focus = gtk_window_get_focus (GTK_WINDOW (self->window));
    if (focus != NULL && gtk_widget_is_ancestor (focus, row))
      return TRUE;
  }

  return FALSE;
}

/* Boards with nothing to be done about them stand in nobody's way to the others. */
static void
test_keyboard (void)
{
  static const char *const others[] = { "1-1", "1-3", "1-4", "1-6" };
  static const char *const ports[] = { "1-2", "1-5" };
  g_autoptr (WindowFixture) self = window_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    virtual_bus_tell ("plug esp32s3@%s", others[i]);
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    virtual_bus_tell ("plug esp32s2@%s", ports[i]);
  open_firmware (self);
  window_fixture_wait_for_text (get_widget (self), "6 connected");
  window_fixture_wait_for_text (get_widget (self), "2 boards selected");

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++) {
    GtkWidget *row = window_fixture_wait_for_row (self, ports[i]);

    g_test_message ("%s", ports[i]);
    g_assert_true (reaches (self, row, GTK_DIR_TAB_FORWARD));
    g_assert_true (reaches (self, row, GTK_DIR_TAB_BACKWARD));
  }

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    virtual_bus_tell ("unplug %s", others[i]);
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    virtual_bus_tell ("unplug %s", ports[i]);
}

static gboolean
is_focus_within (gpointer widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = gtk_root_get_focus (root);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_first_focus (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *window = get_widget (self);

  window_fixture_wait (is_focus_within, window_fixture_find_button (window, "Choose File…"),
                       "the focus on the choice of a file");

  virtual_bus_tell ("plug esp32s2@1-10");
  window_fixture_wait_for_text (window_fixture_wait_for_row (self, "1-10"), "Ready");
  open_firmware (self);
  window_fixture_wait (is_focus_within, window_fixture_find (window, BOOTLACE_TYPE_BOTTOM_BAR),
                       "the focus on how it stands");
  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_true (is_focus_within (window_fixture_find_button (window, "Flash")));

  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window/empty", test_empty);
  g_test_add_func ("/window/board-comes-and-goes", test_board_comes_and_goes);
  g_test_add_func ("/window/written-and-verified", test_written_and_verified);
  g_test_add_func ("/window/restarted", test_restarted);
  g_test_add_func ("/window/other-firmware", test_other_firmware);
  g_test_add_func ("/window/other-firmware-meanwhile", test_other_firmware_meanwhile);
  g_test_add_func ("/window/two-boards", test_two_boards);
  g_test_add_func ("/window/second-while-first", test_second_while_first);
  g_test_add_func ("/window/one-of-two-fails", test_one_of_two_fails);
  g_test_add_func ("/window/unplugged", test_unplugged);
  g_test_add_func ("/window/left", test_left);
  g_test_add_func ("/window/once-more", test_once_more);
  g_test_add_func ("/window/next-board", test_next_board);
  g_test_add_func ("/window/long-erase", test_long_erase);
  g_test_add_func ("/window/long-check", test_long_check);
  g_test_add_func ("/window/no-answer", test_no_answer);
  g_test_add_func ("/window/stopping", test_stopping);
  g_test_add_func ("/window/cancelled", test_cancelled);
  g_test_add_func ("/window/no-access", test_no_access);
  g_test_add_func ("/window/access-taken-away", test_access_taken_away);
  g_test_add_func ("/window/wrong-chip", test_wrong_chip);
  g_test_add_func ("/window/bad-file", test_bad_file);
  g_test_add_func ("/window/keyboard", test_keyboard);
  g_test_add_func ("/window/first-focus", test_first_focus);

  return g_test_run ();
}
