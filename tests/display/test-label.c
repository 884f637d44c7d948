/* test-label.c: where the lines of a label may end, and what is read aloud
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-label.h"

#include <string.h>

#define TEXT "See them with “bootlace-cli list”, and say which with “bootlace-cli flash --alt”."

/* The lines as they are at a width, one a row. */
static char *
wrap (GtkWidget *label, int width)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  GString *lines = g_string_new (NULL);

  pango_layout_set_width (layout, width * PANGO_SCALE);
  for (int i = 0; i < pango_layout_get_line_count (layout); i++) {
    const PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);

    g_string_append_len (lines, pango_layout_get_text (layout) + line->start_index, line->length);
    g_string_append_c (lines, '\n');
  }

  return g_string_free (lines, FALSE);
}

static gboolean
is_whole_at_any_width (GtkWidget *label)
{
  for (int width = 120; width < 600; width++) {
    g_autofree char *lines = wrap (label, width);

    if (strstr (lines, "-\n") != NULL)
      return FALSE;
  }

  return TRUE;
}

static void
test_options (void)
{
  GtkWidget *label = g_object_ref_sink (bootlace_label_new_wrapping (TEXT, NULL));
  GtkWidget *other = g_object_ref_sink (gtk_label_new (TEXT));

  g_assert_true (is_whole_at_any_width (label));

  gtk_label_set_markup (GTK_LABEL (label), "<b>Note:</b> " TEXT);
  g_assert_true (is_whole_at_any_width (label));

  /* Else this would not be needed. */
  gtk_label_set_wrap (GTK_LABEL (other), TRUE);
  g_assert_false (is_whole_at_any_width (other));

  g_object_unref (other);
  g_object_unref (label);
}

/* Of a value that belongs to the one above, nothing is made up. */
static void
test_fact_is_named (void)
{
  GtkWidget *grid = g_object_ref_sink (gtk_grid_new ());

  bootlace_label_attach_fact (GTK_GRID (grid), 0, "Checksum", "verified", NULL);
  bootlace_label_attach_fact (GTK_GRID (grid), 1, "", "wrong", NULL);
  gtk_test_accessible_assert_property (gtk_grid_get_child_at (GTK_GRID (grid), 1, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Checksum: verified");
  gtk_test_accessible_assert_property (gtk_grid_get_child_at (GTK_GRID (grid), 1, 1),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "wrong");
  g_assert_false (gtk_widget_get_visible (gtk_grid_get_child_at (GTK_GRID (grid), 0, 1)));

  g_object_unref (grid);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/label/options", test_options);
  g_test_add_func ("/label/fact-is-named", test_fact_is_named);

  return g_test_run ();
}
