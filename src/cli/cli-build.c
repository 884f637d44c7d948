/* cli-build.c: bootlace-cli build
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-consent.h"
#include "cli-file.h"
#include "cli-findings.h"
#include "cli-print.h"
#include "cli-save.h"
#include "firmware-esp-build.h"
#include "firmware-esp-parameters.h"
#include "firmware-image.h"
#include "firmware-text.h"
#include "wording-format.h"

/* As they stand on the command line; all but the output may be missing. */
typedef struct {
  char *output;
  char *chip;
  char *flash_size;
  char *part_size;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->chip, g_free);
  g_clear_pointer (&self->flash_size, g_free);
  g_clear_pointer (&self->part_size, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
find_chip (const char *name, const FirmwareEspChip **chip)
{
  *chip = NULL;
  if (name == NULL)
    return TRUE;

  *chip = firmware_esp_chip_find_by_name (name);
  if (*chip == NULL || !firmware_esp_chip_check_loader (*chip, NULL)) {
    g_printerr (_ ("“%s” is no chip with a DFU loader. These are: %s."), name,
                "esp32s2, esp32s3, esp32p4, esp32s31");
    g_printerr ("\n");
    return FALSE;
  }

  return TRUE;
}

static gboolean
apply_flash_size (FirmwareEspBuild *build, const char *text)
{
  guint32 flash_size;

  if (text == NULL)
    return TRUE;

  flash_size = firmware_esp_parameters_size_from_text (text);
  if (flash_size == 0) {
    g_printerr (_ ("“%s” is no flash size. There are: %s."), text,
                "1MB, 2MB, 4MB, 8MB, 16MB, 32MB, 64MB, 128MB");
    g_printerr ("\n");
    return FALSE;
  }

  firmware_esp_build_set_flash_size (build, flash_size);
  return TRUE;
}

/* Two pieces of a file must not share a sector, which is erased for each of them. */
static gboolean
apply_part_size (FirmwareEspBuild *build, const char *text)
{
  guint32 part_size = 0;

  if (text == NULL)
    return TRUE;

  if (!firmware_text_parse_number (text, &part_size) || part_size == 0 ||
      part_size % FIRMWARE_ESP_SECTOR_SIZE != 0) {
    g_printerr (_ ("“%s” is no part size: it must be a multiple of %d bytes."), text,
                FIRMWARE_ESP_SECTOR_SIZE);
    g_printerr ("\n");
    return FALSE;
  }

  firmware_esp_build_set_part_size (build, part_size);
  return TRUE;
}

static gboolean
apply_options (FirmwareEspBuild *build, const FirmwareEspChip *chip, const Options *options)
{
  if (chip != NULL)
    firmware_esp_build_set_chip (build, chip);

  return apply_flash_size (build, options->flash_size) &&
         apply_part_size (build, options->part_size);
}

static FirmwareEspBuild *
open_files (int n_paths, char **paths, const FirmwareEspChip *chip, CliExit *status)
{
  g_autoptr (GPtrArray) files = cli_file_list (n_paths, paths);
  g_autofree char *names = cli_file_dup_names (n_paths, paths);
  g_autoptr (GError) error = NULL;
  FirmwareEspBuild *build = firmware_esp_build_open_files (files, chip, NULL, &error);

  if (build == NULL)
    *status = cli_print_error (names, error);

  return build;
}

/* Addresses and files in turn, as Espressif's tool takes them. */
static FirmwareEspBuild *
collect_files (int n_arguments, char **arguments, CliExit *status)
{
  g_autoptr (FirmwareEspBuild) build = firmware_esp_build_new ();

  for (int i = 0; i < n_arguments; i += 2) {
    g_autoptr (GFile) file = NULL;
    guint32 address = 0;

    if (!firmware_text_parse_number (arguments[i], &address) || i + 1 == n_arguments) {
      g_printerr ("%s\n", _ ("Name a flash address before each file or before none, such as: "
                             "0x1000 bootloader.bin 0x10000 app.bin"));
      *status = CLI_EXIT_USAGE;
      return NULL;
    }

    file = g_file_new_for_commandline_arg (arguments[i + 1]);
    firmware_esp_build_add_file (build, address, file);
  }

  return g_steal_pointer (&build);
}

static gboolean
has_addresses (int n_arguments, char **arguments)
{
  guint32 address = 0;

  for (int i = 0; i < n_arguments; i++) {
    if (firmware_text_parse_number (arguments[i], &address))
      return TRUE;
  }

  return FALSE;
}

/* What the build is made of, without the addresses: the file to write is not there yet. */
static char *
dup_subject (int n_arguments, char **arguments)
{
  g_autofree char **files = g_new0 (char *, n_arguments + 1);
  guint32 address = 0;
  int n_files = 0;

  for (int i = 0; i < n_arguments; i++) {
    if (n_arguments == 1 || !firmware_text_parse_number (arguments[i], &address))
      files[n_files++] = arguments[i];
  }

  return cli_file_dup_names (n_files, files);
}

static FirmwareEspBuild *
open_build (int argc, char **argv, const FirmwareEspChip *chip, CliExit *status)
{
  if (argc == 1) {
    g_printerr ("%s\n", _ ("Name the build folder."));
    *status = CLI_EXIT_USAGE;
    return NULL;
  }

  if (argc > 2 && has_addresses (argc - 1, argv + 1))
    return collect_files (argc - 1, argv + 1, status);

  return open_files (argc - 1, argv + 1, chip, status);
}

static void
tell_success (const char *path, FirmwareImage *image)
{
  g_autofree char *size = wording_format_size (firmware_image_get_total_size (image));
  const char *const texts[] = { firmware_image_get_title (image), firmware_image_get_chip (image),
                                size };
  g_autofree char *text = wording_format_join (texts, G_N_ELEMENTS (texts));

  g_print ("%s: %s\n", path, text);
}

static CliExit
save (FirmwareEspBuild *build, FirmwareImage *image, GBytes *archive, const char *output)
{
  CliExit status = cli_save (output, archive, firmware_esp_build_get_inputs (build));
  if (status != CLI_EXIT_SUCCESS)
    return status;

  tell_success (output, image);
  cli_findings_print (output, firmware_image_get_findings (image), FIRMWARE_SEVERITY_NOTE);
  return CLI_EXIT_SUCCESS;
}

/* Only an archive that would be taken to flash it is written. */
static CliExit
write_archive (FirmwareEspBuild *build, const char *subject, const char *output)
{
  g_autoptr (GBytes) archive = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  archive = firmware_esp_build_write (build, NULL, &error);
  if (archive == NULL)
    return cli_print_error (subject, error);

  image = firmware_esp_build_examine (build, archive, &error);
  if (image == NULL)
    return cli_print_error (subject, error);

  status = cli_consent_check (subject, image);
  return status == CLI_EXIT_SUCCESS ? save (build, image, archive, output) : status;
}

static CliExit
run (int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("The file to write; - for standard output"), "dfu.bin" },
    { "chip", 'c', 0, G_OPTION_ARG_STRING, &options.chip, N_ ("The chip that it is for"),
      "esp32s2" },
    { "flash-size", 0, 0, G_OPTION_ARG_STRING, &options.flash_size,
      N_ ("How large the chip’s flash is"), "4MB" },
    { "part-size", 0, 0, G_OPTION_ARG_STRING, &options.part_size,
      N_ ("Where to cut large files, in bytes"), "524288" },
    { 0 },
  };
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autofree char *subject = NULL;
  const FirmwareEspChip *chip = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_build, entries, &argc, &argv))
    return CLI_EXIT_USAGE;

  if (options.output == NULL) {
    g_printerr ("%s\n", _ ("Say with “-o” which file to write."));
    return CLI_EXIT_USAGE;
  }

  if (!cli_save_prepare (options.output) || !find_chip (options.chip, &chip))
    return CLI_EXIT_USAGE;

  build = open_build (argc, argv, chip, &status);
  if (build == NULL)
    return status;

  if (!apply_options (build, chip, &options))
    return CLI_EXIT_USAGE;

  subject = dup_subject (argc - 1, argv + 1);
  return write_archive (build, subject, options.output);
}

const CliCommand cli_command_build = {
  .name = "build",
  .arguments = "-o dfu.bin FOLDER|FILE…",
  .summary = N_ ("make a DFU file of what ESP-IDF has built"),
  .run = run,
};
