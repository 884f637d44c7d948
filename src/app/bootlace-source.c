/* bootlace-source.c: what firmware is read from, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-source.h"

#include "firmware-error.h"
#include "firmware-file.h"
#include "firmware-place.h"
#include "firmware-raw.h"

G_DEFINE_BOXED_TYPE (BootlaceSource, bootlace_source, bootlace_source_ref, bootlace_source_unref)

static GBytes *
read_only_file (const BootlaceSource *self, GCancellable *cancellable, GError **error)
{
  return firmware_file_read (self->files->pdata[0], FIRMWARE_IMAGE_MAX_SIZE, cancellable, error);
}

/**
 * bootlace_source_equal:
 * @self: a source
 * @other: another one
 *
 * Returns: whether both are the same files, read in the same way
 */
gboolean
bootlace_source_equal (const BootlaceSource *self, const BootlaceSource *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->files->len != other->files->len || self->raw != other->raw ||
      self->address != other->address)
    return FALSE;

  for (guint i = 0; i < self->files->len; i++)
    if (!g_file_equal (self->files->pdata[i], other->files->pdata[i]))
      return FALSE;

  return TRUE;
}

/**
 * bootlace_source_read:
 * @self: a source
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads the firmware. This blocks.
 *
 * Returns: (transfer full) (nullable): an image
 */
FirmwareImage *
bootlace_source_read (const BootlaceSource *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) contents = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->raw)
    return firmware_image_load_files (self->files, cancellable, error);

  contents = read_only_file (self, cancellable, error);

  return contents != NULL ? firmware_place_raw (contents, self->address, error) : NULL;
}

/**
 * bootlace_source_measure_raw:
 * @self: a source that could not be read
 * @error: why
 * @cancellable: (nullable): a cancellable
 *
 * Finds out whether a person may take the source for raw bytes: it is one file, and nothing is
 * known of what it is. This blocks.
 *
 * Returns: how many bytes they would be, or 0 when they are not to be taken so
 */
guint64
bootlace_source_measure_raw (const BootlaceSource *self,
                             const GError *error,
                             GCancellable *cancellable)
{
  g_autoptr (GBytes) contents = NULL;

  g_return_val_if_fail (self != NULL, 0);

  if (self->raw || self->files->len != 1 ||
      !g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT))
    return 0;

  contents = read_only_file (self, cancellable, NULL);

  return contents != NULL && firmware_raw_is_possible (contents) ? g_bytes_get_size (contents) : 0;
}

/**
 * bootlace_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
BootlaceSource *
bootlace_source_ref (BootlaceSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BootlaceSource *self = data;

  g_ptr_array_unref (self->files);
}

/**
 * bootlace_source_unref:
 * @self: (transfer full): a source
 */
void
bootlace_source_unref (BootlaceSource *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

/**
 * bootlace_source_new:
 * @files: (element-type GFile): what was chosen, at least one; not to be changed any more
 *
 * Returns: (transfer full): a source that is read as what it is
 */
BootlaceSource *
bootlace_source_new (GPtrArray *files)
{
  BootlaceSource *self;

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  self = g_atomic_rc_box_new0 (BootlaceSource);
  self->files = g_ptr_array_ref (files);
  self->address = FIRMWARE_CONVERSION_UNSET;

  return self;
}

/**
 * bootlace_source_new_raw:
 * @file: a file
 * @address: where its first byte goes, or %FIRMWARE_CONVERSION_UNSET
 *
 * Returns: (transfer full): a source that is read as raw bytes
 */
BootlaceSource *
bootlace_source_new_raw (GFile *file, gint64 address)
{
  BootlaceSource *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_atomic_rc_box_new0 (BootlaceSource);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->files, g_object_ref (file));
  self->raw = TRUE;
  self->address = address;

  return self;
}
