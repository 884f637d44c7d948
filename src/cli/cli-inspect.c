/* cli-inspect.c: bootlace-cli inspect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-inspect.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-file.h"

/**
 * cli_inspect_dup_sha256:
 * @image: a firmware
 *
 * What has no parts is told by the SHA-256 of all that it is.
 *
 * Returns: (transfer full) (nullable): its digits, or %NULL for what has parts
 */
char *
cli_inspect_dup_sha256 (FirmwareImage *image)
{
  GBytes *payload = firmware_image_get_payload (image);

  if (payload == NULL || firmware_image_has_addresses (image))
    return NULL;

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, payload);
}

static CliExit
run (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  g_autoptr (FirmwareImage) image = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_inspect, entries, &argc, &argv))
    return CLI_EXIT_USAGE;

  image = cli_file_look (argc, argv, &status);
  if (image == NULL)
    return status;

  if (json)
    cli_inspect_print_json (image);
  else
    cli_inspect_print_text (argv[1], image);

  return firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR) ? CLI_EXIT_FILE
                                                                     : CLI_EXIT_SUCCESS;
}

const CliCommand cli_command_inspect = {
  .name = "inspect",
  .arguments = "[--json] FILE…",
  .summary = N_ ("show and check what a firmware file contains"),
  .prints = TRUE,
  .run = run,
};
