/* cli-file.c: the one file that a command works on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-file.h"

#include <glib/gi18n.h>

#include "cli-print.h"

/**
 * cli_file_load:
 * @argc: how many arguments a command has left, with its own name
 * @argv: these
 * @status: (out): the exit status when nothing was loaded
 *
 * Loads the firmware file that is a command's only argument; says on standard error what is wrong
 * with the file or the call.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
FirmwareImage *
cli_file_load (int argc, char **argv, CliExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (WordingMessage) message = NULL;
  FirmwareImage *image;

  if (argc != 2) {
    g_printerr ("%s\n", argc < 2 ? _ ("Name the firmware file.") : _ ("Name one firmware file."));
    *status = CLI_EXIT_USAGE;
    return NULL;
  }

  file = g_file_new_for_commandline_arg (argv[1]);
  image = firmware_image_load (file, NULL, &error);
  if (image != NULL)
    return image;

  message = wording_message_new (error);
  cli_print_failure (argv[1], message);
  *status = CLI_EXIT_FILE;
  return NULL;
}
