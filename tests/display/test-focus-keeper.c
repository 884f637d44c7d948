/* test-focus-keeper.c: the keyboard's focus is never lost, and what the keeper does is not the
 * person's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-focus-keeper.h"

typedef struct {
  GtkWidget *window;
  GtkWidget *buttons[3];
  BootlaceFocusKeeper *keeper;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  for (gsize i = 0; i < G_N_ELEMENTS (self->buttons); i++) {
    self->buttons[i] = gtk_button_new_with_label ("Button");
    gtk_box_append (GTK_BOX (box), self->buttons[i]);
  }

  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->buttons[0]);
  self->keeper = bootlace_focus_keeper_new (GTK_WINDOW (self->window));
  bootlace_focus_keeper_watch (self->keeper, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->keeper);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
wait_for_focus (Fixture *self, GtkWidget *widget)
{
  while (gtk_window_get_focus (GTK_WINDOW (self->window)) != widget)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_restored (Fixture *self, gconstpointer data)
{
  gtk_widget_set_sensitive (self->buttons[0], FALSE);
  wait_for_focus (self, self->buttons[1]);
  g_assert_false (bootlace_focus_keeper_has_moved (self->keeper));

  /* Nor is it the person's when what was given it goes as well. */
  gtk_widget_set_sensitive (self->buttons[1], FALSE);
  wait_for_focus (self, self->buttons[2]);
  g_assert_false (bootlace_focus_keeper_has_moved (self->keeper));
}

static void
test_moved (Fixture *self, gconstpointer data)
{
  gtk_widget_grab_focus (self->buttons[1]);
  g_assert_true (bootlace_focus_keeper_has_moved (self->keeper));

  /* It stays so when the keeper helps. */
  gtk_widget_set_sensitive (self->buttons[1], FALSE);
  while (gtk_window_get_focus (GTK_WINDOW (self->window)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (bootlace_focus_keeper_has_moved (self->keeper));

  bootlace_focus_keeper_watch (self->keeper, NULL);
  g_assert_false (bootlace_focus_keeper_has_moved (self->keeper));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add ("/focus-keeper/restored", Fixture, NULL, set_up, test_restored, tear_down);
  g_test_add ("/focus-keeper/moved", Fixture, NULL, set_up, test_moved, tear_down);

  return g_test_run ();
}
