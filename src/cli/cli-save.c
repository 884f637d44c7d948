/* cli-save.c: the file that a command writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-save.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "cli-print.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_ID_FILE

static GFileInfo *
query (GFile *file)
{
  return g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);
}

/* Replacing a link would leave the old file where it leads to. */
static GFile *
resolve_links (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  const char *local = g_file_peek_path (file);
  g_autofree char *resolved = local != NULL ? realpath (local, NULL) : NULL;

  return resolved != NULL ? g_file_new_for_path (resolved) : g_steal_pointer (&file);
}

/* By what it is and not by its name: a file has as many names as it has links. */
static gboolean
is_one_of (GFileInfo *info, GPtrArray *files)
{
  const char *id = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE);

  for (guint i = 0; i < files->len; i++) {
    g_autoptr (GFileInfo) other = query (g_ptr_array_index (files, i));

    if (id != NULL && other != NULL &&
        g_strcmp0 (id, g_file_info_get_attribute_string (other, G_FILE_ATTRIBUTE_ID_FILE)) == 0)
      return TRUE;
  }

  return FALSE;
}

static CliExit
tell_failure (const char *path, const GError *error)
{
  g_autoptr (WordingMessage) message = wording_message_new_for_saving (error);

  cli_print_failure (path, message);
  return CLI_EXIT_FAILURE;
}

static gboolean
check_regular (GFileInfo *info, GError **error)
{
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                       "Only a regular file can be replaced");
  return FALSE;
}

/**
 * cli_save:
 * @path: where to write, as it stands on the command line
 * @contents: what
 * @inputs: (element-type GFile): files that must stay as they are
 *
 * Writes a file in one go: until all of it is on the disk, an older one is there as it was. Says on
 * standard error what is wrong.
 *
 * Returns: the exit status
 */
CliExit
cli_save (const char *path, GBytes *contents, GPtrArray *inputs)
{
  g_autoptr (GFile) file = resolve_links (path);
  g_autoptr (GFileInfo) info = query (file);
  g_autoptr (GError) error = NULL;

  if (info != NULL && is_one_of (info, inputs)) {
    /* Translators: %s is the name of a file */
    g_printerr (_ ("%s is one of the files to read; give the new file another name."), path);
    g_printerr ("\n");
    return CLI_EXIT_USAGE;
  }

  if (info != NULL && !check_regular (info, &error))
    return tell_failure (path, error);

  if (!g_file_replace_contents (file, g_bytes_get_data (contents, NULL),
                                g_bytes_get_size (contents), NULL, FALSE,
                                G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, &error))
    return tell_failure (path, error);

  return CLI_EXIT_SUCCESS;
}
