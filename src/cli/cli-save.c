/* cli-save.c: the file that a command writes, or standard output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-save.h"

#include <glib/gi18n.h>

#include "cli-print.h"
#include "cli-stream.h"
#include "firmware-save.h"

static CliExit
tell_failure (const char *path, const GError *error)
{
  g_autoptr (WordingMessage) message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
    /* Translators: %s is the name of a file */
    g_printerr (_ ("%s is one of the files to read; give the new file another name."), path);
    g_printerr ("\n");
    return CLI_EXIT_USAGE;
  }

  message = wording_message_new_for_saving (error);
  cli_print_failure (path, message);
  return CLI_EXIT_FAILURE;
}

static CliExit
pass_on (GBytes *contents)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;

  if (cli_stream_write (contents, &error))
    return CLI_EXIT_SUCCESS;

  message = wording_message_new_for_saving (error);
  cli_print_failure (_ ("Failed"), message);
  return CLI_EXIT_FAILURE;
}

/**
 * cli_save_prepare:
 * @path: where to write, as it stands on the command line, or "-" for standard output
 *
 * Keeps standard output free of anything else where it is meant; to be called before anything is
 * told.
 *
 * Returns: whether it can be written to; else it was said on standard error
 */
gboolean
cli_save_prepare (const char *path)
{
  return !cli_stream_is_meant (path) || cli_stream_reserve_output ();
}

/**
 * cli_save:
 * @path: where to write, as cli_save_prepare() got it
 * @contents: what
 * @inputs: (element-type GFile): files that must stay as they are
 *
 * Does firmware_save(), or writes to standard output, and says on standard error what is wrong.
 *
 * Returns: the exit status
 */
CliExit
cli_save (const char *path, GBytes *contents, GPtrArray *inputs)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (cli_stream_is_meant (path))
    return pass_on (contents);

  file = g_file_new_for_commandline_arg (path);
  if (!firmware_save (file, contents, inputs, NULL, &error))
    return tell_failure (path, error);

  return CLI_EXIT_SUCCESS;
}
