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

/* GTK makes the widget around what a factory makes, and gives it no name before version 4.12. */
static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (item));

  set_accessible_label (row, gtk_string_object_get_string (string));
}

/**
 * bootlace_drop_down_name_items:
 * @drop_down: a list of #GtkStringObject with GTK's own factory
 * @button_factory: (nullable): what shows the selected one in the button, where that is not to do
 * it
 *
 * Has each item of the list tell its name; GTK's own factory marks the selected one.
 */
void
bootlace_drop_down_name_items (GtkDropDown *drop_down, GtkListItemFactory *button_factory)
{
  GtkListItemFactory *factory = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  factory = gtk_drop_down_get_factory (drop_down);
  g_return_if_fail (GTK_IS_SIGNAL_LIST_ITEM_FACTORY (factory));

  g_signal_connect_after (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_list_factory (drop_down, factory);
  if (button_factory != NULL)
    gtk_drop_down_set_factory (drop_down, button_factory);
}
