/* firmware-esp-binary.c: one file of an ESP chip's firmware, or several together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-loose.h"
#include "firmware-esp-merged.h"
#include "firmware-file.h"
#include "firmware-format.h"

static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) files = file != NULL ? g_ptr_array_new () : NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  if (file != NULL)
    g_ptr_array_add (files, file);
  g_ptr_array_add (all, contents);

  return firmware_esp_loose_new_build (files, all, chip, error);
}

static FirmwareImage *
read_one (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = open_build (file, contents, NULL, cancellable, error);

  if (build == NULL)
    return NULL;

  return firmware_esp_build_read (build, &firmware_format_esp_binary, cancellable, error);
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  return read_one (NULL, contents, NULL, error);
}

/* What contents alone cannot be, stands in the file's name. */
static gboolean
check_loose (GFile *file, GBytes *contents, GError **error)
{
  const FirmwareFormat *format = firmware_format_find (contents);
  g_autofree char *name = NULL;

  if (format == NULL || format == &firmware_format_esp_binary)
    return TRUE;

  name = g_file_get_parse_name (file);
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_PLACE,
               "%s is a firmware of its own (%s), so it cannot be put together with others", name,
               format->name);
  return FALSE;
}

/* A folder may hold a build, but nothing beside it can be part of that. */
static void
set_read_error (GError **error, GFile *file, GError *reason)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_PLACE,
                 "%s is a folder, which cannot be put together with files", name);
    g_error_free (reason);
  } else {
    g_propagate_prefixed_error (error, reason, "%s: ", name);
  }
}

static GPtrArray *
read_files (GPtrArray *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint64 left = FIRMWARE_IMAGE_MAX_SIZE;

  for (guint i = 0; i < files->len; i++) {
    GFile *file = g_ptr_array_index (files, i);
    g_autoptr (GError) local_error = NULL;
    GBytes *contents = firmware_file_read (file, left, cancellable, &local_error);

    if (contents == NULL) {
      set_read_error (error, file, g_steal_pointer (&local_error));
      return NULL;
    }

    left -= g_bytes_get_size (contents);
    g_ptr_array_add (all, contents);
  }

  return g_steal_pointer (&all);
}

static void
set_no_build (GError **error, const FirmwareFormat *format)
{
  if (format != NULL)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_BUILD,
                 "The file is a firmware of its own (%s), and no build", format->name);
  else
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT,
                         "The file is not the flasher_args.json of an ESP-IDF build, nor a part of "
                         "one");
}

static FirmwareEspBuild *
open_one (GFile *file, const FirmwareEspChip *chip, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) located = firmware_esp_build_locate (file, cancellable, error);
  g_autoptr (GBytes) contents = NULL;
  const FirmwareFormat *format = NULL;

  if (located == NULL)
    return NULL;

  contents = firmware_file_read (located, FIRMWARE_IMAGE_MAX_SIZE, cancellable, error);
  if (contents == NULL)
    return NULL;

  format = firmware_format_find (contents);
  if (format == NULL || format->open_build == NULL) {
    set_no_build (error, format);
    return NULL;
  }

  return format->open_build (located, contents, chip, cancellable, error);
}

/**
 * firmware_esp_build_open_files:
 * @files: (element-type GFile): at least one
 * @chip: (nullable): the chip, where it is known from elsewhere
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes a build of one file or folder, as firmware_esp_build_open() does, or of a flash in one
 * piece, of bytes with addresses (Intel HEX, UF2), of the program that a build beside it was made
 * of, or of files that belong together and do not say where they go. Files are at most
 * %FIRMWARE_IMAGE_MAX_SIZE bytes long together.
 *
 * Returns: (transfer full) (nullable): the build
 */
FirmwareEspBuild *
firmware_esp_build_open_files (GPtrArray *files,
                               const FirmwareEspChip *chip,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  if (files->len == 1)
    return open_one (g_ptr_array_index (files, 0), chip, cancellable, error);

  all = read_files (files, cancellable, error);
  if (all == NULL)
    return NULL;

  for (guint i = 0; i < files->len; i++) {
    if (!check_loose (g_ptr_array_index (files, i), g_ptr_array_index (all, i), error))
      return NULL;
  }

  return firmware_esp_loose_new_build (files, all, chip, error);
}

const FirmwareFormat firmware_format_esp_binary = {
  .nick = "esp-binary",
  .name = "ESP binary",
  .probe = firmware_esp_loose_is_present,
  .read = read_image,
  .load = read_one,
  .open_build = open_build,
};
