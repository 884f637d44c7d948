/* firmware-esp-build-load.c: from a build folder to an image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-build-private.h"

#include "firmware-error.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-config.h"
#include "firmware-esp-flasher-args.h"
#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-image-private.h"

/* People choose the folder of the build, or that of the project around it. */
static const char *const places[] = {
  FIRMWARE_ESP_FLASHER_ARGS_NAME,
  "build/" FIRMWARE_ESP_FLASHER_ARGS_NAME,
};

/* When it is missing, neither a file nor an error comes back. */
static GFile *
find_in_folder (GFile *folder, const char *place, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_resolve_relative_path (folder, place);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, cancellable,
                       &local_error);

  if (info != NULL)
    return g_steal_pointer (&file);

  if (!firmware_file_is_missing (local_error))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/* The settings beside the files tell more than what goes where. */
static FirmwareEspBuild *
read_build (GFile *json, GBytes *contents, GCancellable *cancellable, GError **error)
{
  FirmwareEspBuild *build = firmware_esp_build_new_from_json (json, contents, error);

  if (build != NULL)
    firmware_esp_config_report (build, json, cancellable);

  return build;
}

static FirmwareImage *
load_image (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = read_build (file, contents, cancellable, error);

  if (build == NULL)
    return NULL;

  return firmware_esp_build_read (build, &firmware_format_esp_build, cancellable, error);
}

/* What the files are for stands in them; another chip is for the caller to set. */
static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  return read_build (file, contents, cancellable, error);
}

/**
 * firmware_esp_build_examine:
 * @self: a build
 * @archive: what firmware_esp_build_write() has made of it
 * @error: return location for an error
 *
 * Does firmware_esp_archive_examine().
 *
 * Returns: (transfer full) (nullable): the image, with the build's findings among its own
 */
FirmwareImage *
firmware_esp_build_examine (FirmwareEspBuild *self, GBytes *archive, GError **error)
{
  g_autoptr (GArray) inputs = NULL;
  FirmwareImage *image = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (archive != NULL, NULL);

  inputs = firmware_esp_build_list_inputs (self);
  image = firmware_esp_archive_examine (archive, (const FirmwareEspArchiveInput *) inputs->data,
                                        inputs->len, error);
  if (image == NULL)
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (firmware_esp_build_get_findings (self)); i++) {
    g_autoptr (FirmwareFinding) finding =
      g_list_model_get_item (firmware_esp_build_get_findings (self), i);

    firmware_image_add_finding (image, finding);
  }

  return image;
}

/**
 * firmware_esp_build_read:
 * @self: a build
 * @origin: the format of what the build was made from
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes the archive, does firmware_esp_build_examine(), and makes the image ready to be sent.
 *
 * Returns: (transfer full) (nullable): the image
 */
FirmwareImage *
firmware_esp_build_read (FirmwareEspBuild *self,
                         const FirmwareFormat *origin,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GBytes) archive = firmware_esp_build_write (self, cancellable, error);
  FirmwareImage *image = archive != NULL ? firmware_esp_build_examine (self, archive, error) : NULL;

  if (image == NULL)
    return NULL;

  firmware_esp_archive_join (image);
  firmware_image_set_origin (image, origin);
  return image;
}

/**
 * firmware_esp_build_locate:
 * @file: a file or a folder
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds the flasher_args.json of a build folder or of the project around it. Anything but a folder
 * is taken as it is, and nothing is read.
 *
 * Returns: (transfer full) (nullable): the file to read, or %NULL with %G_IO_ERROR_IS_DIRECTORY
 * for a folder without a build
 */
GFile *
firmware_esp_build_locate (GFile *file, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_DIRECTORY)
    return g_object_ref (file);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GError) local_error = NULL;
    GFile *found = find_in_folder (file, places[i], cancellable, &local_error);

    if (found != NULL)
      return found;

    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
               "The folder has no ESP-IDF build: there is neither %s nor %s in it", places[0],
               places[1]);
  return NULL;
}

/**
 * firmware_esp_build_open:
 * @file: a build folder, the project around it, or a flasher_args.json
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads what a build consists of, and the settings of its project. The files are not looked at yet.
 *
 * Returns: (transfer full) (nullable): the build
 */
FirmwareEspBuild *
firmware_esp_build_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) json = firmware_esp_build_locate (file, cancellable, error);
  g_autoptr (GBytes) contents = NULL;

  if (json == NULL)
    return NULL;

  contents = firmware_file_read (json, FIRMWARE_IMAGE_MAX_SIZE, cancellable, error);
  if (contents == NULL)
    return NULL;

  if (firmware_format_find_for_file (json, contents) != &firmware_format_esp_build) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file is not the " FIRMWARE_ESP_FLASHER_ARGS_NAME
                         " of an ESP-IDF build");
    return NULL;
  }

  return read_build (json, contents, cancellable, error);
}

const FirmwareFormat firmware_format_esp_build = {
  .nick = "esp-build",
  .name = "ESP-IDF build",
  .probe = firmware_esp_flasher_args_is_present,
  .load = load_image,
  .open_build = open_build,
};
