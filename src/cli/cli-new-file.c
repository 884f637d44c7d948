/* cli-new-file.c: files that must not be there yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-new-file.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "cli-stream.h"

/**
 * cli_new_file_check:
 * @path: where to write, as it stands on the command line; standard output is there and no file
 * @replace: whether the person has said that an older file may go
 *
 * Returns: whether it may be written; else it was said on standard error
 */
gboolean
cli_new_file_check (const char *path, gboolean replace)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  if (replace || cli_stream_is_meant (path) || !g_file_query_exists (file, NULL))
    return TRUE;

  /* Translators: %s is the name of a file */
  g_printerr (_ ("%s exists already; “--force” replaces it."), path);
  g_printerr ("\n");
  return FALSE;
}
