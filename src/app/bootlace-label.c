/* bootlace-label.c: labels in rows, and rows in lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-label.h"

#include <glib/gi18n.h>

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, int start, int end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

static void
keep_options_cb (GtkLabel *label)
{
  g_autoptr (GRegex) option = g_regex_new ("--[a-z][a-z-]*|bootlace-[a-z]+", 0, 0, NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (GMatchInfo) match = NULL;

  /* A hyphen within a number would be read as a part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));

  for (g_regex_match (option, gtk_label_get_text (label), 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    int start, end;

    g_match_info_fetch_pos (match, 0, &start, &end);
    add_attribute (attributes, pango_attr_allow_breaks_new (FALSE), start, end);
  }

  gtk_label_set_attributes (label, attributes);
}

/**
 * bootlace_label_keep_options:
 * @label: a label that wraps
 *
 * Lets no line end within a command or an option, like “--alt”, whatever the label will say: it
 * would not be known for one. Sets the label's attributes.
 */
void
bootlace_label_keep_options (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  g_signal_connect (label, "notify::label", G_CALLBACK (keep_options_cb), NULL);
  keep_options_cb (label);
}

/**
 * bootlace_label_new:
 * @text: (nullable): what it says
 * @style: (nullable): a style class
 *
 * Creates a label that begins where its room does.
 *
 * Returns: (transfer floating): the label
 */
GtkWidget *
bootlace_label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

/**
 * bootlace_label_new_wrapping:
 * @text: (nullable): what it says
 * @style: (nullable): a style class
 *
 * Creates a label for whatever width there is: it breaks between words, and a word that is too long
 * wherever it must.
 *
 * Returns: (transfer floating): the label
 */
GtkWidget *
bootlace_label_new_wrapping (const char *text, const char *style)
{
  GtkWidget *label = bootlace_label_new (text, style);

  bootlace_label_keep_options (GTK_LABEL (label));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);

  return label;
}

/**
 * bootlace_label_dup_fact:
 * @name: what it is; empty where that was said
 * @value: what it comes to
 *
 * Returns: (transfer full): both in one line
 */
char *
bootlace_label_dup_fact (const char *name, const char *value)
{
  /* Translators: a name and a value, like "Checksum: right" */
  return *name != '\0' ? g_strdup_printf (C_ ("name and value", "%s: %s"), name, value)
                       : g_strdup (value);
}

/**
 * bootlace_label_attach_fact:
 * @grid: a table of two columns
 * @row: which row to fill
 * @name: what it is; empty where the value belongs to the row above
 * @value: what it comes to; one can select and copy it
 * @style: (nullable): a style class of the value
 *
 * Adds a name and a value. Who comes to the value with a screen reader hears both, once.
 */
void
bootlace_label_attach_fact (GtkGrid *grid,
                            int row,
                            const char *name,
                            const char *value,
                            const char *style)
{
  GtkWidget *name_label = bootlace_label_new (name, "dim");
  GtkWidget *value_label = bootlace_label_new_wrapping (value, style);
  g_autofree char *text = bootlace_label_dup_fact (name, value);

  gtk_widget_set_visible (name_label, *name != '\0');
  gtk_label_set_yalign (GTK_LABEL (name_label), 0.0);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (value_label), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);

  gtk_grid_attach (grid, name_label, 0, row, 1, 1);
  gtk_grid_attach (grid, value_label, 1, row, 1, 1);
}

/**
 * bootlace_list_clear:
 * @list: a list
 *
 * Takes all rows away; a placeholder stays.
 */
void
bootlace_list_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
