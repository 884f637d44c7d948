/* cli-suffix.c: bootlace-cli suffix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-file.h"
#include "cli-ids.h"
#include "cli-print.h"
#include "cli-save.h"
#include "cli-stream.h"
#include "firmware-dfuse.h"
#include "firmware-image.h"

/* As they stand on the command line; all may be missing. */
typedef struct {
  char *output;
  char *device;
  char *release;
  char *specification;
  gboolean force;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->release, g_free);
  g_clear_pointer (&self->specification, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static CliExit
tell (const char *path, const char *sentence, CliExit status)
{
  g_printerr ("%s: %s\n", path, sentence);
  return status;
}

static CliExit
tell_missing (const char *path)
{
  return tell (path, _ ("There is no DFU suffix at the end of this file."), CLI_EXIT_FILE);
}

/* Without -o the file itself is replaced, in one go; what comes from standard input goes on. */
static const char *
get_output (const char *path, const Options *options)
{
  return options->output != NULL ? options->output : path;
}

static gboolean
is_plausible (const FirmwareDfuSuffix *suffix, GBytes *contents)
{
  return suffix->length >= FIRMWARE_DFU_SUFFIX_LENGTH &&
         suffix->length <= g_bytes_get_size (contents);
}

static CliExit
check_suffix (const char *path, GBytes *contents)
{
  g_autofree char *device = NULL;
  g_autofree char *release = NULL;
  g_autofree char *specification = NULL;
  FirmwareDfuSuffix suffix;
  guint32 crc = 0;

  if (!firmware_dfu_suffix_read (&suffix, contents))
    return tell_missing (path);

  device = cli_ids_format_device (&suffix);
  release = cli_ids_format_release (&suffix);
  specification = cli_ids_format_specification (&suffix);
  crc = firmware_dfu_suffix_crc_of_file (contents);

  g_print ("%s\n", path);
  cli_print_field (_ ("Device"), "%s", device);
  cli_print_field (_ ("Release"), "%s", release);
  cli_print_field (_ ("DFU version"), "%s", specification);
  cli_print_field (_ ("Length"),
                   is_plausible (&suffix, contents)
                     ? ngettext ("%u byte", "%u bytes", suffix.length)
                     : _ ("%u bytes, which cannot be"),
                   suffix.length);
  if (crc == suffix.crc)
    cli_print_field (_ ("CRC"), _ ("0x%08x, right"), crc);
  else
    cli_print_field (_ ("CRC"), _ ("0x%08x, but 0x%08x is expected: the file is damaged"),
                     suffix.crc, crc);

  return crc == suffix.crc && is_plausible (&suffix, contents) ? CLI_EXIT_SUCCESS : CLI_EXIT_FILE;
}

static CliExit
save (const char *path, const Options *options, GBytes *contents)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (g_object_unref);

  if (options->output != NULL && !cli_stream_is_meant (path))
    g_ptr_array_add (inputs, g_file_new_for_commandline_arg (path));

  return cli_save (get_output (path, options), contents, inputs);
}

/* What an older suffix leaves when it is taken away. */
static GBytes *
strip (GBytes *contents)
{
  FirmwareDfuSuffix suffix;

  if (!firmware_dfu_suffix_read (&suffix, contents) || !is_plausible (&suffix, contents))
    return g_bytes_ref (contents);

  return g_bytes_new_from_bytes (contents, 0, g_bytes_get_size (contents) - suffix.length);
}

static gboolean
read_ids (FirmwareDfuSuffix *ids, GBytes *contents, const Options *options)
{
  *ids = (FirmwareDfuSuffix){
    .vendor = FIRMWARE_DFU_SUFFIX_ANY_ID,
    .product = FIRMWARE_DFU_SUFFIX_ANY_ID,
    .device = FIRMWARE_DFU_SUFFIX_ANY_ID,
    .specification =
      firmware_dfuse_is_present (contents) ? FIRMWARE_DFU_SUFFIX_DFUSE : FIRMWARE_DFU_SUFFIX_DFU,
  };

  return (options->device == NULL || cli_ids_parse_device (options->device, ids)) &&
         cli_ids_parse_release (options->release, ids) &&
         cli_ids_parse_specification (options->specification, ids);
}

/* Only a file that would be taken to flash it is written. */
static CliExit
add_suffix (const char *path, GBytes *contents, const Options *options)
{
  g_autoptr (GBytes) payload = strip (contents);
  g_autoptr (GBytes) result = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *device = NULL;
  FirmwareDfuSuffix ids;
  CliExit status;

  if (!read_ids (&ids, contents, options))
    return CLI_EXIT_USAGE;

  if (firmware_dfu_suffix_is_present (contents) && !options->force)
    return tell (path,
                 _ ("This file has a DFU suffix already; “--force” puts another in its place."),
                 CLI_EXIT_USAGE);

  result = firmware_dfu_suffix_append_ids (payload, &ids);
  image = firmware_image_new_from_bytes (result, &error);
  if (image == NULL)
    return cli_print_error (path, error);

  status = save (path, options, result);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  device = cli_ids_format_device (&ids);
  /* Translators: %s are the name of a file and the ids of a device */
  g_print (_ ("%s: DFU suffix for %s added"), get_output (path, options), device);
  g_print ("\n");
  return CLI_EXIT_SUCCESS;
}

static CliExit
remove_suffix (const char *path, GBytes *contents, const Options *options)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;
  FirmwareDfuSuffix suffix;
  CliExit status;

  if (!firmware_dfu_suffix_is_present (contents))
    return tell_missing (path);

  if (!firmware_dfu_suffix_parse (&suffix, contents, &error) &&
      !(options->force && is_plausible (&suffix, contents)))
    return cli_print_error (path, error);

  payload = strip (contents);
  if (g_bytes_get_size (payload) == 0)
    return tell (path, _ ("This file has nothing but a DFU suffix."), CLI_EXIT_FILE);

  status = save (path, options, payload);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  /* Translators: %s is the name of a file */
  g_print (_ ("%s: DFU suffix removed"), get_output (path, options));
  g_print ("\n");
  return CLI_EXIT_SUCCESS;
}

static gboolean
check_usage (int argc, char **argv, const Options *options)
{
  const char *const actions[] = { "add", "check", "remove", NULL };
  gboolean has_ids =
    options->device != NULL || options->release != NULL || options->specification != NULL;

  if (argc != 3 || !g_strv_contains (actions, argv[1])) {
    g_printerr ("%s\n", _ ("Say “suffix add”, “suffix check” or “suffix remove”, and name one "
                           "file."));
    return FALSE;
  }

  if ((has_ids && !g_str_equal (argv[1], "add")) ||
      ((options->output != NULL || options->force) && g_str_equal (argv[1], "check"))) {
    g_printerr (_ ("“suffix %s” does not take these options."), argv[1]);
    g_printerr ("\n");
    return FALSE;
  }

  return TRUE;
}

static CliExit
run (int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("The file to write, instead of the same one; - for standard output"), "firmware.dfu" },
    { "device", 'd', 0, G_OPTION_ARG_STRING, &options.device, N_ ("The device that it is for"),
      "0483:df11" },
    { "release", 0, 0, G_OPTION_ARG_STRING, &options.release,
      N_ ("The device’s release that it is for"), "0102" },
    { "spec", 0, 0, G_OPTION_ARG_STRING, &options.specification,
      N_ ("The version of the DFU specification"), "1.0" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force,
      N_ ("Replace an older suffix, or remove one whose checksum is wrong"), NULL },
    { 0 },
  };
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  if (!cli_parse_options (&cli_command_suffix, entries, &argc, &argv) ||
      !check_usage (argc, argv, &options))
    return CLI_EXIT_USAGE;

  if (!g_str_equal (argv[1], "check") && !cli_save_prepare (get_output (argv[2], &options)))
    return CLI_EXIT_USAGE;

  contents = cli_file_read (argv[2], &error);
  if (contents == NULL)
    return cli_print_error (argv[2], error);

  if (g_str_equal (argv[1], "check"))
    return check_suffix (argv[2], contents);
  if (g_str_equal (argv[1], "add"))
    return add_suffix (argv[2], contents, &options);

  return remove_suffix (argv[2], contents, &options);
}

const CliCommand cli_command_suffix = {
  .name = "suffix",
  .arguments = "add|check|remove FILE",
  .summary = N_ ("add, check or remove the DFU suffix of a file"),
  .run = run,
};
