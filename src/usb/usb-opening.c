/* usb-opening.c: from a device that was seen to one that is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-opening.h"

#include "usb-enumeration.h"
#include "usb-error-private.h"
#include "usb-sysfs.h"

/* libusb has only "input/output error" for a node that is just being taken away. */
static gboolean
has_left (UsbDevice *device)
{
  return usb_sysfs_is_available () &&
         !usb_sysfs_is_at (usb_device_get_port_path (device), usb_device_get_address (device));
}

/* Windows gives a device to one program at a time and tells all others that access is denied, as
 * libusb then does (winusbx_open() in its windows_winusb.c); permissions are for files. */
static int
correct_refusal (int code)
{
  return code == LIBUSB_ERROR_ACCESS && !usb_sysfs_is_available () ? LIBUSB_ERROR_BUSY : code;
}

/**
 * usb_opening_run:
 * @device: the device to open
 * @context: (out) (nullable): a context of libusb for nothing but this device; also of one that
 *   could not be opened
 * @handle: (out) (nullable): it, opened
 * @error: return location for an error
 *
 * Finds the device among those that libusb knows, and opens it. Any thread.
 *
 * Returns: whether it is open
 */
gboolean
usb_opening_run (UsbDevice *device,
                 libusb_context **context,
                 libusb_device_handle **handle,
                 GError **error)
{
  g_autofree char *what = g_strdup_printf ("Opening %s", usb_device_get_port_path (device));
  libusb_device **list = NULL;
  gssize n_devices;
  int code;

  code = libusb_init (context);
  if (code < 0) {
    usb_error_set_from_libusb (error, code, "Starting libusb");
    return FALSE;
  }

  n_devices = libusb_get_device_list (*context, &list);
  code = MIN (n_devices, 0);

  for (gssize i = 0; i < n_devices && *handle == NULL && code == 0; i++)
    if (usb_enumeration_is_at (list[i], device))
      code = correct_refusal (libusb_open (list[i], handle));

  if (list != NULL)
    libusb_free_device_list (list, TRUE);

  if (*handle == NULL && (code == 0 || has_left (device)))
    code = LIBUSB_ERROR_NO_DEVICE;

  if (code < 0)
    usb_error_set_from_libusb (error, code, what);

  return code == 0;
}
