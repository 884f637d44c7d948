/* bootlace-label.c: labels in rows, and rows in lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-label.h"

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
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A hyphen within a number would be read as a part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);

  return label;
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
