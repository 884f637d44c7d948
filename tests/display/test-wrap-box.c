/* test-wrap-box.c: how a line is filled and what is left of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>

#include "bootlace-wrap-box.h"

#define SPACING 12
#define WIDTH 400

/* Of a child that takes this and no less. */
static GtkWidget *
add (GtkWidget *box, int width, gboolean expands)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (child, width, 20);
  gtk_widget_set_hexpand (child, expands);
  bootlace_wrap_box_append (BOOTLACE_WRAP_BOX (box), child);

  return child;
}

static void
lay_out (GtkWidget *box)
{
  int height;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, WIDTH, height }, -1);
}

static void
assert_place (GtkWidget *child, int x, int y, int width)
{
  GtkAllocation place;

  gtk_widget_get_allocation (child, &place);
  g_assert_cmpint (place.x, ==, x);
  g_assert_cmpint (place.y, ==, y);
  g_assert_cmpint (place.width, ==, width);
}

static GtkWidget *
new_box (void)
{
  return g_object_ref_sink (bootlace_wrap_box_new (SPACING, 0));
}

/* What follows the one that expands first stays together at the end of the line. */
static void
test_first_expands (void)
{
  g_autoptr (GtkWidget) box = new_box ();
  GtkWidget *text = add (box, 100, TRUE);
  GtkWidget *numbers = add (box, 80, FALSE);
  GtkWidget *button = add (box, 60, TRUE);

  lay_out (box);
  assert_place (text, 0, 0, WIDTH - 60 - 80 - 2 * SPACING);
  assert_place (numbers, WIDTH - 60 - 80 - SPACING, 0, 80);
  assert_place (button, WIDTH - 60, 0, 60);
}

/* Where that has a line of its own, the next one has the rest of the other. */
static void
test_next_line (void)
{
  g_autoptr (GtkWidget) box = new_box ();
  GtkWidget *text = add (box, 380, TRUE);
  GtkWidget *numbers = add (box, 80, FALSE);
  GtkWidget *button = add (box, 60, TRUE);

  lay_out (box);
  assert_place (text, 0, 0, WIDTH);
  assert_place (numbers, 0, 20, 80);
  assert_place (button, 80 + SPACING, 20, WIDTH - 80 - SPACING);
}

static void
test_none_expands (void)
{
  g_autoptr (GtkWidget) box = new_box ();
  GtkWidget *one = add (box, 100, FALSE);
  GtkWidget *other = add (box, 80, FALSE);

  lay_out (box);
  assert_place (one, 0, 0, 100);
  assert_place (other, 100 + SPACING, 0, 80);
}

static void
test_hidden (void)
{
  g_autoptr (GtkWidget) box = new_box ();
  GtkWidget *hidden = add (box, 100, TRUE);
  GtkWidget *alone = add (box, 80, FALSE);

  gtk_widget_set_visible (hidden, FALSE);
  lay_out (box);
  assert_place (alone, 0, 0, WIDTH);
}

static void
test_right_to_left (void)
{
  g_autoptr (GtkWidget) box = new_box ();
  GtkWidget *text = add (box, 100, TRUE);
  GtkWidget *button = add (box, 60, FALSE);

  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  lay_out (box);
  assert_place (text, 60 + SPACING, 0, WIDTH - 60 - SPACING);
  assert_place (button, 0, 0, 60);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);

  g_test_add_func ("/wrap-box/first-expands", test_first_expands);
  g_test_add_func ("/wrap-box/next-line", test_next_line);
  g_test_add_func ("/wrap-box/none-expands", test_none_expands);
  g_test_add_func ("/wrap-box/hidden", test_hidden);
  g_test_add_func ("/wrap-box/right-to-left", test_right_to_left);

  return g_test_run ();
}
