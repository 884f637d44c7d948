/* virtual-path.h: what a port path says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "1-2.4" is port 4 of the hub at port 2 of bus 1; "usb1" is bus 1's root hub.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a board may be put there. */
gboolean virtual_path_check (const char *path, GError **error);
guint virtual_path_get_bus_number (const char *path);

/* "1-2.4" hangs from "1-2", and that from "usb1". */
char *virtual_path_dup_parent (const char *path);

/* Below /sys. */
char *virtual_path_dup_devpath (const char *path);

G_END_DECLS
