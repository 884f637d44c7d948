/* test-title.c: a title is shown whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-title.h"

static void
check_allocation (GtkWidget *title, int width, gboolean shown)
{
  int height;

  gtk_widget_measure (title, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (title, &(GtkAllocation){ 0, 0, width, height }, -1);

  g_assert_cmpint (gtk_widget_get_child_visible (gtk_widget_get_first_child (title)), ==, shown);
}

static void
test_room (void)
{
  GtkWidget *title =
    g_object_ref_sink (g_object_new (BOOTLACE_TYPE_TITLE, "text", "Bootlace", NULL));
  int minimum;
  int natural;

  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (natural, >, 0);

  check_allocation (title, natural, TRUE);
  check_allocation (title, natural - 1, FALSE);
  check_allocation (title, 0, FALSE);
  check_allocation (title, natural + 100, TRUE);

  g_assert_finalize_object (title);
}

static void
test_text (void)
{
  GtkWidget *title = g_object_ref_sink (g_object_new (BOOTLACE_TYPE_TITLE, NULL));
  g_autofree char *text = NULL;
  int shorter;
  int longer;

  g_object_set (title, "text", "Boot", NULL);
  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &shorter, NULL, NULL);
  g_object_set (title, "text", "Bootlace", NULL);
  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &longer, NULL, NULL);
  g_assert_cmpint (shorter, <, longer);

  g_object_get (title, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Bootlace");

  g_assert_finalize_object (title);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/title/room", test_room);
  g_test_add_func ("/title/text", test_text);

  return g_test_run ();
}
