/* bootlace-fingerprint.c: tells whether files have changed, without reading them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-fingerprint.h"

/* A file that takes the place of another one differs in the last of these, if in nothing else. */
#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED                                \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC                           \
                                 "," G_FILE_ATTRIBUTE_ID_FILE

static gint64
append_file (GString *text, GFile *file)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  gint64 modified;

  if (info == NULL) {
    g_string_append (text, "-;");
    return 0;
  }

  modified = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) *
               G_USEC_PER_SEC +
             g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %s;",
                          g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_SIZE),
                          modified,
                          g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE));

  return modified;
}

/**
 * bootlace_fingerprint_new:
 * @files: (element-type GFile): some files
 * @modified: (out) (optional): when the newest of them was written, in microseconds since 1970; 0
 *   when none is there
 *
 * Takes down size, time and identity of each file. This blocks.
 *
 * Returns: (transfer full): a text that is another one when a file has changed, come or gone
 */
char *
bootlace_fingerprint_new (GPtrArray *files, gint64 *modified)
{
  GString *text = g_string_new (NULL);
  gint64 newest = 0;

  g_return_val_if_fail (files != NULL, NULL);

  for (guint i = 0; i < files->len; i++)
    newest = MAX (newest, append_file (text, files->pdata[i]));

  if (modified != NULL)
    *modified = newest;

  return g_string_free (text, FALSE);
}

/* Runs in a worker thread. */
static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, bootlace_fingerprint_new (data, NULL), g_free);
}

/**
 * bootlace_fingerprint_new_async:
 * @files: (element-type GFile): some files; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Does bootlace_fingerprint_new() in a worker thread.
 */
void
bootlace_fingerprint_new_async (GPtrArray *files,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (files != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bootlace_fingerprint_new_async);
  g_task_set_task_data (task, g_ptr_array_ref (files), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * bootlace_fingerprint_new_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the fingerprint
 */
char *
bootlace_fingerprint_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bootlace_fingerprint_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
