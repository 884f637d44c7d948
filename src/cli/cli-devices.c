/* cli-devices.c: the boards that are connected, and which one is meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-devices.h"

#include <glib/gi18n.h>

#include "cli-print.h"

/**
 * cli_devices_new:
 * @status: (out): the exit status when there is no list
 *
 * Finds the boards that are connected; says on standard error why it cannot.
 *
 * Returns: (transfer full) (nullable): the boards
 */
DfuDeviceList *
cli_devices_new (CliExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UsbBus) bus = usb_bus_new (&error);
  g_autoptr (WordingMessage) message = NULL;

  if (bus != NULL)
    return dfu_device_list_new (bus);

  message = wording_message_new_for_bus (error);
  cli_print_failure ("USB", message);
  *status = CLI_EXIT_FAILURE;
  return NULL;
}

/**
 * cli_devices_print_none:
 *
 * Says on standard error that no board was found, and how to get one there.
 */
void
cli_devices_print_none (void)
{
  g_printerr ("%s\n",
              _ ("No board in bootloader mode is connected. Hold BOOT, tap RESET, let go of BOOT, "
                 "then try again."));
}

static void
print_candidates (GPtrArray *candidates)
{
  g_printerr ("%s\n", _ ("Several boards are connected; say which with --path:"));
  for (guint i = 0; i < candidates->len; i++) {
    DfuDevice *device = g_ptr_array_index (candidates, i);
    const char *name = dfu_device_get_name (device);

    g_printerr ("  --path %-10s %s\n", dfu_device_get_port_path (device), name != NULL ? name : "");
  }
}

static DfuDevice *
refuse (DfuDevice *device, FirmwareImage *image, const GError *error, CliExit *status)
{
  g_autoptr (WordingMessage) message =
    wording_message_new_for_refusal (error, firmware_image_get_chip (image));

  cli_print_failure (dfu_device_get_port_path (device), message);
  *status = cli_exit_from_error (error);
  return NULL;
}

static DfuDevice *
choose_by_path (GListModel *devices, const char *port_path, FirmwareImage *image, CliExit *status)
{
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DfuDevice) device = g_list_model_get_item (devices, i);
    g_autoptr (GError) error = NULL;

    if (!g_str_equal (dfu_device_get_port_path (device), port_path))
      continue;

    if (!dfu_device_accepts (device, image, &error))
      return refuse (device, image, error, status);

    return g_steal_pointer (&device);
  }

  g_printerr (_ ("There is no board in bootloader mode at USB port %s."), port_path);
  g_printerr ("\n");
  *status = CLI_EXIT_NO_DEVICE;
  return NULL;
}

/**
 * cli_devices_choose:
 * @devices: the boards that are connected
 * @port_path: (nullable): where the board is that the person means
 * @image: what it shall be given
 * @status: (out): the exit status when there is no such board
 *
 * Picks the board at @port_path or else the only one that can take @image. Never guesses: with
 * several it lists them on standard error.
 *
 * Returns: (transfer full) (nullable): the board
 */
DfuDevice *
cli_devices_choose (DfuDeviceList *devices,
                    const char *port_path,
                    FirmwareImage *image,
                    CliExit *status)
{
  GListModel *model = G_LIST_MODEL (devices);
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DfuDevice) refused = NULL;
  g_autoptr (GError) refusal = NULL;

  if (port_path != NULL)
    return choose_by_path (model, port_path, image, status);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (DfuDevice) device = g_list_model_get_item (model, i);

    if (dfu_device_accepts (device, image, refusal == NULL ? &refusal : NULL))
      g_ptr_array_add (candidates, g_steal_pointer (&device));
    else if (refused == NULL)
      refused = g_steal_pointer (&device);
  }

  if (candidates->len == 1)
    return g_object_ref (g_ptr_array_index (candidates, 0));

  if (candidates->len > 1) {
    print_candidates (candidates);
    *status = CLI_EXIT_USAGE;
    return NULL;
  }

  if (refused != NULL)
    return refuse (refused, image, refusal, status);

  cli_devices_print_none ();
  *status = CLI_EXIT_NO_DEVICE;
  return NULL;
}
