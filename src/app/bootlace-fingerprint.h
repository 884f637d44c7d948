/* bootlace-fingerprint.h: tells whether files have changed, without reading them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *bootlace_fingerprint_new (GPtrArray *files, gint64 *modified);

void bootlace_fingerprint_new_async (GPtrArray *files,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *bootlace_fingerprint_new_finish (GAsyncResult *result, GError **error);

G_END_DECLS
