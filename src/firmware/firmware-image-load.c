/* firmware-image-load.c: from a file or its bytes to an image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image.h"

#include "firmware-error.h"
#include "firmware-esp-build.h"
#include "firmware-esp-flasher-args.h"
#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-stranger.h"

static void
set_unknown_format (GBytes *contents, GError **error)
{
  const char *description = NULL;
  const FirmwareStranger stranger = firmware_stranger_guess (contents, &description);

  if (stranger == FIRMWARE_STRANGER_ARCHIVE)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_PACKED,
                 "The file is no DFU file; it looks like %s, which must be unpacked first",
                 description);
  else if (description != NULL)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                 "The file is no DFU file; it looks like %s", description);
  else
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file is no DFU file: it does not end in a DFU suffix");
}

/* @file: (nullable) */
static const FirmwareFormat *
find_format (GFile *file, GBytes *contents, GError **error)
{
  const FirmwareFormat *format = NULL;
  gsize size = g_bytes_get_size (contents);

  if (!firmware_file_check_size (size, FIRMWARE_IMAGE_MAX_SIZE, error))
    return NULL;

  format =
    file != NULL ? firmware_format_find_for_file (file, contents) : firmware_format_find (contents);
  if (format == NULL)
    set_unknown_format (contents, error);
  else
    g_debug ("Reading %" G_GSIZE_FORMAT " bytes as %s", size, format->nick);

  return format;
}

/**
 * firmware_image_new_from_bytes:
 * @contents: a whole file
 * @error: return location for an error
 *
 * Finds out by content what a file is, and reads it with every check that its format allows.
 *
 * Returns: (transfer full) (nullable): an image
 */
FirmwareImage *
firmware_image_new_from_bytes (GBytes *contents, GError **error)
{
  const FirmwareFormat *format = NULL;

  g_return_val_if_fail (contents != NULL, NULL);

  format = find_format (NULL, contents, error);
  if (format == NULL)
    return NULL;

  if (format->read == NULL) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file only names other files, which must lie where it says");
    return NULL;
  }

  return format->read (contents, error);
}

/**
 * firmware_image_load:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads a file of at most %FIRMWARE_IMAGE_MAX_SIZE bytes; see firmware_image_new_from_bytes(). Of a
 * folder, the ESP-IDF build in it or in its folder "build" is read. What the file system refuses,
 * any other folder, and anything that is no regular file are %G_IO_ERROR.
 *
 * This blocks.
 *
 * Returns: (transfer full) (nullable): an image
 */
FirmwareImage *
firmware_image_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) located = NULL;
  g_autoptr (GBytes) contents = NULL;
  const FirmwareFormat *format = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  located = firmware_esp_build_locate (file, cancellable, error);
  if (located == NULL)
    return NULL;

  contents = firmware_file_read (located, FIRMWARE_IMAGE_MAX_SIZE, cancellable, error);
  if (contents == NULL && located != file)
    firmware_error_set_file (error, FIRMWARE_ESP_FLASHER_ARGS_NAME);
  if (contents == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  format = find_format (located, contents, error);
  if (format == NULL)
    return NULL;

  if (format->load != NULL)
    return format->load (located, contents, cancellable, error);

  return format->read (contents, error);
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
 * This blocks.
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
