/* firmware-file.c: reads a whole file, or says why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-file.h"

#include "firmware-error.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE

/* Opening a pipe or a device may wait for ever or do something, so ask before opening. */
static gboolean
check_regular (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return FALSE;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                         "A folder cannot be read as a file");
    return FALSE;
  }

  /* Links are followed; one that is still here leads nowhere. */
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_SYMBOLIC_LINK) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         "The file is a link to one that does not exist");
    return FALSE;
  }

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                         "Only regular files can be read as firmware");
    return FALSE;
  }

  return TRUE;
}

static GBytes *
read_stream (GInputStream *stream, guint64 size, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *data = g_try_malloc ((gsize) size);
  gsize length = 0;

  if (data == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 "No memory for the file's %" G_GUINT64_FORMAT " bytes", size);
    return NULL;
  }

  if (!g_input_stream_read_all (stream, data, (gsize) size, &length, cancellable, error))
    return NULL;

  /* Somebody is writing the file at this moment. */
  if (length < size) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                 "The file ended after %" G_GSIZE_FORMAT " of its %" G_GUINT64_FORMAT " bytes",
                 length, size);
    return NULL;
  }

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/**
 * firmware_file_is_missing:
 * @error: (nullable): why a file was not read
 *
 * Tells whether there is no file at a path, as opposed to one that cannot be read. A folder in a
 * file's place is none.
 *
 * Returns: whether it is missing
 */
gboolean
firmware_file_is_missing (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

/**
 * firmware_file_check_size:
 * @size: how many bytes a file has
 * @max_size: how many it may have
 * @error: return location for %FIRMWARE_ERROR_EMPTY or %FIRMWARE_ERROR_TOO_LARGE
 *
 * Checks that there is something to read, and not too much.
 *
 * Returns: whether it is so
 */
gboolean
firmware_file_check_size (guint64 size, guint64 max_size, GError **error)
{
  if (size == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY, "The file is empty");
    return FALSE;
  }

  if (size > max_size) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE,
                 "The file has %" G_GUINT64_FORMAT " bytes; at most %" G_GUINT64_FORMAT " are read",
                 size, max_size);
    return FALSE;
  }

  return TRUE;
}

/**
 * firmware_file_read:
 * @file: a file
 * @max_size: how many bytes it may have; a larger one is refused before it is read
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads all of a regular file. What the file system refuses, a folder, and anything that is no
 * regular file are %G_IO_ERROR.
 *
 * Returns: (transfer full) (nullable): its bytes, at least one
 */
GBytes *
firmware_file_read (GFile *file, guint64 max_size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  guint64 size = 0;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (!check_regular (file, cancellable, error))
    return NULL;

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  info = g_file_input_stream_query_info (stream, ATTRIBUTES, cancellable, error);
  if (info == NULL)
    return NULL;

  size = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_SIZE);
  if (!firmware_file_check_size (size, max_size, error))
    return NULL;

  return read_stream (G_INPUT_STREAM (stream), size, cancellable, error);
}
