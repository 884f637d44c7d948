/* usb-process.h: what other programs on this computer have open, on Linux
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @root is what every path begins with: "" for this computer. */
GArray *usb_process_list (const char *root);
char *usb_process_dup_name (const char *root, guint process);
gboolean usb_process_is_secret (const char *root, guint process);
gboolean usb_process_has_open (const char *root, guint process, const char *path);

G_END_DECLS
