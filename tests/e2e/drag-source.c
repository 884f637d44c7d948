/* drag-source.c: a window that files can be dragged out of, as from a file manager
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: drag-source FILE…. Prints "ready" when it can be dragged from, then how the drag ended.
 */

#include <gtk/gtk.h>

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, GApplication *application)
{
  g_print ("%s\n", gdk_drag_get_selected_action (drag) == GDK_ACTION_COPY ? "taken" : "refused");
  g_application_quit (application);
}

static GdkContentProvider *
create_content (GFile **files, int n_files)
{
  GdkFileList *list = gdk_file_list_new_from_array (files, (gsize) n_files);
  GdkContentProvider *content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);

  g_boxed_free (GDK_TYPE_FILE_LIST, list);

  return content;
}

static void
tell_ready_cb (GtkWidget *window)
{
  g_print ("ready\n");
}

static void
open_cb (GApplication *application, GFile **files, int n_files, const char *hint)
{
  GtkWidget *window = gtk_application_window_new (GTK_APPLICATION (application));
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GdkContentProvider) content = create_content (files, n_files);

  gtk_drag_source_set_content (source, content);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), application);

  gtk_window_set_title (GTK_WINDOW (window), "Drag source");
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 120);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Drag me"));
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (window, "map", G_CALLBACK (tell_ready_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application =
    gtk_application_new ("dev.bootlace.DragSource",
                         G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_signal_connect (application, "open", G_CALLBACK (open_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
