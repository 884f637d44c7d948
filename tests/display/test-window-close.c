/* test-window-close.c: what becomes of boards when their window goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "test-image.h"
#include "virtual-bus-client.h"

#define APP_SIZE (32 * 1024)

/* A board that takes its time, in the middle of being written. */
static GtkWidget *
start_slowly (WindowFixture *self)
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("slow-transfers 1-10 30000");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_selection (self->window);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Erasing and writing");

  return row;
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
is_idle (gpointer data)
{
  return bootlace_job_list_get_n_running (data) == 0;
}

static BootlaceJobState
get_state (WindowFixture *self)
{
  g_autoptr (BootlaceJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), 0);

  return bootlace_job_get_state (job);
}

static void
test_idle (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_null (self->window);
  g_assert_null (window_fixture_find_question ());
}

static void
test_keep_flashing (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = start_slowly (self);
  GtkWidget *question;

  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_nonnull (self->window);
  question = window_fixture_find_question ();
  g_assert_nonnull (question);
  window_fixture_wait_for_text (question, "Stop flashing?");

  /* Asking twice is asking once. */
  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_true (window_fixture_find_question () == question);

  gtk_widget_activate_action (question, "question.no", NULL);
  g_assert_null (window_fixture_find_question ());
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written and verified");

  virtual_bus_tell ("unplug 1-10");
}

/* A question that nobody answers goes when the last board is written, and the outcome is seen. */
static void
test_over_while_asking (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = start_slowly (self);

  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_nonnull (window_fixture_find_question ());
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written and verified");
  window_fixture_wait (is_idle, self->jobs, "the job");
  g_assert_null (window_fixture_find_question ());
  g_assert_nonnull (self->window);

  virtual_bus_tell ("unplug 1-10");
}

static void
test_stop_and_close (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  start_slowly (self);
  gtk_window_close (GTK_WINDOW (self->window));
  gtk_widget_activate_action (window_fixture_find_question (), "question.yes", NULL);
  window_fixture_wait (is_null, &self->window, "the window to be gone");
  g_assert_null (window_fixture_find_question ());

  window_fixture_wait (is_idle, self->jobs, "the job");
  g_assert_cmpint (get_state (self), ==, BOOTLACE_JOB_CANCELLED);

  virtual_bus_tell ("unplug 1-10");
}

/* Whatever takes the window away takes no job with it. */
static void
test_destroyed (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  start_slowly (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  window_fixture_wait (is_null, &self->window, "the window to be gone");
  g_assert_cmpuint (bootlace_job_list_get_n_running (self->jobs), ==, 1);

  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait (is_idle, self->jobs, "the job");
  g_assert_cmpint (get_state (self), ==, BOOTLACE_JOB_VERIFIED);

  virtual_bus_tell ("unplug 1-10");
}

/* A window that opens later shows what is going on. */
static void
test_opened_again (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  start_slowly (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  window_fixture_wait (is_null, &self->window, "the window to be gone");

  window_fixture_open_window (self);
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "Erasing and writing");
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written and verified");

  virtual_bus_tell ("unplug 1-10");
}

/* A question that is open goes with its window. */
static void
test_destroyed_while_asking (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  start_slowly (self);
  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_nonnull (window_fixture_find_question ());
  gtk_window_destroy (GTK_WINDOW (self->window));
  window_fixture_wait (is_null, &self->window, "the window to be gone");
  g_assert_null (window_fixture_find_question ());

  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-close/idle", test_idle);
  g_test_add_func ("/window-close/keep-flashing", test_keep_flashing);
  g_test_add_func ("/window-close/over-while-asking", test_over_while_asking);
  g_test_add_func ("/window-close/stop-and-close", test_stop_and_close);
  g_test_add_func ("/window-close/destroyed", test_destroyed);
  g_test_add_func ("/window-close/opened-again", test_opened_again);
  g_test_add_func ("/window-close/destroyed-while-asking", test_destroyed_while_asking);

  return g_test_run ();
}
