/* firmware-esp-build-files.c: what a build is made of when files are named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-build.h"

#include "firmware-elf.h"
#include "firmware-error.h"
#include "firmware-esp-elf-part.h"
#include "firmware-esp-flasher-args.h"
#include "firmware-esp-image.h"
#include "firmware-esp-loose.h"
#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-image.h"

static void
set_place (GError **error, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name != NULL ? name : "");

  firmware_error_set_file (error, display);
}

/* A folder may hold a build, but nothing beside it can be part of that. */
static void
set_read_error (GError **error, GFile *file, GError *reason)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_WHOLE,
                 "%s is a folder, which cannot be put together with files", name);
    set_place (error, file);
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
  if (contents == NULL && located != file)
    firmware_error_set_file (error, FIRMWARE_ESP_FLASHER_ARGS_NAME);
  if (contents == NULL)
    return NULL;

  format = firmware_format_find_for_file (located, contents);
  if (format == NULL || format->open_build == NULL) {
    set_no_build (error, format);
    return NULL;
  }

  return format->open_build (located, contents, chip, cancellable, error);
}

/* What contents alone cannot be, stands in the file's name. */
static gboolean
check_loose (GFile *file, const FirmwareFormat *format, GError **error)
{
  g_autofree char *name = NULL;

  if (format == NULL || format == &firmware_format_esp_binary)
    return TRUE;

  name = g_file_get_parse_name (file);
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_WHOLE,
               "%s is a firmware of its own (%s), so it cannot be put together with others", name,
               format->name);
  set_place (error, file);
  return FALSE;
}

/* The files of one firmware, and what has become of them. */
typedef struct {
  GPtrArray *names;    /* of filename */
  GPtrArray *contents; /* of GBytes */
  GPtrArray *inputs;   /* of GFile: those that were found beside the files */
  GPtrArray *findings; /* of FirmwareFinding */
} Collection;

static void
collection_init (Collection *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->inputs = g_ptr_array_new_with_free_func (g_object_unref);
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
collection_clear (Collection *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->contents, g_ptr_array_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collection, collection_clear)

/* A program stands for the image that is made of it. */
static gboolean
add_program (Collection *self,
             GFile *file,
             GBytes *contents,
             const FirmwareEspChip *chip,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (FirmwareEspElfPart) part = { NULL };

  if (!firmware_esp_elf_part_init (&part, file, contents, chip, cancellable, error)) {
    g_autofree char *name = g_file_get_parse_name (file);

    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }

  g_ptr_array_add (self->names, g_steal_pointer (&part.name));
  g_ptr_array_add (self->contents, g_steal_pointer (&part.image));
  g_ptr_array_add (self->findings, g_steal_pointer (&part.finding));
  if (part.file != NULL)
    g_ptr_array_add (self->inputs, g_steal_pointer (&part.file));
  return TRUE;
}

static gboolean
add_file (Collection *self,
          GFile *file,
          GBytes *contents,
          const FirmwareEspChip *chip,
          GCancellable *cancellable,
          GError **error)
{
  const FirmwareFormat *format = firmware_format_find (contents);

  if (format == &firmware_format_elf && firmware_elf_is_esp (contents))
    return add_program (self, file, contents, chip, cancellable, error);

  if (!check_loose (file, format, error))
    return FALSE;

  g_ptr_array_add (self->names, g_file_get_basename (file));
  g_ptr_array_add (self->contents, g_bytes_ref (contents));
  return TRUE;
}

/* The addresses of a program do not always tell. */
static const FirmwareEspChip *
find_chip (GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++) {
    FirmwareEspImage header;
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (g_ptr_array_index (all, i), &size);

    if (firmware_esp_image_parse (&header, data, size))
      return firmware_esp_chip_find_by_id (header.chip_id);
  }

  return NULL;
}

static FirmwareEspBuild *
put_together (Collection *self, GPtrArray *files, const FirmwareEspChip *chip, GError **error)
{
  FirmwareEspBuild *build = firmware_esp_loose_new_build (self->names, self->contents, chip, error);

  if (build == NULL)
    return NULL;

  for (guint i = 0; i < files->len; i++)
    firmware_esp_build_add_input (build, g_ptr_array_index (files, i));
  for (guint i = 0; i < self->inputs->len; i++)
    firmware_esp_build_add_input (build, g_ptr_array_index (self->inputs, i));
  for (guint i = 0; i < self->findings->len; i++)
    firmware_esp_build_take_finding (build, g_object_ref (self->findings->pdata[i]));

  return build;
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
 * of, or of files that belong together and do not say where they go, of which an ESP chip's program
 * stands for the image that is made of it. Files are at most %FIRMWARE_IMAGE_MAX_SIZE bytes long
 * together.
 *
 * Returns: (transfer full) (nullable): the build
 */
FirmwareEspBuild *
firmware_esp_build_open_files (GPtrArray *files,
                               const FirmwareEspChip *chip,
                               GCancellable *cancellable,
                               GError **error)
{
  g_auto (Collection) collection = { NULL };
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  if (files->len == 1)
    return open_one (g_ptr_array_index (files, 0), chip, cancellable, error);

  all = read_files (files, cancellable, error);
  if (all == NULL)
    return NULL;

  collection_init (&collection);
  for (guint i = 0; i < files->len; i++) {
    if (!add_file (&collection, g_ptr_array_index (files, i), g_ptr_array_index (all, i),
                   chip != NULL ? chip : find_chip (all), cancellable, error))
      return NULL;
  }

  return put_together (&collection, files, chip, error);
}
