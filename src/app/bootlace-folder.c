/* bootlace-folder.c: shows a folder in the program that the computer has for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-folder.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"

static void
show_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  const char *text = _ ("Nothing on this computer could show the folder.");

  if (g_app_info_launch_default_for_uri_finish (result, NULL))
    return;

  gtk_widget_set_tooltip_text (button, text);
  gtk_widget_set_sensitive (button, FALSE);
  bootlace_announce (button, text);
}

/**
 * bootlace_folder_show:
 * @folder: a folder; it is made if it is not there
 * @button: what was pressed, in a window; it cannot be pressed any more when that has failed
 *
 * Opens @folder.
 */
void
bootlace_folder_show (GFile *folder, GtkWidget *button)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (G_IS_FILE (folder));
  g_return_if_fail (GTK_IS_WIDGET (button));

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (button));
  uri = g_file_get_uri (folder);
  g_file_make_directory_with_parents (folder, NULL, NULL);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, show_cb,
                                           g_object_ref (button));
}
