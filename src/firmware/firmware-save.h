/* firmware-save.h: writes a whole file, or leaves everything as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean firmware_save (GFile *file,
                        GBytes *contents,
                        GPtrArray *inputs,
                        GCancellable *cancellable,
                        GError **error);
gboolean firmware_save_check (GFile *file, GCancellable *cancellable, GError **error);
void firmware_save_async (GFile *file,
                          GBytes *contents,
                          GPtrArray *inputs,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean firmware_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
