/* bootlace-drop-down.c: what a drop-down list says to those who cannot see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-drop-down.h"

static void
set_accessible_label (GtkWidget *widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/**
 * bootlace_drop_down_describe:
 * @drop_down: a list of #GtkStringObject; whenever another is selected this must be said anew
 * @label: what it is for
 *
 * The button inside has the keyboard's focus, and no name of its own.
 */
void
bootlace_drop_down_describe (GtkDropDown *drop_down, const char *label)
{
  GtkStringObject *item = NULL;
  g_autofree char *button = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (label != NULL);

  item = gtk_drop_down_get_selected_item (drop_down);
  button =
    g_strdup_printf ("%s, %s", label, item != NULL ? gtk_string_object_get_string (item) : "");

  set_accessible_label (GTK_WIDGET (drop_down), label);
  set_accessible_label (gtk_widget_get_first_child (GTK_WIDGET (drop_down)), button);
}
