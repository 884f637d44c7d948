/* test-driver-guide.c: the way through Zadig says when it has come to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-driver-guide.h"
#include "setup-check.h"

#define MISSING "No driver is installed for Interface 2 of ESP32-S2."
#define THERE "ESP32-S2 has the right driver, WinUSB."

typedef struct {
  SetupCheck *check;
  GtkWidget *window;
  GtkWidget *scrolled;
  GtkWidget *guide;
} Fixture;

static void
answer (Fixture *self, SetupState state, const char *summary)
{
  g_autoptr (SetupVerdict) verdict = setup_verdict_new_plain (state, summary);

  setup_check_set_verdict (self->check, verdict);
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->check = setup_check_new ("driver", "Has it the right driver?");
  self->guide = g_object_new (BOOTLACE_TYPE_DRIVER_GUIDE, "check", self->check, NULL);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->guide);

  /* Too small for the guide. */
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 200);
  gtk_window_set_child (GTK_WINDOW (self->window), self->scrolled);

  answer (self, SETUP_STATE_BAD, MISSING);
  gtk_window_present (GTK_WINDOW (self->window));
  window_fixture_wait_for_text (self->guide, "3. Install it");
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->check);
}

static gboolean
is_at_end (gpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (data);
  const double end =
    gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return end > 0 && gtk_adjustment_get_value (adjustment) == end;
}

static void
test_driver_is_noticed (Fixture *self, gconstpointer user_data)
{
  g_autofree char *text = window_fixture_dup_text (self->guide);

  g_assert_null (strstr (text, MISSING));
  g_assert_false (is_at_end (self->scrolled));

  answer (self, SETUP_STATE_GOOD, THERE);
  window_fixture_wait_for_text (self->guide, THERE);
  window_fixture_wait (is_at_end, self->scrolled, "the good news to be in view");

  answer (self, SETUP_STATE_BAD, MISSING);
  window_fixture_wait_for_no_text (self->guide, THERE);
}

static gboolean
has_message (gpointer data)
{
  g_autofree char *message = NULL;

  g_object_get (data, "message", &message, NULL);

  return message != NULL;
}

/* There is no Zadig here; where one comes from is said where it can be seen. */
static void
test_no_zadig (Fixture *self, gconstpointer user_data)
{
  g_assert_true (gtk_widget_activate_action (self->guide, "driver.start", NULL));
  window_fixture_wait (has_message, self->guide, "a message");
  window_fixture_wait (is_at_end, self->scrolled, "the message to be in view");

  /* Somebody got it from elsewhere. */
  answer (self, SETUP_STATE_GOOD, THERE);
  g_assert_false (has_message (self->guide));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add ("/driver-guide/driver-is-noticed", Fixture, NULL, set_up, test_driver_is_noticed,
              tear_down);
  g_test_add ("/driver-guide/no-zadig", Fixture, NULL, set_up, test_no_zadig, tear_down);

  return g_test_run ();
}
