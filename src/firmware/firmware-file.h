/* firmware-file.h: reads a whole file, or says why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean firmware_file_is_missing (const GError *error);
gboolean firmware_file_check_size (guint64 size, guint64 max_size, GError **error);
GBytes *
firmware_file_read (GFile *file, guint64 max_size, GCancellable *cancellable, GError **error);

G_END_DECLS
