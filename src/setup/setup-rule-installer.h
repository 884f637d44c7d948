/* setup-rule-installer.h: installs udev's rule, and takes it away, with the helper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "setup-verdict.h"

G_BEGIN_DECLS

void setup_rule_installer_run_async (SetupAction action,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean setup_rule_installer_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
