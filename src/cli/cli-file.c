/* cli-file.c: the file that a command works on, or the files of one firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-file.h"

#include <glib/gi18n.h>

#include "cli-print.h"
#include "cli-stream.h"
#include "firmware-file.h"
#include "firmware-look.h"
#include "firmware-raw.h"

/**
 * cli_file_list:
 * @n_paths: how many
 * @paths: files, as they stand on the command line
 *
 * Returns: (transfer full) (element-type GFile): these
 */
GPtrArray *
cli_file_list (int n_paths, char **paths)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n_paths; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (paths[i]));

  return files;
}

/**
 * cli_file_read:
 * @path: a file, as it stands on the command line, or "-" for standard input
 * @error: return location for an error
 *
 * Returns: (transfer full): what is in it, or %NULL with @error set
 */
GBytes *
cli_file_read (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (cli_stream_is_meant (path))
    return cli_stream_read (FIRMWARE_IMAGE_MAX_SIZE, error);

  file = g_file_new_for_commandline_arg (path);
  return firmware_file_read (file, FIRMWARE_IMAGE_MAX_SIZE, NULL, error);
}

static FirmwareImage *
load (int n_paths, char **paths, gboolean only_looks, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) contents = NULL;

  if (n_paths == 1 && cli_stream_is_meant (paths[0])) {
    contents = cli_file_read (paths[0], error);
    if (contents == NULL)
      return NULL;

    return only_looks ? firmware_look_at_bytes (contents, error)
                      : firmware_image_new_from_bytes (contents, error);
  }

  files = cli_file_list (n_paths, paths);
  return only_looks ? firmware_look_at_files (files, NULL, error)
                    : firmware_image_load_files (files, NULL, error);
}

static FirmwareImage *
load_stream_or_raw (GError **error)
{
  g_autoptr (GBytes) contents = cli_stream_read (FIRMWARE_IMAGE_MAX_SIZE, error);

  if (contents == NULL)
    return NULL;

  return firmware_raw_is_possible (contents) ? firmware_raw_read (contents, error)
                                             : firmware_image_new_from_bytes (contents, error);
}

/**
 * cli_file_load_or_raw:
 * @path: a file, as it stands on the command line, or "-" for standard input
 * @error: return location for an error
 *
 * Loads a firmware file; one of which nothing knows what it is is taken for raw bytes.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
FirmwareImage *
cli_file_load_or_raw (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) contents = NULL;

  if (cli_stream_is_meant (path))
    return load_stream_or_raw (error);

  /* A folder has no contents, but may be a build. */
  file = g_file_new_for_commandline_arg (path);
  contents = firmware_file_read (file, FIRMWARE_IMAGE_MAX_SIZE, NULL, NULL);
  return contents != NULL && firmware_raw_is_possible (contents)
           ? firmware_raw_read (contents, error)
           : firmware_image_load (file, NULL, error);
}

/**
 * cli_file_load_raw:
 * @path: a file, as it stands on the command line, or "-" for standard input
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its bytes, whatever they look like
 */
FirmwareImage *
cli_file_load_raw (const char *path, GError **error)
{
  g_autoptr (GBytes) contents = cli_file_read (path, error);

  return contents != NULL ? firmware_raw_read (contents, error) : NULL;
}

/**
 * cli_file_dup_names:
 * @n_paths: how many
 * @paths: files, as they stand on the command line
 *
 * Returns: (transfer full): what they are called together where something is told of them
 */
char *
cli_file_dup_names (int n_paths, char **paths)
{
  GString *names = g_string_new (NULL);

  for (int i = 0; i < n_paths; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", paths[i]);

  return g_string_free (names, FALSE);
}

static FirmwareImage *
load_arguments (int argc, char **argv, gboolean only_looks, CliExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;
  g_autofree char *names = NULL;
  FirmwareImage *image;

  if (argc < 2) {
    g_printerr ("%s\n", _ ("Name the firmware file."));
    *status = CLI_EXIT_USAGE;
    return NULL;
  }

  image = load (argc - 1, argv + 1, only_looks, &error);
  if (image != NULL)
    return image;

  message = wording_message_new (error);
  names = cli_file_dup_names (argc - 1, argv + 1);
  cli_print_failure (names, message);
  *status = CLI_EXIT_FILE;
  return NULL;
}

/**
 * cli_file_load:
 * @argc: how many arguments a command has left, with its own name
 * @argv: these
 * @status: (out): the exit status when nothing was loaded
 *
 * Loads the firmware file that is a command's only argument, or the files that are one firmware
 * together, or standard input; says on standard error what is wrong with the files or the call.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
FirmwareImage *
cli_file_load (int argc, char **argv, CliExit *status)
{
  return load_arguments (argc, argv, FALSE, status);
}

/**
 * cli_file_look:
 * @argc: how many arguments a command has left, with its own name
 * @argv: these
 * @status: (out): the exit status when nothing was loaded
 *
 * Does cli_file_load() for a command that only tells of files; see firmware_look_at_files().
 *
 * Returns: (transfer full) (nullable): what the files are
 */
FirmwareImage *
cli_file_look (int argc, char **argv, CliExit *status)
{
  return load_arguments (argc, argv, TRUE, status);
}
