/* cli-flash.c: bootlace-cli flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-address.h"
#include "cli-command.h"
#include "cli-consent.h"
#include "cli-devices.h"
#include "cli-file.h"
#include "cli-new-file.h"
#include "cli-operation.h"
#include "dfu-upgrade.h"

static void
tell_comparison (const DfuProgress *progress)
{
  if (progress->read_back == DFU_READ_BACK_IMPOSSIBLE)
    g_print ("%s\n", _ ("The board reported no error, but it gives back nothing that could be "
                        "compared."));
  else if (progress->read_back == DFU_READ_BACK_PARTLY)
    g_print ("%s\n", _ ("What could be compared is as it was written; “--verbose” tells what could "
                        "not."));
  else if (progress->outcome == DFU_OUTCOME_WRITTEN)
    g_print ("%s\n", _ ("The board reported no error, but nobody compared what was written."));
}

static void
tell_restart (const DfuProgress *progress, gboolean stays)
{
  switch (progress->restart) {
  case DFU_RESTART_DONE:
    g_print ("%s\n", _ ("The board was restarted and has left its bootloader."));
    break;
  case DFU_RESTART_BOOTLOADER:
    g_print ("%s\n", _ ("The board restarted and came back in its bootloader: let go of BOOT and "
                        "press RESET on it."));
    break;
  case DFU_RESTART_STAYED:
    g_print ("%s\n", stays ? _ ("The board stays in its bootloader and takes more.")
                           : _ ("The board stays in its bootloader: press RESET on it."));
    break;
  case DFU_RESTART_NONE:
    g_print ("%s\n", progress->outcome == DFU_OUTCOME_VERIFIED
                       ? _ ("Press RESET on the board to start it.")
                       : _ ("If the board does not start by itself, press RESET on it."));
    break;
  }
}

static void
tell_success (const DfuProgress *progress, gboolean stays)
{
  g_print ("%s\n",
           progress->outcome == DFU_OUTCOME_VERIFIED ? _ ("Written and verified") : _ ("Written"));
  tell_comparison (progress);
  tell_restart (progress, stays);
}

static CliExit
flash (DfuUpgrade *upgrade, gboolean stays, gboolean verbose)
{
  const CliExit status = cli_operation_run (DFU_OPERATION (upgrade), verbose);
  const DfuProgress progress = dfu_operation_get_progress (DFU_OPERATION (upgrade));

  if (status == CLI_EXIT_SUCCESS)
    tell_success (&progress, stays);

  return status;
}

/* An option that would do nothing was meant for something. What a board in run-time mode will
 * speak, nobody knows yet. */
static gboolean
check_use (DfuDevice *device, const DfuDfuseOptions *options)
{
  const DfuInterface *interface = dfu_device_get_interface (device);
  const gboolean may_be_dfuse =
    interface->mode == DFU_MODE_RUNTIME || interface->descriptor.version == DFU_VERSION_DFUSE;

  if (may_be_dfuse || (!options->mass_erase && !options->read_unprotect))
    return TRUE;

  g_printerr ("%s\n",
              _ ("“--mass-erase” and “--read-unprotect” are for boards that speak DfuSe; this "
                 "one does not."));
  return FALSE;
}

static void
set_backup (DfuUpgrade *upgrade, const char *path)
{
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_commandline_arg (path) : NULL;

  dfu_upgrade_set_backup (upgrade, file);
}

static CliExit
run (int argc, char **argv)
{
  g_auto (CliChoice) choice = { 0 };
  g_auto (DfuChoice) dfu_choice = { 0 };
  g_autofree char *backup = NULL;
  gboolean replace = FALSE;
  gboolean always_reads_back = FALSE;
  gboolean never_reads_back = FALSE;
  gboolean restart = FALSE;
  gboolean stays = FALSE;
  int timeout = 0;
  gboolean status_every_block = FALSE;
  gboolean as_is = FALSE;
  gboolean raw = FALSE;
  gboolean verbose = FALSE;
  gboolean accepted = FALSE;
  g_autofree char *address = NULL;
  DfuDfuseOptions dfuse = { 0 };
  const GOptionEntry own[] = {
    { "verify", 0, 0, G_OPTION_ARG_NONE, &always_reads_back,
      N_ ("Read back what was written and compare, even where the board compares by itself"),
      NULL },
    { "no-verify", 0, 0, G_OPTION_ARG_NONE, &never_reads_back,
      N_ ("Do not read back what was written"), NULL },
    { "restart", 'R', 0, G_OPTION_ARG_NONE, &restart,
      N_ ("Try to make the board run what was written"), NULL },
    { "stay", 0, 0, G_OPTION_ARG_NONE, &stays,
      N_ ("Leave the board in its bootloader, so that more can be written"), NULL },
    { "backup", 0, 0, G_OPTION_ARG_FILENAME, &backup,
      N_ ("Save what is on the board in this file before anything is written"), N_ ("FILE") },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &replace,
      N_ ("Replace the file of the backup if it exists"), NULL },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &timeout,
      N_ ("Wait this long for the board to come back, and no less for any answer"),
      N_ ("SECONDS") },
    { "status-every-block", 0, 0, G_OPTION_ARG_NONE, &status_every_block,
      N_ ("Ask the board after every block whether all is well"), NULL },
    { "as-is", 0, 0, G_OPTION_ARG_NONE, &as_is,
      N_ ("Send an ESP archive untouched, even where joining its pieces would save time"), NULL },
    { "accept-warnings", 0, 0, G_OPTION_ARG_NONE, &accepted,
      N_ ("Write it although there are warnings about it"), NULL },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &address,
      N_ ("Where the first byte of a plain file goes on a DfuSe board"), "0x08000000" },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &raw,
      N_ ("Take the file for raw bytes; the board must be named"), NULL },
    { "mass-erase", 0, 0, G_OPTION_ARG_NONE, &dfuse.mass_erase,
      N_ ("Erase all of a DfuSe board’s memory, not only what is written"), NULL },
    { "read-unprotect", 0, 0, G_OPTION_ARG_NONE, &dfuse.read_unprotect,
      N_ ("Take a DfuSe board’s read protection away first, which erases everything"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, N_ ("Print the log of what was done"), NULL },
    { 0 },
  };
  g_autofree GOptionEntry *entries = cli_choice_join_entries (&choice, own);
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_autofree char *names = NULL;
  DfuTimeouts timeouts;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_flash, entries, &argc, &argv))
    return CLI_EXIT_USAGE;

  if (always_reads_back && never_reads_back) {
    g_printerr ("%s\n", _ ("Use one of --verify and --no-verify."));
    return CLI_EXIT_USAGE;
  }

  if (restart && stays) {
    g_printerr ("%s\n", _ ("A board cannot both restart and stay."));
    return CLI_EXIT_USAGE;
  }

  if (!cli_choice_check (&choice) || !cli_operation_parse_timeout (timeout, &timeouts) ||
      (backup != NULL && !cli_new_file_check (backup, replace)))
    return CLI_EXIT_USAGE;

  if (raw && !cli_choice_names_board (&choice)) {
    g_printerr ("%s\n",
                _ ("Nothing in raw bytes says for which board they are: name it with --path, "
                   "--device or --serial."));
    return CLI_EXIT_USAGE;
  }

  image = raw ? cli_address_load_raw (argc, argv, address, &status)
              : cli_address_load (argc, argv, address, &status);
  if (image == NULL)
    return status;

  names = cli_file_dup_names (argc - 1, argv + 1);
  status = cli_consent_check (names, image);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  devices = cli_devices_new (&status);
  if (devices == NULL)
    return status;

  device = cli_devices_choose (devices, &choice, image, &status);
  if (device == NULL)
    return status;

  if (!check_use (device, &dfuse))
    return CLI_EXIT_USAGE;

  status = cli_consent_ask (names, image, dfu_device_takes_application (device), accepted);
  if (status == CLI_EXIT_SUCCESS && dfuse.read_unprotect)
    status = cli_consent_ask_read_unprotect (accepted);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  upgrade =
    dfu_upgrade_new (dfu_device_list_get_bus (devices), dfu_device_get_usb_device (device), image);
  dfu_upgrade_set_program (upgrade, dfu_device_get_program (device));
  dfu_upgrade_set_timeouts (upgrade, &timeouts);
  dfu_upgrade_set_status_every_block (upgrade, status_every_block);
  dfu_upgrade_set_dfuse_options (upgrade, &dfuse);
  dfu_upgrade_set_flags (upgrade, (always_reads_back  ? DFU_UPGRADE_READ_BACK_ALWAYS
                                   : never_reads_back ? DFU_UPGRADE_DEFAULT
                                                      : DFU_UPGRADE_READ_BACK) |
                                    (restart ? DFU_UPGRADE_RESTART : DFU_UPGRADE_DEFAULT) |
                                    (stays ? DFU_UPGRADE_STAY : DFU_UPGRADE_DEFAULT) |
                                    (as_is ? DFU_UPGRADE_AS_IS : DFU_UPGRADE_DEFAULT));
  dfu_choice_init (&dfu_choice);
  cli_choice_get_dfu (&choice, &dfu_choice);
  dfu_choice.refuses_several = TRUE;
  dfu_upgrade_set_choice (upgrade, &dfu_choice);
  set_backup (upgrade, backup);

  return flash (upgrade, stays, verbose);
}

const CliCommand cli_command_flash = {
  .name = "flash",
  .arguments = "[--path PATH] FILE…",
  .summary = N_ ("write a firmware file to a board"),
  .run = run,
};
