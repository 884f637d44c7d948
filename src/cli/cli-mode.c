/* cli-mode.c: bootlace-cli detach and reset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-choice.h"
#include "cli-command.h"
#include "cli-devices.h"
#include "cli-operation.h"
#include "dfu-mode-change.h"

static CliExit
tell_detached (DfuRestart restart)
{
  if (restart == DFU_RESTART_NONE)
    g_print ("%s\n", _ ("The board is in its bootloader already."));
  else
    g_print ("%s\n", _ ("The board is in its bootloader."));

  return CLI_EXIT_SUCCESS;
}

static CliExit
tell_restarted (DfuRestart restart)
{
  switch (restart) {
  case DFU_RESTART_NONE:
    g_print ("%s\n", _ ("The board is not in its bootloader, so there is nothing to do."));
    return CLI_EXIT_SUCCESS;
  case DFU_RESTART_DONE:
    g_print ("%s\n", _ ("The board was restarted and has left its bootloader."));
    return CLI_EXIT_SUCCESS;
  case DFU_RESTART_ASKED: /* and was left to itself by who cancels */
    g_print ("%s\n", _ ("The board was told to start its program. If it does not, press RESET on "
                        "it."));
    return CLI_EXIT_SUCCESS;
  case DFU_RESTART_BOOTLOADER:
    g_printerr ("%s\n", _ ("The board restarted and came back in its bootloader: let go of BOOT "
                           "and press RESET on it."));
    break;
  case DFU_RESTART_CALLED: /* only by an upgrade */
  case DFU_RESTART_STAYED:
    g_printerr ("%s\n", _ ("The board stays in its bootloader: press RESET on it."));
    break;
  }

  return CLI_EXIT_DEVICE_FAILED;
}

static CliExit
change_mode (DfuModeChange *change, DfuMode mode, gboolean verbose)
{
  const CliExit status = cli_operation_run (DFU_OPERATION (change), verbose);
  const DfuRestart restart = dfu_operation_get_progress (DFU_OPERATION (change)).restart;

  if (status != CLI_EXIT_SUCCESS)
    return status;

  return mode == DFU_MODE_DFU ? tell_detached (restart) : tell_restarted (restart);
}

static CliExit
run (const CliCommand *command, DfuMode mode, int argc, char **argv)
{
  g_auto (CliChoice) choice = { 0 };
  g_auto (DfuChoice) dfu_choice = { 0 };
  g_autofree GOptionEntry *entries = cli_choice_join_entries (&choice, NULL);
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuModeChange) change = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (command, entries, &argc, &argv) ||
      !cli_takes_no_arguments (command, argc) || !cli_choice_check (&choice))
    return CLI_EXIT_USAGE;

  devices = cli_devices_new (&status);
  device = devices != NULL ? cli_devices_choose (devices, &choice, NULL, &status) : NULL;
  if (device == NULL)
    return status;

  change = dfu_mode_change_new (dfu_device_list_get_bus (devices),
                                dfu_device_get_usb_device (device), mode);
  cli_choice_get_dfu (&choice, device, &dfu_choice);
  dfu_work_set_choice (DFU_WORK (change), &dfu_choice);
  dfu_work_set_timeouts (DFU_WORK (change), &choice.timeouts);

  return change_mode (change, mode, choice.verbose);
}

static CliExit
run_detach (int argc, char **argv)
{
  return run (&cli_command_detach, DFU_MODE_DFU, argc, argv);
}

static CliExit
run_reset (int argc, char **argv)
{
  return run (&cli_command_reset, DFU_MODE_RUNTIME, argc, argv);
}

const CliCommand cli_command_detach = {
  .name = "detach",
  .arguments = "[--path PATH]",
  .summary = N_ ("switch a board to its bootloader"),
  .run = run_detach,
};

const CliCommand cli_command_reset = {
  .name = "reset",
  .arguments = "[--path PATH]",
  .summary = N_ ("make a board leave its bootloader"),
  .run = run_reset,
};
