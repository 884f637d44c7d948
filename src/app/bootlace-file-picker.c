/* bootlace-file-picker.c: asks for a file or a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-file-picker.h"

#include <glib/gi18n.h>

static GListStore *
create_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) firmware = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) everything = gtk_file_filter_new ();

  gtk_file_filter_set_name (firmware, _ ("Firmware"));
  gtk_file_filter_add_suffix (firmware, "bin");
  gtk_file_filter_add_suffix (firmware, "dfu");
  gtk_file_filter_add_suffix (firmware, "elf");
  gtk_file_filter_add_suffix (firmware, "hex");
  gtk_file_filter_add_suffix (firmware, "ihex");
  gtk_file_filter_add_suffix (firmware, "uf2");
  gtk_file_filter_set_name (everything, _ ("All Files"));
  gtk_file_filter_add_pattern (everything, "*");

  g_list_store_append (filters, firmware);
  g_list_store_append (filters, everything);

  return filters;
}

static GPtrArray *
collect_files (GListModel *list)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (files, g_list_model_get_item (list, i));

  return files;
}

#if GTK_CHECK_VERSION(4, 10, 0)

/* Takes the file. */
static void
return_file (GTask *task, GFile *file)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, file);
  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
}

/* Takes the list. */
static void
return_list (GTask *task, GListModel *list)
{
  g_task_return_pointer (task, collect_files (list), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (list);
}

static void
open_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GListModel *files =
    gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, &error);

  if (files != NULL)
    return_list (task, files);
  else
    g_task_return_error (task, error);
}

static void
open_folder_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, &error);

  if (folder != NULL)
    return_file (task, folder);
  else
    g_task_return_error (task, error);
}

static void
save_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file != NULL)
    return_file (task, file);
  else
    g_task_return_error (task, error);
}

static void
show_open (GTask *task, GtkWindow *parent, const char *title, GFile *folder)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = create_filters ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_open_multiple (dialog, parent, g_task_get_cancellable (task), open_cb,
                                 g_object_ref (task));
}

static void
show_open_folder (GTask *task, GtkWindow *parent, const char *title, GFile *folder)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_select_folder (dialog, parent, g_task_get_cancellable (task), open_folder_cb,
                                 g_object_ref (task));
}

static void
show_save (GTask *task, GtkWindow *parent, const char *title, GFile *folder, const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), save_cb,
                        g_object_ref (task));
}

#else

static void
finish (GTask *task, gboolean accepted)
{
  GtkNativeDialog *dialog = g_task_get_task_data (task);
  g_autoptr (GListModel) list = NULL;

  /* Whichever of the answer and the cancellation comes first. */
  if (g_task_get_completed (task) || !g_signal_handlers_disconnect_by_data (dialog, task))
    return;

  gtk_native_dialog_hide (dialog);
  list = accepted ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)) : NULL;
  if (list != NULL && g_list_model_get_n_items (list) > 0)
    g_task_return_pointer (task, collect_files (list), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  g_object_unref (task);
}

static void
response_cb (GtkFileChooserNative *dialog, int response, GTask *task)
{
  finish (task, response == GTK_RESPONSE_ACCEPT);
}

static void
cancelled_cb (GCancellable *cancellable, GTask *task)
{
  finish (task, FALSE);
}

/* Takes the dialog. */
static void
show_dialog (GTask *task, GtkFileChooserNative *dialog)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_task_set_task_data (task, dialog, g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_object_ref (task));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
show_open (GTask *task, GtkWindow *parent, const char *title, GFile *folder)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr (GListStore) filters = create_filters ();

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (filters)); i++) {
    g_autoptr (GtkFileFilter) filter = g_list_model_get_item (G_LIST_MODEL (filters), i);

    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  }

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  show_dialog (task, dialog);
}

static void
show_open_folder (GTask *task, GtkWindow *parent, const char *title, GFile *folder)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  show_dialog (task, dialog);
}

static void
show_save (GTask *task, GtkWindow *parent, const char *title, GFile *folder, const char *name)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show_dialog (task, dialog);
}

#endif

/**
 * bootlace_file_picker_open_async:
 * @parent: the window that wants a file
 * @title: title of the dialog
 * @folder: (nullable): where to begin
 * @cancellable: (nullable): closes the dialog
 * @callback: called when a file was chosen, or none
 * @user_data: data for @callback
 *
 * Asks for a firmware file, or for several that belong together.
 */
void
bootlace_file_picker_open_async (GtkWindow *parent,
                                 const char *title,
                                 GFile *folder,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (folder == NULL || G_IS_FILE (folder));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bootlace_file_picker_open_async);
  show_open (task, parent, title, folder);
}

/**
 * bootlace_file_picker_open_folder_async:
 * @parent: the window that wants a folder
 * @title: title of the dialog
 * @folder: (nullable): where to begin
 * @cancellable: (nullable): closes the dialog
 * @callback: called when a folder was chosen, or none
 * @user_data: data for @callback
 *
 * Asks for a build folder.
 */
void
bootlace_file_picker_open_folder_async (GtkWindow *parent,
                                        const char *title,
                                        GFile *folder,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (folder == NULL || G_IS_FILE (folder));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bootlace_file_picker_open_folder_async);
  show_open_folder (task, parent, title, folder);
}

/**
 * bootlace_file_picker_save_async:
 * @parent: the window that has something to save
 * @title: title of the dialog
 * @folder: (nullable): where to begin
 * @name: name that is proposed
 * @cancellable: (nullable): closes the dialog
 * @callback: called when a file was chosen, or none
 * @user_data: data for @callback
 *
 * Asks where to save something.
 */
void
bootlace_file_picker_save_async (GtkWindow *parent,
                                 const char *title,
                                 GFile *folder,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (folder == NULL || G_IS_FILE (folder));
  g_return_if_fail (name != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bootlace_file_picker_save_async);
  show_save (task, parent, title, folder, name);
}

/**
 * bootlace_file_picker_finish:
 * @result: what the callback was given
 * @error: return location for an error; a dialog that was dismissed is one, too
 *
 * Returns: (transfer full) (nullable) (element-type GFile): what was chosen: a folder, a file, or
 *   several
 */
GPtrArray *
bootlace_file_picker_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
