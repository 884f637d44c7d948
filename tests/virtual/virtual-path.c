/* virtual-path.c: what a port path says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-path.h"

#include "bus-sysfs.h"

#include <gio/gio.h>
#include <string.h>

guint
virtual_path_get_bus_number (const char *path)
{
  return g_ascii_digit_value (g_str_has_prefix (path, "usb") ? path[3] : path[0]);
}

/* "1-2.4" hangs from "1-2", and that from "usb1". */
char *
virtual_path_dup_parent (const char *path)
{
  const char *dot = strrchr (path, '.');

  if (dot != NULL)
    return g_strndup (path, dot - path);

  return g_strdup_printf ("usb%u", virtual_path_get_bus_number (path));
}

char *
virtual_path_dup_devpath (const char *path)
{
  g_autofree char *parent = NULL;
  g_autofree char *parent_devpath = NULL;

  if (g_str_has_prefix (path, "usb"))
    return g_strdup_printf ("/" BUS_SYSFS_CONTROLLER "/%s", path);

  parent = virtual_path_dup_parent (path);
  parent_devpath = virtual_path_dup_devpath (parent);

  return g_strdup_printf ("%s/%s", parent_devpath, path);
}

gboolean
virtual_path_check (const char *path, GError **error)
{
  if (g_regex_match_simple ("^[1-9]-([1-9]|1[0-5])(\\.([1-9]|1[0-5])){0,5}$", path, 0, 0))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a port path", path);

  return FALSE;
}
