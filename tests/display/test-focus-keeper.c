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

/* GTK gives it to something itself when what had it does not show any more. */
static void
test_hidden (Fixture *self, gconstpointer data)
{
  while (!gtk_widget_get_mapped (self->buttons[0]))
    g_main_context_iteration (NULL, TRUE);

  gtk_widget_set_visible (self->buttons[0], FALSE);
  wait_for_focus (self, self->buttons[1]);
  g_assert_false (bootlace_focus_keeper_has_moved (self->keeper));

  gtk_widget_set_visible (self->buttons[1], FALSE);
  wait_for_focus (self, self->buttons[2]);
  g_assert_false (bootlace_focus_keeper_has_moved (self->keeper));
}

/* A page that goes takes along what had it. */
static void
test_page (Fixture *self, gconstpointer data)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *inside = gtk_button_new_with_label ("Button");

  gtk_stack_add_named (GTK_STACK (stack), inside, "first");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("Label"), "second");
  gtk_box_prepend (GTK_BOX (gtk_window_get_child (GTK_WINDOW (self->window))), stack);
  while (!gtk_widget_get_mapped (inside))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (inside);
  bootlace_focus_keeper_watch (self->keeper, NULL);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "second");
  while (gtk_window_get_focus (GTK_WINDOW (self->window)) == inside ||
         gtk_window_get_focus (GTK_WINDOW (self->window)) == NULL)
    g_main_context_iteration (NULL, TRUE);
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
  g_test_add ("/focus-keeper/hidden", Fixture, NULL, set_up, test_hidden, tear_down);
  g_test_add ("/focus-keeper/page", Fixture, NULL, set_up, test_page, tear_down);
  g_test_add ("/focus-keeper/moved", Fixture, NULL, set_up, test_moved, tear_down);

  return g_test_run ();
}
