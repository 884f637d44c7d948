/* bootlace-folder.c: shows a folder in the program that the computer has for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-folder.h"

#include <glib/gi18n.h>

static gboolean
make_folder (GFile *folder)
{
  return g_file_make_directory_with_parents (folder, NULL, NULL) ||
         g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
}

static void
return_text (GTask *task, const char *text)
{
  g_task_return_pointer (task, (gpointer) text, NULL);
}

static void
launch_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (g_app_info_launch_default_for_uri_finish (result, NULL))
    return_text (task, NULL);
  else
    return_text (task, _ ("Nothing on this computer could show the folder."));
}

/**
 * bootlace_folder_show_async:
 * @folder: a folder; it is made if it is not there
 * @widget: what was pressed, on the display where the folder is to be seen
 * @callback: called when that is done or has failed; in this thread, and not before this returns
 * @user_data: for @callback
 *
 * Opens @folder.
 */
void
bootlace_folder_show_async (GFile *folder,
                            GtkWidget *widget,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (G_IS_FILE (folder));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, bootlace_folder_show_async);
  if (!make_folder (folder)) {
    return_text (task, _ ("The folder is not there and could not be made."));
    return;
  }

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  uri = g_file_get_uri (folder);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, launch_cb,
                                           g_steal_pointer (&task));
}

/**
 * bootlace_folder_show_finish:
 * @result: what the callback of bootlace_folder_show_async() got
 *
 * Returns: (nullable): why the folder could not be shown, to be told in the window
 */
const char *
bootlace_folder_show_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
