/* test-window-cancel.c: clicks and keys too many neither stop a board nor start it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-bottom-bar.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#define APP_SIZE (32 * 1024)

static const char *const ports[] = { "1-2", "1-10" };

static GtkWidget *
get_bar (WindowFixture *self)
{
  return window_fixture_find (GTK_WIDGET (self->window), BOOTLACE_TYPE_BOTTOM_BAR);
}

/* One board or two, with firmware for them, waiting to be flashed. */
static void
prepare (WindowFixture *self, guint n_boards)
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);

  for (guint i = 0; i < n_boards; i++) {
    virtual_bus_tell ("plug esp32s2@%s", ports[i]);
    window_fixture_wait_for_row (self, ports[i]);
  }

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_bar (self),
                                n_boards == 1 ? "ESP32-S2 on" : "2 boards selected");
}

/* Boards that stop to answer stay where they are, also when they are cancelled. */
static void
start_hanging (WindowFixture *self, guint n_boards)
{
  prepare (self, n_boards);
  for (guint i = 0; i < n_boards; i++)
    virtual_bus_tell ("hang-at-block %s 100", ports[i]);

  window_fixture_activate (self, "win.flash");
  for (guint i = 0; i < n_boards; i++)
    virtual_bus_tell ("wait-for %s faultless", ports[i]);
}

/* Until then a board may be away, and whoever cancels finds it there or not. */
static void
wait_for_writing (WindowFixture *self, guint n_boards)
{
  for (guint i = 0; i < n_boards; i++)
    window_fixture_wait_for_text (window_fixture_wait_for_row (self, ports[i]),
                                  "Erasing and writing");
}

static void
unplug (guint n_boards)
{
  for (guint i = 0; i < n_boards; i++)
    virtual_bus_tell ("unplug %s", ports[i]);
}

static gboolean
is_idle (gpointer data)
{
  return bootlace_job_list_get_n_running (data) == 0;
}

static gboolean
is_drawn (gpointer data)
{
  gint64 *frame = data;

  return *frame == 0;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gint64 *frames = data;

  return --*frames == 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Everything is where it will be drawn. */
static void
settle (WindowFixture *self)
{
  gint64 frames = 3;

  gtk_widget_add_tick_callback (GTK_WIDGET (self->window), tick_cb, &frames, NULL);
  window_fixture_wait (is_drawn, &frames, "the next frames");
}

static graphene_rect_t
get_place (WindowFixture *self, GtkWidget *widget)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT_ZERO;

  settle (self);
  if (widget == NULL) {
    g_autofree char *text = window_fixture_dup_text (get_bar (self));

    g_error ("No such button in:\n%s", text);
  }

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->window), &place));

  return place;
}

static void
check_apart (const graphene_rect_t *one, const graphene_rect_t *other)
{
  graphene_rect_t common;

  if (graphene_rect_intersection (one, other, &common))
    g_error ("%.0f×%.0f+%.0f+%.0f and %.0f×%.0f+%.0f+%.0f overlap", one->size.width,
             one->size.height, one->origin.x, one->origin.y, other->size.width, other->size.height,
             other->origin.x, other->origin.y);
}

static void
set_width (WindowFixture *self, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 700);
  settle (self);
}

/* Neither does the second of two clicks on the one button reach the other, nor do clicks on the
 * other start anything when it goes. */
static void
check_places (int width, guint n_boards)
{
  const char *flash = n_boards == 1 ? "Flash" : "Flash 2 boards";
  const char *cancel = n_boards == 1 ? "Cancel" : "Cancel All";
  g_autoptr (WindowFixture) self = window_fixture_new ();
  graphene_rect_t before, between, while_running, after;
  GtkWidget *button;

  set_width (self, width);
  prepare (self, n_boards);
  before = get_place (self, window_fixture_find_button (get_bar (self), flash));

  for (guint i = 0; i < n_boards; i++)
    virtual_bus_tell ("slow-transfers %s 30000", ports[i]);
  window_fixture_activate (self, "win.flash");
  button = window_fixture_find_button (get_bar (self), flash);
  while_running = get_place (self, button);
  g_assert_false (gtk_widget_is_sensitive (button));
  between = get_place (self, window_fixture_find_button (get_bar (self), cancel));
  check_apart (&before, &between);
  check_apart (&while_running, &between);

  wait_for_writing (self, n_boards);
  bootlace_job_list_cancel_all (self->jobs);
  window_fixture_wait (is_idle, self->jobs, "the end");
  window_fixture_wait_for_text (get_bar (self), flash);
  after = get_place (self, window_fixture_find_button (get_bar (self), flash));
  check_apart (&after, &between);

  unplug (n_boards);
}

static void
test_places (void)
{
  static const int widths[] = { 360, 420, 480, 540, 720 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_test_message ("%d", widths[i]);
    check_places (widths[i], 1);
    check_places (widths[i], 2);
  }
}

static gboolean
is_insensitive (gpointer data)
{
  return !gtk_widget_is_sensitive (data);
}

static void
check_cancelling (GtkWidget *widget)
{
  GtkWidget *button;

  window_fixture_wait_for_text (widget, "Cancelling…");
  button = window_fixture_find_button (widget, "Cancelling…");
  g_assert_nonnull (button);
  window_fixture_wait (is_insensitive, button, "the button");
}

/* What was pressed says so, and cannot be pressed again. */
static void
test_cancelling (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  start_hanging (self, 1);
  row = window_fixture_wait_for_row (self, ports[0]);
  g_assert_true (gtk_widget_activate_action (row, "board.cancel", NULL));
  check_cancelling (row);
  check_cancelling (get_bar (self));
  g_assert_true (
    gtk_widget_is_sensitive (window_fixture_find_button (GTK_WIDGET (self->window), "Change…")));

  unplug (1);
  window_fixture_wait_for_no_text (GTK_WIDGET (self->window), "Cancelling");
}

/* What of two boards is stopped says so; the other can still be. */
static void
test_one_of_two (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row, *button;

  start_hanging (self, 2);
  row = window_fixture_wait_for_row (self, ports[0]);
  g_assert_true (gtk_widget_activate_action (row, "board.cancel", NULL));
  check_cancelling (row);
  button = window_fixture_find_button (get_bar (self), "Cancel All");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));

  unplug (2);
}

/* Nothing that acts comes to where a row's button was: what removes a row of a board that left is
 * elsewhere. */
static void
test_row (void)
{
  static const int widths[] = { 360, 720 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (WindowFixture) self = window_fixture_new ();
    graphene_rect_t cancel, stopping, dismiss;
    GtkWidget *row;

    set_width (self, widths[i]);
    start_hanging (self, 1);
    row = window_fixture_wait_for_row (self, ports[0]);
    cancel = get_place (self, window_fixture_find_button (row, "Cancel"));
    g_assert_true (gtk_widget_activate_action (row, "board.cancel", NULL));
    check_cancelling (row);
    stopping = get_place (self, window_fixture_find_button (row, "Cancelling…"));

    unplug (1);
    window_fixture_wait_for_text (row, "Failed");
    dismiss = get_place (self, window_fixture_find_icon_button (row, "window-close-symbolic"));
    check_apart (&cancel, &dismiss);
    check_apart (&stopping, &dismiss);
  }
}

static void
test_one_board (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  start_hanging (self, 1);
  window_fixture_activate (self, "win.cancel");
  g_assert_null (window_fixture_find_question ());
  check_cancelling (get_bar (self));

  unplug (1);
}

static void
test_several_boards (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  start_hanging (self, 2);
  window_fixture_activate (self, "win.cancel");
  g_assert_nonnull (window_fixture_find_question ());
  window_fixture_wait_for_text (window_fixture_find_question (), "Stop flashing?");
  g_assert_false (bootlace_job_list_is_stopping (self->jobs));

  gtk_widget_activate_action (window_fixture_find_question (), "question.yes", NULL);
  g_assert_null (window_fixture_find_question ());
  g_assert_nonnull (self->window);
  check_cancelling (get_bar (self));

  unplug (2);
}

/* What Escape does. */
static void
test_escape (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  start_hanging (self, 1);
  window_fixture_activate (self, "win.stop");
  g_assert_nonnull (window_fixture_find_question ());
  g_assert_false (bootlace_job_list_is_stopping (self->jobs));
  gtk_widget_activate_action (window_fixture_find_question (), "question.no", NULL);
  g_assert_null (window_fixture_find_question ());
  g_assert_false (bootlace_job_list_is_stopping (self->jobs));

  /* Whoever closes the window meanwhile is asked about that, and not twice. */
  window_fixture_activate (self, "win.stop");
  gtk_window_close (GTK_WINDOW (self->window));
  window_fixture_wait_for_text (window_fixture_find_question (), "Stop and Close");
  gtk_widget_activate_action (window_fixture_find_question (), "question.no", NULL);
  g_assert_null (window_fixture_find_question ());

  window_fixture_activate (self, "win.stop");
  gtk_widget_activate_action (window_fixture_find_question (), "question.yes", NULL);
  g_assert_nonnull (self->window);
  check_cancelling (get_bar (self));

  unplug (1);
}

static gboolean
has_focus (gpointer data)
{
  return gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (data))) == data;
}

/* Keys too many do no more than clicks too many: the focus leaves a button that goes, and reaches
 * none that does the opposite. */
static void
test_focus (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *bar = get_bar (self);
  GtkWidget *row;

  prepare (self, 1);
  virtual_bus_tell ("slow-transfers 1-2 30000");
  settle (self);
  gtk_widget_grab_focus (window_fixture_find_button (bar, "Flash"));
  window_fixture_activate (self, "win.flash");
  window_fixture_wait (has_focus, bar, "the focus");

  /* There is no other stop between the two than this. */
  gtk_widget_child_focus (GTK_WIDGET (self->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus (window_fixture_find_button (bar, "Cancel")));
  g_assert_false (gtk_widget_get_focusable (bar));

  wait_for_writing (self, 1);
  window_fixture_activate (self, "win.cancel");
  window_fixture_wait (has_focus, bar, "the focus");
  window_fixture_wait (is_idle, self->jobs, "the end");
  window_fixture_wait_for_text (bar, "Cancelled");
  g_assert_true (has_focus (bar));

  row = window_fixture_wait_for_row (self, ports[0]);
  gtk_widget_grab_focus (window_fixture_find (row, GTK_TYPE_CHECK_BUTTON));
  window_fixture_activate (self, "win.flash");
  window_fixture_wait (has_focus, window_fixture_find_button (row, "Details"), "the focus");
  gtk_widget_grab_focus (window_fixture_find_button (row, "Cancel"));
  g_assert_true (gtk_widget_activate_action (row, "board.cancel", NULL));
  window_fixture_wait (has_focus, window_fixture_find_button (row, "Details"), "the focus");

  unplug (1);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-cancel/places", test_places);
  g_test_add_func ("/window-cancel/cancelling", test_cancelling);
  g_test_add_func ("/window-cancel/one-of-two", test_one_of_two);
  g_test_add_func ("/window-cancel/row", test_row);
  g_test_add_func ("/window-cancel/one-board", test_one_board);
  g_test_add_func ("/window-cancel/several-boards", test_several_boards);
  g_test_add_func ("/window-cancel/escape", test_escape);
  g_test_add_func ("/window-cancel/focus", test_focus);

  return g_test_run ();
}
