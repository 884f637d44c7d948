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
#include "cli-flash-options.h"
#include "cli-operation.h"
#include "dfu-upgrade.h"
#include "setup-sign.h"

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
  case DFU_RESTART_ASKED:
    g_print ("%s\n", _ ("The board was told to start its program. If it does not, press RESET on "
                        "it."));
    break;
  case DFU_RESTART_DONE:
    g_print ("%s\n", _ ("The board was restarted and has left its bootloader."));
    break;
  case DFU_RESTART_BOOTLOADER:
    g_print ("%s\n", _ ("The board restarted and came back in its bootloader: let go of BOOT and "
                        "press RESET on it."));
    break;
  case DFU_RESTART_CALLED: /* only by who cancels */
  case DFU_RESTART_STAYED:
    g_print ("%s\n", stays ? _ ("The board stays in its bootloader and takes more.")
                           : _ ("The board stays in its bootloader: press RESET on it."));
    break;
  case DFU_RESTART_NONE:
    g_print ("%s\n", progress->outcome == DFU_OUTCOME_VERIFIED
                       ? _ (setup_sign_get_symptom (SETUP_SIGN_NEEDS_RESET)->advice)
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
    interface->mode == DFU_MODE_RUNTIME || dfu_interface_takes_addresses (interface);

  if (may_be_dfuse || (!options->mass_erase && !options->read_unprotect))
    return TRUE;

  g_printerr ("%s\n",
              _ ("“--mass-erase” and “--read-unprotect” are for boards that speak DfuSe; this "
                 "one does not."));
  return FALSE;
}

static FirmwareImage *
load (const CliFlashOptions *options, int argc, char **argv, CliExit *status)
{
  return options->raw ? cli_address_load_raw (argc, argv, options->address, status)
                      : cli_address_load (argc, argv, options->address, status);
}

static CliExit
ask (const CliFlashOptions *options, const char *names, FirmwareImage *image, DfuDevice *device)
{
  const CliExit status =
    cli_consent_ask (names, image, dfu_device_takes_application (device), options->accepted);

  if (status != CLI_EXIT_SUCCESS)
    return status;

  if (options->dfuse.read_unprotect)
    return cli_consent_ask_read_unprotect (options->accepted);
  if (options->dfuse.mass_erase)
    return cli_consent_ask_erase (options->accepted);

  return CLI_EXIT_SUCCESS;
}

static CliExit
run (int argc, char **argv)
{
  g_auto (CliFlashOptions) options = { 0 };
  g_autofree char *names = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuUpgrade) upgrade = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_flash_options_parse (&options, &argc, &argv))
    return CLI_EXIT_USAGE;

  image = load (&options, argc, argv, &status);
  if (image == NULL)
    return status;

  names = cli_file_dup_names (argc - 1, argv + 1);
  status = cli_consent_check (names, image);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  devices = cli_devices_new (&status);
  device = devices != NULL ? cli_devices_choose (devices, &options.choice, image, &status) : NULL;
  if (device == NULL)
    return status;

  if (!check_use (device, &options.dfuse))
    return CLI_EXIT_USAGE;

  status = ask (&options, names, image, device);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  upgrade =
    dfu_upgrade_new (dfu_device_list_get_bus (devices), dfu_device_get_usb_device (device), image);
  dfu_upgrade_set_program (upgrade, dfu_device_get_program (device));
  cli_flash_options_apply (&options, device, upgrade);

  return flash (upgrade, options.stays, options.choice.verbose);
}

const CliCommand cli_command_flash = {
  .name = "flash",
  .arguments = "[--path PATH] FILE…",
  .summary = N_ ("write a firmware file to a board"),
  .run = run,
};
