/* usb-sysfs.c: what the kernel of Linux noted about a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-sysfs.h"

#include "usb-string.h"

#define DEVICES "/sys/bus/usb/devices"

static char *
read_attribute (const char *port_path, const char *attribute)
{
  g_autofree char *path = g_build_filename (DEVICES, port_path, attribute, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  return g_strchomp (text);
}

/**
 * usb_sysfs_is_available:
 *
 * Returns: whether there is a kernel that can be asked this way
 */
gboolean
usb_sysfs_is_available (void)
{
#ifdef G_OS_WIN32
  /* What has this name is that of the system around Wine. */
  return FALSE;
#else
  return g_file_test (DEVICES, G_FILE_TEST_IS_DIR);
#endif
}

/**
 * usb_sysfs_is_at:
 * @port_path: where a device is plugged in
 * @address: its address on the bus
 *
 * Looks whether a device is still the one that it was. What is read of a port before this said
 * yes is about that device: an address does not come back at once.
 *
 * Returns: whether the device at @port_path has @address
 */
gboolean
usb_sysfs_is_at (const char *port_path, guint address)
{
  g_autofree char *text = NULL;
  guint64 number;

  g_return_val_if_fail (port_path != NULL, FALSE);

  text = read_attribute (port_path, "devnum");

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT8, &number, NULL) &&
         number == address;
}

/**
 * usb_sysfs_dup_text:
 * @port_path: where a device is plugged in
 * @attribute: "manufacturer", "product" or "serial"
 *
 * Reads what the device answered when the kernel asked it; it is not asked again.
 *
 * Returns: (transfer full) (nullable): text that can be shown, or %NULL when there is none
 */
char *
usb_sysfs_dup_text (const char *port_path, const char *attribute)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (port_path != NULL, NULL);
  g_return_val_if_fail (attribute != NULL, NULL);

  text = read_attribute (port_path, attribute);
  if (text == NULL)
    return NULL;

  return usb_string_make_printable (text);
}
