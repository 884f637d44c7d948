/* setup-rule-copy.h: our udev rule as a file, for somebody else to install
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void setup_rule_copy_save_async (GFile *file,
                                 const char *root,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean setup_rule_copy_save_finish (GAsyncResult *result, gboolean *outdated, GError **error);

G_END_DECLS
