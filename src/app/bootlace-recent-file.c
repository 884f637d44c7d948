/* bootlace-recent-file.c: firmware that was opened before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-recent-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bootlace-source-name.h"
#include "wording-format.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_TYPE "," BOOTLACE_SOURCE_PATH_ATTRIBUTE

struct _BootlaceRecentFile {
  GObject parent_instance;

  char **uris;
  char *name;
  char *place;
};

G_DEFINE_FINAL_TYPE (BootlaceRecentFile, bootlace_recent_file, G_TYPE_OBJECT)

static char *
name_base (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_filename_display_name (name);
}

static char *
name_place (const char *path)
{
  const char *home = g_get_home_dir ();
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *display_home = g_filename_display_name (home);
  gsize length = strlen (display_home);

  if (length > 1 && g_str_has_prefix (display, display_home) &&
      (display[length] == G_DIR_SEPARATOR || display[length] == '\0'))
    return g_strconcat ("~", display + length, NULL);

  return g_steal_pointer (&display);
}

/* A build folder is called by its project. */
static void
describe_folder (BootlaceRecentFile *self, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  self->name = name_base (g_str_equal (name, BOOTLACE_SOURCE_BUILD_FOLDER) ? parent : path);
  self->place = name_place (path);
}

static void
describe_file (BootlaceRecentFile *self, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  self->name = name_base (path);
  self->place = name_place (parent);
}

static void
append_name (BootlaceRecentFile *self, GFile *file)
{
  g_autofree char *parse_name = g_file_get_parse_name (file);
  g_autofree char *name = name_base (parse_name);
  g_autofree char *names = g_steal_pointer (&self->name);

  self->name = g_strdup_printf ("%s, %s", names, name);
}

/* What is read otherwise than by what it is. */
static void
append_manner (BootlaceRecentFile *self, const BootlaceSource *source)
{
  g_autofree char *place = g_steal_pointer (&self->place);
  g_autofree char *address = source->address == FIRMWARE_CONVERSION_UNSET
                               ? g_strdup (_ ("from the beginning"))
                               : wording_format_address ((guint64) source->address);

  self->place = wording_format_join ((const char *[]){ place, _ ("Raw bytes"), address }, 3);
}

static gboolean
add_file (BootlaceRecentFile *self, GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  g_autofree char *path = NULL;

  if (info == NULL)
    return FALSE;

  path = bootlace_source_find_path (file, info);
  if (self->name != NULL)
    append_name (self, file);
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    describe_folder (self, path);
  else
    describe_file (self, path);

  return TRUE;
}

/**
 * bootlace_recent_file_get_uris:
 * @self: a recent file
 *
 * Returns: (array zero-terminated=1): what to open
 */
const char *const *
bootlace_recent_file_get_uris (BootlaceRecentFile *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RECENT_FILE (self), NULL);

  return (const char *const *) self->uris;
}

/**
 * bootlace_recent_file_get_name:
 * @self: a recent file
 *
 * Returns: the name of the file, or that of the project
 */
const char *
bootlace_recent_file_get_name (BootlaceRecentFile *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RECENT_FILE (self), NULL);

  return self->name;
}

/**
 * bootlace_recent_file_get_place:
 * @self: a recent file
 *
 * Returns: the folder
 */
const char *
bootlace_recent_file_get_place (BootlaceRecentFile *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RECENT_FILE (self), NULL);

  return self->place;
}

static void
bootlace_recent_file_finalize (GObject *object)
{
  BootlaceRecentFile *self = BOOTLACE_RECENT_FILE (object);

  g_strfreev (self->uris);
  g_free (self->name);
  g_free (self->place);

  G_OBJECT_CLASS (bootlace_recent_file_parent_class)->finalize (object);
}

static void
bootlace_recent_file_class_init (BootlaceRecentFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bootlace_recent_file_finalize;
}

static void
bootlace_recent_file_init (BootlaceRecentFile *self)
{
}

/**
 * bootlace_recent_file_new:
 * @uris: (array zero-terminated=1): what was opened together
 * @cancellable: (nullable): a cancellable
 *
 * Looks whether everything is still there. This blocks.
 *
 * Returns: (transfer full) (nullable): an entry, or %NULL when something is missing
 */
BootlaceRecentFile *
bootlace_recent_file_new (const char *const *uris, GCancellable *cancellable)
{
  g_autoptr (BootlaceRecentFile) self = NULL;
  g_autoptr (BootlaceSource) source = NULL;

  g_return_val_if_fail (uris != NULL && *uris != NULL, NULL);

  self = g_object_new (BOOTLACE_TYPE_RECENT_FILE, NULL);
  self->uris = g_strdupv ((char **) uris);
  source = bootlace_source_new_for_uris (uris);
  for (guint i = 0; i < source->files->len; i++)
    if (!add_file (self, source->files->pdata[i], cancellable))
      return NULL;

  if (source->raw)
    append_manner (self, source);

  return g_steal_pointer (&self);
}
