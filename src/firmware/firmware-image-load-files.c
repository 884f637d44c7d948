/* firmware-image-load-files.c: from several files that belong together to one image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image.h"

#include "firmware-esp-build.h"
#include "firmware-format.h"

/* A list of its own: the caller's may change while a thread works. */
static GPtrArray *
copy_files (GPtrArray *files)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (files, i)));

  return copy;
}

/* Runs in a worker thread. */
static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  image = firmware_image_load_files (data, cancellable, &error);
  if (image == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&image), g_object_unref);
}

/**
 * firmware_image_load_files:
 * @files: (element-type GFile): at least one
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, which names the file
 *
 * Does firmware_image_load() with one file. Several are the parts of an ESP chip's firmware, told
 * by their content: bootloader, partition table, application, OTA data, and files for partitions
 * that have their names. Their places are proposed, which findings tell. What has no place is
 * %FIRMWARE_ERROR_NO_PLACE, two of one kind are %FIRMWARE_ERROR_SAME_ROLE, and what is a firmware
 * of its own is %FIRMWARE_ERROR_WHOLE.
 *
 * This blocks; see firmware_image_load_files_async() for the version that does not.
 *
 * Returns: (transfer full) (nullable): an image
 */
FirmwareImage *
firmware_image_load_files (GPtrArray *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = NULL;

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (files->len == 1)
    return firmware_image_load (g_ptr_array_index (files, 0), cancellable, error);

  build = firmware_esp_build_open_files (files, NULL, cancellable, error);
  if (build == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return firmware_esp_build_read (build, &firmware_format_esp_binary, cancellable, error);
}

/**
 * firmware_image_load_files_async:
 * @files: (element-type GFile): at least one
 * @cancellable: (nullable): a cancellable
 * @callback: called when the files were read or refused
 * @user_data: data for @callback
 *
 * Does firmware_image_load_files() in a worker thread.
 */
void
firmware_image_load_files_async (GPtrArray *files,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (files != NULL && files->len > 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, firmware_image_load_files_async);
  g_task_set_task_data (task, copy_files (files), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * firmware_image_load_files_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends firmware_image_load_files_async().
 *
 * Returns: (transfer full) (nullable): an image
 */
FirmwareImage *
firmware_image_load_files_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, firmware_image_load_files_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
