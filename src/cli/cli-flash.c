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
#include "cli-operation.h"
#include "dfu-upgrade.h"

static void
tell_success (const DfuProgress *progress)
{
  if (progress->outcome == DFU_OUTCOME_VERIFIED) {
    g_print ("%s\n", _ ("Written and verified"));
    g_print ("%s\n", _ ("Press RESET on the board to start it."));
  } else {
    g_print ("%s\n", _ ("Written"));
    g_print ("%s\n",
             _ ("The board reported no error, but it cannot check what was written. If it does "
                "not start by itself, press RESET on it."));
  }
}

static CliExit
flash (DfuUpgrade *upgrade, gboolean verbose)
{
  const CliExit status = cli_operation_run (DFU_OPERATION (upgrade), verbose);
  const DfuProgress progress = dfu_operation_get_progress (DFU_OPERATION (upgrade));

  if (status == CLI_EXIT_SUCCESS)
    tell_success (&progress);

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

static CliExit
run (int argc, char **argv)
{
  g_autofree char *port_path = NULL;
  int timeout = 0;
  gboolean status_every_block = FALSE;
  gboolean verbose = FALSE;
  gboolean accepted = FALSE;
  g_autofree char *address = NULL;
  DfuDfuseOptions dfuse = { 0 };
  const GOptionEntry entries[] = {
    { "path", 'p', 0, G_OPTION_ARG_STRING, &port_path, N_ ("The board at this USB port"), "1-10" },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &timeout,
      N_ ("Wait this long for the board to come back, and no less for any answer"),
      N_ ("SECONDS") },
    { "status-every-block", 0, 0, G_OPTION_ARG_NONE, &status_every_block,
      N_ ("Ask the board after every block whether all is well"), NULL },
    { "accept-warnings", 0, 0, G_OPTION_ARG_NONE, &accepted,
      N_ ("Write it although there are warnings about it"), NULL },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &address,
      N_ ("Where the first byte of a plain file goes on a DfuSe board"), "0x08000000" },
    { "mass-erase", 0, 0, G_OPTION_ARG_NONE, &dfuse.mass_erase,
      N_ ("Erase all of a DfuSe board’s memory, not only what is written"), NULL },
    { "read-unprotect", 0, 0, G_OPTION_ARG_NONE, &dfuse.read_unprotect,
      N_ ("Take a DfuSe board’s read protection away first, which erases everything"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, N_ ("Print the log of what was done"), NULL },
    { 0 },
  };
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuUpgrade) upgrade = NULL;
  DfuTimeouts timeouts;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_flash, entries, &argc, &argv))
    return CLI_EXIT_USAGE;

  if (port_path != NULL && *port_path == '\0') {
    g_printerr ("%s\n", _ ("Name a USB port behind --path, such as 1-10."));
    return CLI_EXIT_USAGE;
  }

  if (!cli_operation_parse_timeout (timeout, &timeouts))
    return CLI_EXIT_USAGE;

  image = cli_address_load (argc, argv, address, &status);
  if (image == NULL)
    return status;

  status = cli_consent_check (argv[1], image);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  devices = cli_devices_new (&status);
  if (devices == NULL)
    return status;

  device = cli_devices_choose (devices, port_path, image, &status);
  if (device == NULL)
    return status;

  if (!check_use (device, &dfuse))
    return CLI_EXIT_USAGE;

  status = cli_consent_ask (argv[1], image, accepted);
  if (status == CLI_EXIT_SUCCESS && dfuse.read_unprotect)
    status = cli_consent_ask_read_unprotect (accepted);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  upgrade =
    dfu_upgrade_new (dfu_device_list_get_bus (devices), dfu_device_get_usb_device (device), image);
  dfu_upgrade_set_timeouts (upgrade, &timeouts);
  dfu_upgrade_set_status_every_block (upgrade, status_every_block);
  dfu_upgrade_set_dfuse_options (upgrade, &dfuse);

  return flash (upgrade, verbose);
}

const CliCommand cli_command_flash = {
  .name = "flash",
  .arguments = "[--path PATH] FILE…",
  .summary = N_ ("write a firmware file to a board"),
  .run = run,
};
