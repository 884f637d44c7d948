/* usb-holder.c: who has a device's interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-holder.h"

#include <unistd.h>

#include "usb-process.h"

static void
find_driver (UsbHolder *self, const char *root, UsbDevice *device, guint8 interface)
{
  const UsbConfiguration *configuration = usb_device_get_configuration (device);
  g_autofree char *folder = NULL;
  g_autofree char *link = NULL;
  g_autofree char *target = NULL;

  if (configuration == NULL)
    return;

  folder = g_strdup_printf ("%s/sys/bus/usb/devices/%s:%u.%u", root,
                            usb_device_get_port_path (device), configuration->value, interface);
  self->known = g_file_test (folder, G_FILE_TEST_IS_DIR);

  link = g_build_filename (folder, "driver", NULL);
  target = g_file_read_link (link, NULL);
  if (target != NULL)
    self->driver = g_path_get_basename (target);
}

static void
find_program (UsbHolder *self, const char *root, UsbDevice *device)
{
  g_autofree char *node =
    g_strdup_printf ("/dev/bus/usb/%03u/%03u", usb_device_get_bus_number (device),
                     usb_device_get_address (device));
  g_autoptr (GArray) processes = usb_process_list (root);

  for (guint i = 0; i < processes->len; i++) {
    const guint process = g_array_index (processes, guint, i);

    if (!usb_process_has_open (root, process, node))
      continue;

    if (process == (guint) getpid ()) {
      self->ours = TRUE;
    } else if (self->process == 0) {
      self->process = process;
      self->program = usb_process_dup_name (root, process);
    }
  }
}

/**
 * usb_holder_find:
 * @self: (out caller-allocates): who has it
 * @root: what every path begins with: "" for this computer
 * @device: a device
 * @interface: one of its interfaces
 *
 * Looks into sysfs and /proc. Does not touch the device. Blocks for some milliseconds; any thread.
 */
void
usb_holder_find (UsbHolder *self, const char *root, UsbDevice *device, guint8 interface)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (root != NULL);
  g_return_if_fail (USB_IS_DEVICE (device));

  *self = (UsbHolder){ 0 };
  find_driver (self, root, device, interface);
  find_program (self, root, device);
}

/**
 * usb_holder_copy:
 * @self: (out caller-allocates): a holder
 * @other: another one
 *
 * Makes @self the same as @other.
 */
void
usb_holder_copy (UsbHolder *self, const UsbHolder *other)
{
  *self = *other;
  self->driver = g_strdup (other->driver);
  self->program = g_strdup (other->program);
}

/**
 * usb_holder_clear:
 * @self: a holder
 *
 * Frees what @self holds and leaves it empty.
 */
void
usb_holder_clear (UsbHolder *self)
{
  g_clear_pointer (&self->driver, g_free);
  g_clear_pointer (&self->program, g_free);
  *self = (UsbHolder){ 0 };
}

/**
 * usb_holder_is_kernel:
 * @self: a holder
 *
 * Returns: whether a driver of the kernel has the interface, whoever else has the device open
 */
gboolean
usb_holder_is_kernel (const UsbHolder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->driver != NULL && !g_str_equal (self->driver, USB_HOLDER_PROGRAM_DRIVER);
}

/**
 * usb_holder_dup_text:
 * @self: a holder
 *
 * Returns: (transfer full) (nullable): who it is, for a log: "fwupd, process 812"; %NULL when that
 *   cannot be told
 */
char *
usb_holder_dup_text (const UsbHolder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (usb_holder_is_kernel (self))
    return g_strdup_printf ("the kernel's driver %s", self->driver);

  if (self->program != NULL)
    return g_strdup_printf ("%s, process %u", self->program, self->process);

  return NULL;
}
