/* bootlace-file-drop.c: files that are dropped on a widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-file-drop.h"

static GPtrArray *
list_files (const GValue *value)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    g_ptr_array_add (files, g_value_dup_object (value));

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
      g_ptr_array_add (files, g_object_ref (l->data));

  return files;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, BootlaceFileDropFunc func)
{
  g_autoptr (GPtrArray) files = list_files (value);

  if (files->len == 0)
    return FALSE;

  func (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), files);

  return TRUE;
}

static void
current_drop_cb (GtkDropTarget *target)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  if (widget == NULL)
    return;

  if (gtk_drop_target_get_current_drop (target) != NULL)
    gtk_widget_add_css_class (widget, "dropping");
  else
    gtk_widget_remove_css_class (widget, "dropping");
}

/**
 * bootlace_file_drop_accept:
 * @widget: a widget
 * @func: called with the files that are dropped together, at least one
 *
 * Lets files be dropped on a widget, which has the class "dropping" while some are above it.
 */
void
bootlace_file_drop_accept (GtkWidget *widget, BootlaceFileDropFunc func)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (func != NULL);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), func);
  g_signal_connect (target, "notify::current-drop", G_CALLBACK (current_drop_cb), NULL);

  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
