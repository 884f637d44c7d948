/* cli-inspect.c: bootlace-cli inspect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-file.h"
#include "cli-json.h"
#include "cli-print.h"
#include "dfu-enums.h"
#include "firmware-format.h"
#include "wording-format.h"

static void
print_field (const char *label, const char *value)
{
  if (value != NULL)
    cli_print_field (label, "%s", value);
}

static void
print_segments (GListModel *segments)
{
  g_print ("\n  %-10s  %12s  %s\n", _ ("Address"), _ ("Size"), _ ("Part"));

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    g_autofree char *address = wording_format_address (firmware_segment_get_address (segment));

    g_print ("  %s  %12" G_GUINT64_FORMAT "  %s\n", address, firmware_segment_get_size (segment),
             firmware_segment_get_name (segment));
  }
}

static void
print_as_text (const char *path, FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);
  const char *title = firmware_image_get_title (image);
  GListModel *segments = firmware_image_get_segments (image);
  g_autofree char *target = g_strdup_printf ("[%04x:%04x]", suffix->vendor, suffix->product);
  g_autofree char *build_date = wording_format_build_date (firmware_image_get_build_date (image));
  g_autofree char *size = g_format_size (firmware_image_get_total_size (image));
  g_autofree char *flash_size = NULL;

  if (firmware_image_get_flash_size (image) > 0)
    flash_size = wording_format_flash_size (firmware_image_get_flash_size (image));

  g_print ("%s\n", title != NULL ? title : path);
  print_field (_ ("Format"), firmware_image_get_origin (image)->name);
  print_field (_ ("Chip"), firmware_image_get_chip (image));
  print_field (_ ("Device"), target);
  print_field (_ ("ESP-IDF"), firmware_image_get_idf_version (image));
  print_field (_ ("Built"), build_date);
  print_field (_ ("Size"), size);
  print_field (_ ("Flash chip"), flash_size);
  print_field (_ ("Checks"), _ ("all passed"));

  if (g_list_model_get_n_items (segments) > 0)
    print_segments (segments);
}

static void
add_segments (JsonBuilder *builder, GListModel *segments)
{
  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    const char *role = dfu_enum_nick (FIRMWARE_TYPE_ROLE, firmware_segment_get_role (segment));

    json_builder_begin_object (builder);
    cli_json_add_string (builder, "name", firmware_segment_get_name (segment));
    cli_json_add_int (builder, "address", firmware_segment_get_address (segment));
    cli_json_add_int (builder, "size", firmware_segment_get_size (segment));
    cli_json_add_string (builder, "role", role);
    json_builder_end_object (builder);
  }

  json_builder_end_array (builder);
}

static void
print_as_json (FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "format", firmware_image_get_origin (image)->nick);
  cli_json_add_string (builder, "title", firmware_image_get_title (image));
  cli_json_add_string (builder, "chip", firmware_image_get_chip (image));
  cli_json_add_int (builder, "vendor", suffix->vendor);
  cli_json_add_int (builder, "product", suffix->product);
  cli_json_add_string (builder, "idf_version", firmware_image_get_idf_version (image));
  cli_json_add_string (builder, "build_date", firmware_image_get_build_date (image));
  cli_json_add_int (builder, "size", firmware_image_get_total_size (image));
  cli_json_add_int (builder, "flash_size", firmware_image_get_flash_size (image));
  add_segments (builder, firmware_image_get_segments (image));
  json_builder_end_object (builder);

  cli_json_print (builder);
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

  image = cli_file_load (argc, argv, &status);
  if (image == NULL)
    return status;

  if (json)
    print_as_json (image);
  else
    print_as_text (argv[1], image);

  return CLI_EXIT_SUCCESS;
}

const CliCommand cli_command_inspect = {
  .name = "inspect",
  .arguments = "[--json] FILE",
  .summary = N_ ("show and check what a firmware file contains"),
  .run = run,
};
