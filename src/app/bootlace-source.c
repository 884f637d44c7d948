/* bootlace-source.c: what firmware is read from, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-source.h"

#include "firmware-error.h"
#include "firmware-file.h"
#include "firmware-place.h"
#include "firmware-text.h"

#include <string.h>

#define FRAGMENT_BEGINNING "#raw"
#define FRAGMENT_ADDRESS "#raw="

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
  g_autofree char *name = NULL;
  g_autofree char *display = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->raw)
    return firmware_image_load_files (self->files, cancellable, error);

  contents = read_only_file (self, cancellable, error);
  if (contents == NULL)
    return NULL;

  name = g_file_get_basename (self->files->pdata[0]);
  display = name != NULL ? g_filename_display_name (name) : NULL;

  return firmware_place_raw (contents, display, self->address, error);
}

/**
 * bootlace_source_offer_raw:
 * @self: a source that could not be read
 * @error: why
 * @cancellable: (nullable): a cancellable
 *
 * Finds out whether a person may take the source for raw bytes: it is one file, and it is of no
 * format, though it may look like something. This blocks.
 *
 * Returns: the file's size and look, or nothing when it is not to be taken so
 */
BootlaceRawOffer
bootlace_source_offer_raw (const BootlaceSource *self,
                           const GError *error,
                           GCancellable *cancellable)
{
  const BootlaceRawOffer none = { 0 };
  BootlaceRawOffer offer = { 0 };
  g_autoptr (GBytes) contents = NULL;
  const char *description = NULL;

  g_return_val_if_fail (self != NULL, none);

  if (self->raw || self->files->len != 1 || !firmware_error_is_foreign (error))
    return none;

  contents = read_only_file (self, cancellable, NULL);
  if (contents == NULL)
    return none;

  offer.size = g_bytes_get_size (contents);
  offer.stranger = firmware_stranger_guess (contents, &description);

  return offer.stranger != FIRMWARE_STRANGER_FIRMWARE ? offer : none;
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

/* A "#" in a name is escaped in a URI, so what follows one is ours. */
static gboolean
parse_raw (const char *uri, gint64 *address)
{
  const char *fragment = strchr (uri, '#');
  guint32 number = 0;

  *address = FIRMWARE_CONVERSION_UNSET;
  if (fragment == NULL)
    return FALSE;

  if (g_str_has_prefix (fragment, FRAGMENT_ADDRESS) &&
      firmware_text_parse_number (fragment + strlen (FRAGMENT_ADDRESS), &number))
    *address = number;

  return *address != FIRMWARE_CONVERSION_UNSET || g_str_equal (fragment, FRAGMENT_BEGINNING);
}

/**
 * bootlace_source_new_for_uris:
 * @uris: (array zero-terminated=1): what bootlace_source_dup_uris() has made
 *
 * Returns: (transfer full) (nullable): the source, or %NULL when there are no URIs
 */
BootlaceSource *
bootlace_source_new_for_uris (const char *const *uris)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 address = FIRMWARE_CONVERSION_UNSET;

  g_return_val_if_fail (uris != NULL, NULL);

  for (guint i = 0; uris[i] != NULL; i++) {
    g_autofree char *uri = g_strndup (uris[i], strcspn (uris[i], "#"));

    g_ptr_array_add (files, g_file_new_for_uri (uri));
  }

  if (files->len == 0)
    return NULL;
  if (files->len == 1 && parse_raw (uris[0], &address))
    return bootlace_source_new_raw (files->pdata[0], address);

  return bootlace_source_new (files);
}

/**
 * bootlace_source_dup_uris:
 * @self: a source
 *
 * Writes down all of it, to be remembered: that it is raw bytes, and where they go, stands in the
 * fragment of the URI.
 *
 * Returns: (transfer full) (array zero-terminated=1): the URIs of its files
 */
char **
bootlace_source_dup_uris (const BootlaceSource *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->files->len; i++) {
    g_autofree char *uri = g_file_get_uri (self->files->pdata[i]);
    g_autofree char *whole = NULL;

    if (!self->raw)
      whole = g_steal_pointer (&uri);
    else if (self->address == FIRMWARE_CONVERSION_UNSET)
      whole = g_strconcat (uri, FRAGMENT_BEGINNING, NULL);
    else
      whole = g_strdup_printf ("%s" FRAGMENT_ADDRESS "0x%08x", uri, (guint) self->address);
    g_strv_builder_add (builder, whole);
  }

  return g_strv_builder_end (builder);
}
