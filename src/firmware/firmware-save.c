/* firmware-save.c: writes a whole file, or leaves everything as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-save.h"

#include <stdlib.h>

#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_ID_FILE "," G_FILE_ATTRIBUTE_UNIX_MODE

#define PERMISSIONS 0777

/* What firmware_save_async() was told. */
typedef struct {
  GFile *file;
  GBytes *contents;
  GPtrArray *inputs;
} Save;

static void
save_free (Save *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->contents, g_bytes_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_free (self);
}

static GFileInfo *
query (GFile *file)
{
  return g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);
}

#ifdef G_OS_WIN32

/* What a person calls a link there is a file of its own. */
static char *
dup_real_path (const char *path)
{
  return g_strdup (path);
}

#else

static char *
dup_real_path (const char *path)
{
  return realpath (path, NULL);
}

#endif

/* Replacing a link would leave the old file where it leads to. */
static GFile *
resolve_links (GFile *file)
{
  const char *local = g_file_peek_path (file);
  g_autofree char *resolved = local != NULL ? dup_real_path (local) : NULL;

  return resolved != NULL ? g_file_new_for_path (resolved) : g_object_ref (file);
}

/* By what it is and not by its name: a file has as many names as it has links. */
static gboolean
is_one_of (GFileInfo *info, GPtrArray *files)
{
  const char *id = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE);

  for (guint i = 0; i < files->len; i++) {
    g_autoptr (GFileInfo) other = query (g_ptr_array_index (files, i));

    if (id != NULL && other != NULL &&
        g_strcmp0 (id, g_file_info_get_attribute_string (other, G_FILE_ATTRIBUTE_ID_FILE)) == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
check_replaceable (GFileInfo *info, GPtrArray *inputs, GError **error)
{
  if (is_one_of (info, inputs)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                         "The file to write is one of the files that were read");
    return FALSE;
  }

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                         "A file cannot take the place of a folder");
    return FALSE;
  }

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                         "Only a regular file can be replaced");
    return FALSE;
  }

  return TRUE;
}

/* Closing a stream in a cancelled way leaves the older file where it is. */
static void
abandon (GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
}

/* A new file has its name from the beginning. A link that leads nowhere was there before. */
static void
remove_part (GFile *target)
{
  if (g_file_query_file_type (target, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) ==
      G_FILE_TYPE_REGULAR)
    g_file_delete (target, NULL, NULL);
}

static gboolean
write_and_close (GOutputStream *stream, GBytes *contents, GCancellable *cancellable, GError **error)
{
  gsize size = 0;
  const void *data = g_bytes_get_data (contents, &size);

  if (g_output_stream_write_all (stream, data, size, NULL, cancellable, error))
    return g_output_stream_close (stream, cancellable, error);

  abandon (stream);
  return FALSE;
}

/* Who may read and write the file is for its owner to say. */
static void
keep_permissions (GFile *target, GFileInfo *old)
{
  if (g_file_info_has_attribute (old, G_FILE_ATTRIBUTE_UNIX_MODE))
    g_file_set_attribute_uint32 (target, G_FILE_ATTRIBUTE_UNIX_MODE,
                                 g_file_info_get_attribute_uint32 (old,
                                                                   G_FILE_ATTRIBUTE_UNIX_MODE) &
                                   PERMISSIONS,
                                 G_FILE_QUERY_INFO_NONE, NULL, NULL);
}

/* g_file_replace_contents() would write 8 KiB at a time, and put the part that was written into the
 * place of the older file when the disk is full. */
static gboolean
replace (GFile *target, GFileInfo *old, GBytes *contents, GCancellable *cancellable, GError **error)
{
  const GFileCreateFlags privacy = old != NULL ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE;
  g_autoptr (GFileOutputStream) stream =
    g_file_replace (target, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION | privacy, cancellable,
                    error);

  if (stream == NULL)
    return FALSE;

  if (!write_and_close (G_OUTPUT_STREAM (stream), contents, cancellable, error)) {
    if (old == NULL)
      remove_part (target);
    return FALSE;
  }

  if (old != NULL)
    keep_permissions (target, old);
  return TRUE;
}

/* Finds what would be written, and what is there now. */
static GFile *
find_target (GFile *file, GPtrArray *inputs, GFileInfo **old, GError **error)
{
  g_autoptr (GFile) target = resolve_links (file);
  g_autoptr (GFileInfo) info = query (target);

  if (info != NULL && !check_replaceable (info, inputs, error))
    return NULL;

  *old = g_steal_pointer (&info);
  return g_steal_pointer (&target);
}

/**
 * firmware_save:
 * @file: where to write; where it is a link, the file that it leads to is written
 * @contents: what
 * @inputs: (element-type GFile): files that must stay as they are
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %G_IO_ERROR; %G_IO_ERROR_EXISTS when @file is one of @inputs
 *
 * Writes a file in one go: until all of it is on the disk, an older one is there as it was, and
 * where there was none, none is left when writing fails. Only a regular file is replaced, and its
 * permissions stay.
 *
 * This blocks; see firmware_save_async() for the version that does not.
 *
 * Returns: whether the file is written
 */
gboolean
firmware_save (GFile *file,
               GBytes *contents,
               GPtrArray *inputs,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GFile) target = NULL;
  g_autoptr (GFileInfo) old = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);
  g_return_val_if_fail (inputs != NULL, FALSE);

  target = find_target (file, inputs, &old, error);

  return target != NULL && replace (target, old, contents, cancellable, error);
}

/**
 * firmware_save_check:
 * @file: where firmware_save() is to write later
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %G_IO_ERROR
 *
 * Finds out whether it may, for whoever takes long to get the contents. What is there stays as it
 * is.
 *
 * Returns: whether nothing is known against it
 */
gboolean
firmware_save_check (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) no_inputs = g_ptr_array_new ();
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GFile) target = NULL;
  g_autoptr (GFileInfo) old = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  target = find_target (file, no_inputs, &old, error);
  if (target == NULL)
    return FALSE;

  stream =
    g_file_replace (target, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error);
  if (stream == NULL)
    return FALSE;

  abandon (G_OUTPUT_STREAM (stream));
  if (old == NULL)
    remove_part (target);
  return TRUE;
}

/* Runs in a worker thread. */
static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  g_autoptr (GError) error = NULL;

  if (firmware_save (save->file, save->contents, save->inputs, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * firmware_save_async:
 * @file: where to write
 * @contents: what
 * @inputs: (element-type GFile): files that must stay as they are; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file was written or refused
 * @user_data: data for @callback
 *
 * Does firmware_save() in a worker thread.
 */
void
firmware_save_async (GFile *file,
                     GBytes *contents,
                     GPtrArray *inputs,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Save *save = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (contents != NULL);
  g_return_if_fail (inputs != NULL);

  save = g_new0 (Save, 1);
  save->file = g_object_ref (file);
  save->contents = g_bytes_ref (contents);
  save->inputs = g_ptr_array_ref (inputs);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, firmware_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * firmware_save_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends firmware_save_async().
 *
 * Returns: whether the file is written
 */
gboolean
firmware_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, firmware_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
