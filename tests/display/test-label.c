/* test-label.c: where the lines of a label may end
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

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/label/options", test_options);

  return g_test_run ();
}
