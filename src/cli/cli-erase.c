/* cli-erase.c: bootlace-cli erase
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-choice.h"
#include "cli-command.h"
#include "cli-consent.h"
#include "cli-devices.h"
#include "cli-operation.h"
#include "dfu-erase.h"

static CliExit
erase (DfuErase *work, gboolean verbose)
{
  const CliExit status = cli_operation_run (DFU_OPERATION (work), verbose);
  const DfuProgress progress = dfu_operation_get_progress (DFU_OPERATION (work));

  if (status == CLI_EXIT_SUCCESS) {
    g_print ("%s\n", _ ("Erased"));
    if (progress.read_back == DFU_READ_BACK_IMPOSSIBLE)
      g_print ("%s\n",
               _ ("The board reported no error, but nothing that was erased can be read, so "
                  "nobody has looked."));
    g_print ("%s\n", _ ("The board stays in its bootloader and takes more."));
  }

  return status;
}

static CliExit
run (int argc, char **argv)
{
  g_auto (CliChoice) choice = { 0 };
  g_auto (DfuChoice) dfu_choice = { 0 };
  gboolean read_unprotect = FALSE;
  gboolean accepted = FALSE;
  const GOptionEntry own[] = {
    { "read-unprotect", 0, 0, G_OPTION_ARG_NONE, &read_unprotect,
      N_ ("Take the board’s read protection away, which erases everything"), NULL },
    { "accept-warnings", 0, 0, G_OPTION_ARG_NONE, &accepted, N_ ("Erase without being asked"),
      NULL },
    { 0 },
  };
  g_autofree GOptionEntry *entries = cli_choice_join_entries (&choice, own);
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuErase) work = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_erase, entries, &argc, &argv) ||
      !cli_takes_no_arguments (&cli_command_erase, argc) || !cli_choice_check (&choice))
    return CLI_EXIT_USAGE;

  devices = cli_devices_new (&status);
  device = devices != NULL ? cli_devices_choose (devices, &choice, NULL, &status) : NULL;
  if (device == NULL)
    return status;

  status =
    read_unprotect ? cli_consent_ask_read_unprotect (accepted) : cli_consent_ask_erase (accepted);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  work = dfu_erase_new (dfu_device_list_get_bus (devices), dfu_device_get_usb_device (device));
  cli_choice_get_dfu (&choice, device, &dfu_choice);
  dfu_work_set_choice (DFU_WORK (work), &dfu_choice);
  dfu_work_set_timeouts (DFU_WORK (work), &choice.timeouts);
  dfu_erase_set_read_unprotect (work, read_unprotect);

  return erase (work, choice.verbose);
}

const CliCommand cli_command_erase = {
  .name = "erase",
  .arguments = "[--path PATH]",
  .summary = N_ ("erase a board’s memory"),
  .run = run,
};
