/* usb-sysfs.h: what the kernel of Linux noted about a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean usb_sysfs_is_available (void);
gboolean usb_sysfs_is_at (const char *port_path, guint address);
char *usb_sysfs_dup_text (const char *port_path, const char *attribute);

G_END_DECLS
