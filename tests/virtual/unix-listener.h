/* unix-listener.h: a listening socket in the file system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * unix_listener_open:
 * @path: where the socket is to be; at most 107 bytes
 * @type: SOCK_STREAM or SOCK_SEQPACKET
 * @error: return location for an error
 *
 * Returns: a non-blocking listening socket, or -1
 */
int unix_listener_open (const char *path, int type, GError **error);

G_END_DECLS
