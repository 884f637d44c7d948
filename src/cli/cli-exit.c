/* cli-exit.c: what the shell is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-exit.h"

#include <gio/gio.h>

#include "dfu-error.h"
#include "firmware-error.h"
#include "usb-error.h"

static CliExit
from_usb_error (UsbError code)
{
  switch (code) {
  case USB_ERROR_ACCESS:
  case USB_ERROR_NO_DRIVER:
    return CLI_EXIT_NO_ACCESS;
  case USB_ERROR_BUSY:
    return CLI_EXIT_BUSY;
  case USB_ERROR_GONE:
    return CLI_EXIT_DEVICE_LOST;
  case USB_ERROR_FAILED:
  case USB_ERROR_STALL:
  case USB_ERROR_TIMED_OUT:
  case USB_ERROR_IO:
    break;
  }

  return CLI_EXIT_DEVICE_FAILED;
}

static CliExit
from_dfu_error (DfuError code)
{
  switch (code) {
  case DFU_ERROR_WRONG_DEVICE:
  case DFU_ERROR_ADDRESSED_IMAGE:
  case DFU_ERROR_UNSAFE_IMAGE:
  case DFU_ERROR_UNFIT_IMAGE:
  case DFU_ERROR_NOT_SUPPORTED:
  case DFU_ERROR_NOT_READABLE:
  case DFU_ERROR_NOT_ERASABLE:
  case DFU_ERROR_NO_SUCH_PLACE:
  case DFU_ERROR_NO_ADDRESS:
  case DFU_ERROR_NOT_ALONE:
    return CLI_EXIT_WRONG_DEVICE;
  case DFU_ERROR_SEVERAL_MEMORIES:
  case DFU_ERROR_SEVERAL_INTERFACES:
    return CLI_EXIT_USAGE;
  case DFU_ERROR_NO_SUCH_MEMORY:
  case DFU_ERROR_NOT_MEANT:
    return CLI_EXIT_NO_DEVICE;
  case DFU_ERROR_NOT_RETURNED:
  case DFU_ERROR_LEFT:
    return CLI_EXIT_DEVICE_LOST;
  case DFU_ERROR_PROTOCOL:
  case DFU_ERROR_DEVICE:
  case DFU_ERROR_CORRUPT:
  case DFU_ERROR_REFUSED:
  case DFU_ERROR_DIFFERS:
  case DFU_ERROR_PROTECTED:
    break;
  }

  return CLI_EXIT_DEVICE_FAILED;
}

/* Where an option was missing, the file is not to blame. */
static CliExit
from_firmware_error (int code)
{
  return code >= FIRMWARE_ERROR_GAP ? CLI_EXIT_USAGE : CLI_EXIT_FILE;
}

/**
 * cli_exit_from_error:
 * @error: why something did not work
 *
 * Returns: the exit status that tells it to a script
 */
CliExit
cli_exit_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, CLI_EXIT_FAILURE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CLI_EXIT_CANCELLED;
  if (error->domain == USB_ERROR)
    return from_usb_error (error->code);
  if (error->domain == DFU_ERROR)
    return from_dfu_error (error->code);
  if (error->domain == FIRMWARE_ERROR)
    return from_firmware_error (error->code);
  if (error->domain == G_IO_ERROR)
    return CLI_EXIT_FILE;

  return CLI_EXIT_FAILURE;
}
