/* bootlace-source-name.c: what people call that which firmware is read from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-source-name.h"

static char *
name_base (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name != NULL ? name : "");
}

/* What only says that it was built is called by its project, too. */
static char *
name_file (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *name = name_base (file);
  g_autofree char *project = NULL;

  if (parent == NULL || !g_str_equal (name, BOOTLACE_SOURCE_BUILD_FOLDER))
    return g_steal_pointer (&name);

  project = name_base (parent);

  return g_build_filename (project, name, NULL);
}

/**
 * bootlace_source_dup_name:
 * @self: a source
 *
 * Returns: (transfer full): what its files are called, without their folders
 */
char *
bootlace_source_dup_name (const BootlaceSource *self)
{
  GString *names = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->files->len; i++) {
    g_autofree char *name = name_file (self->files->pdata[i]);

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }

  return g_string_free (names, FALSE);
}

/**
 * bootlace_source_find_path:
 * @file: a file
 * @info: (nullable): its %BOOTLACE_SOURCE_PATH_ATTRIBUTE
 *
 * In a sandbox this is where the file really is: the path there means nothing to a person.
 *
 * Returns: (transfer full): the whole path, or the URI of what has none
 */
char *
bootlace_source_find_path (GFile *file, GFileInfo *info)
{
  const char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (info != NULL)
    path = g_file_info_get_attribute_as_string (info, BOOTLACE_SOURCE_PATH_ATTRIBUTE);

  return path != NULL && *path == '/' ? g_filename_display_name (path)
                                      : g_file_get_parse_name (file);
}

/**
 * bootlace_source_find_paths:
 * @self: a source
 * @cancellable: (nullable): a cancellable
 *
 * Looks where its files are. This blocks.
 *
 * Returns: (transfer full): the whole path of each, one a line
 */
char *
bootlace_source_find_paths (const BootlaceSource *self, GCancellable *cancellable)
{
  GString *paths = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->files->len; i++) {
    GFile *file = self->files->pdata[i];
    g_autoptr (GFileInfo) info = g_file_query_info (file, BOOTLACE_SOURCE_PATH_ATTRIBUTE,
                                                    G_FILE_QUERY_INFO_NONE, cancellable, NULL);
    g_autofree char *path = bootlace_source_find_path (file, info);

    g_string_append_printf (paths, "%s%s", i > 0 ? "\n" : "", path);
  }

  return g_string_free (paths, FALSE);
}
