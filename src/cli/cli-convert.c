/* cli-convert.c: bootlace-cli convert
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-consent.h"
#include "cli-convert-options.h"
#include "cli-file.h"
#include "cli-findings.h"
#include "cli-print.h"
#include "cli-save.h"
#include "firmware-error.h"
#include "firmware-esp-build.h"
#include "firmware-format.h"
#include "wording-format.h"

static FirmwareImage *
load (const char *path, gboolean raw, CliExit *status)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image =
    raw ? cli_file_load_raw (path, &error) : cli_file_load_or_raw (path, &error);

  if (image == NULL) {
    *status = cli_print_error (path, error);
    if (firmware_error_is_foreign (error))
      g_printerr ("%s\n", _ ("If it is raw bytes all the same, add “--raw”."));
  }

  return image;
}

/* Of a build, these are many. */
static GPtrArray *
list_inputs (GFile *file, FirmwareImage *image)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FirmwareEspBuild) build = NULL;

  if (firmware_image_get_origin (image) == &firmware_format_esp_build)
    build = firmware_esp_build_open (file, NULL, NULL);
  if (build != NULL)
    return g_ptr_array_ref (firmware_esp_build_get_inputs (build));

  g_ptr_array_add (inputs, g_object_ref (file));
  return g_steal_pointer (&inputs);
}

static const char *
get_output_name (FirmwareOutput output)
{
  switch (output) {
  case FIRMWARE_OUTPUT_DFU:
    return _ ("DFU file");
  case FIRMWARE_OUTPUT_DFUSE:
    return _ ("DfuSe file");
  case FIRMWARE_OUTPUT_BIN:
    return _ ("raw bytes");
  case FIRMWARE_OUTPUT_HEX:
    break;
  }

  return _ ("Intel HEX file");
}

/* The address is said where the new file has lost it. */
static char *
describe_address (FirmwareImage *image, const FirmwareConversion *conversion)
{
  GListModel *segments = firmware_image_get_segments (image);
  g_autofree char *address = NULL;

  if (conversion->output != FIRMWARE_OUTPUT_BIN &&
      (conversion->output != FIRMWARE_OUTPUT_DFU || firmware_image_get_payload (image) != NULL))
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (conversion->alternate != FIRMWARE_CONVERSION_UNSET &&
        firmware_segment_get_alternate (segment) != conversion->alternate)
      continue;

    address = wording_format_address (firmware_segment_get_address (segment));
    /* Translators: %s is an address; it follows “raw bytes” or “DFU file” */
    return g_strdup_printf (_ ("from %s on"), address);
  }

  return NULL;
}

static void
tell_success (const char *path,
              FirmwareImage *image,
              const FirmwareConversion *conversion,
              GBytes *result)
{
  g_autofree char *address = describe_address (image, conversion);
  g_autofree char *size = wording_format_size (g_bytes_get_size (result));
  const char *const texts[] = { get_output_name (conversion->output),
                                firmware_image_get_title (image), address, size };
  g_autofree char *text = wording_format_join (texts, G_N_ELEMENTS (texts));

  g_print ("%s: %s\n", path, text);
}

/* Only a file that would be taken to flash it is written. */
static CliExit
check_result (const char *path, const FirmwareConversion *conversion, GBytes *result)
{
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  if (conversion->output != FIRMWARE_OUTPUT_DFU && conversion->output != FIRMWARE_OUTPUT_DFUSE)
    return CLI_EXIT_SUCCESS;

  image = firmware_image_new_from_bytes (result, &error);
  if (image == NULL)
    return cli_print_error (path, error);

  return cli_consent_check (path, image);
}

static CliExit
convert (const char *path,
         GFile *file,
         FirmwareImage *image,
         const char *output,
         const FirmwareConversion *conversion)
{
  g_autoptr (GPtrArray) inputs = list_inputs (file, image);
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;
  CliExit status;

  result = firmware_convert (image, conversion, &error);
  if (result == NULL)
    return cli_print_error (path, error);

  status = check_result (path, conversion, result);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  status = cli_save (output, result, inputs);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  tell_success (output, image, conversion, result);
  cli_findings_print (output, firmware_image_get_findings (image), FIRMWARE_SEVERITY_WARNING);
  return CLI_EXIT_SUCCESS;
}

static CliExit
run (int argc, char **argv)
{
  g_auto (CliConvertOptions) options = { NULL };
  g_autoptr (GFile) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  FirmwareConversion conversion;
  FirmwareDfuSuffix ids;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_convert_options_parse (&options, &argc, &argv))
    return CLI_EXIT_USAGE;

  image = load (argv[1], options.raw, &status);
  if (image == NULL)
    return status;

  if (!cli_convert_options_read (&options, image, &conversion, &ids))
    return CLI_EXIT_USAGE;

  file = g_file_new_for_commandline_arg (argv[1]);
  return convert (argv[1], file, image, options.output, &conversion);
}

const CliCommand cli_command_convert = {
  .name = "convert",
  .arguments = "-o OUTPUT FILE",
  .summary = N_ ("turn a firmware file into one of another format"),
  .run = run,
};
