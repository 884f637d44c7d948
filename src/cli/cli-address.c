/* cli-address.c: a plain file or raw bytes, and the address at which they go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-address.h"

#include <glib/gi18n.h>

#include "cli-file.h"
#include "cli-number.h"
#include "cli-print.h"
#include "cli-stream.h"
#include "firmware-place.h"

static FirmwareImage *
refuse (const char *path, const GError *error, CliExit *status)
{
  *status = cli_print_error (path, error);
  return NULL;
}

/* What the bytes are called; those of standard input have no name. */
static char *
dup_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return cli_stream_is_meant (path) ? NULL : g_filename_display_name (name);
}

/**
 * cli_address_load:
 * @argc: how many arguments a command has left, with its own name
 * @argv: these
 * @address: (nullable): what was given with --address
 * @status: (out): the exit status when nothing was loaded
 *
 * Loads what cli_file_load() does, or with an address a plain file whose first byte goes there;
 * says on standard error what is wrong with the file or the call.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
FirmwareImage *
cli_address_load (int argc, char **argv, const char *address, CliExit *status)
{
  g_autoptr (FirmwareImage) plain = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  guint32 number = 0;

  if (address == NULL || argc < 2)
    return cli_file_load (argc, argv, status);

  *status = CLI_EXIT_USAGE;
  if (!cli_number_parse (address, "--address", G_MAXUINT32, &number))
    return NULL;

  if (argc > 2) {
    g_printerr ("%s\n", _ ("“--address” takes one plain file."));
    return NULL;
  }

  plain = cli_file_load_or_raw (argv[1], &error);
  if (plain == NULL)
    return refuse (argv[1], error, status);

  if (firmware_image_has_addresses (plain)) {
    g_printerr ("%s\n", _ ("“--address” is for plain files; this one says itself where its bytes "
                           "go."));
    return NULL;
  }

  name = dup_name (argv[1]);
  image = firmware_place (plain, name, number, &error);
  return image != NULL ? g_steal_pointer (&image) : refuse (argv[1], error, status);
}

/**
 * cli_address_load_raw:
 * @argc: how many arguments a command has left, with its own name
 * @argv: these
 * @address: (nullable): what was given with --address
 * @status: (out): the exit status when nothing was loaded
 *
 * Loads one file as bytes for whichever device is meant, whatever it looks like: without an address
 * for one that speaks plain DFU, with one for one that speaks DfuSe. Says on standard error what is
 * wrong with the file or the call.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
FirmwareImage *
cli_address_load_raw (int argc, char **argv, const char *address, CliExit *status)
{
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  gint64 place = FIRMWARE_CONVERSION_UNSET;
  guint32 number = 0;

  *status = CLI_EXIT_USAGE;
  if (address != NULL && !cli_number_parse (address, "--address", G_MAXUINT32, &number))
    return NULL;
  if (address != NULL)
    place = number;

  if (argc != 2) {
    g_printerr ("%s\n", _ ("“--raw” takes one file."));
    return NULL;
  }

  name = dup_name (argv[1]);
  contents = cli_file_read (argv[1], &error);
  if (contents != NULL)
    image = firmware_place_raw (contents, name, place, &error);

  return image != NULL ? g_steal_pointer (&image) : refuse (argv[1], error, status);
}
