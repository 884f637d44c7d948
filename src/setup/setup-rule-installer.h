/* setup-rule-installer.h: installs udev's rule, and takes it away, with the helper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "setup-rule-error.h"
#include "setup-verdict.h"
#include "usb-device.h"

G_BEGIN_DECLS

GError *setup_rule_error_new_for_status (int status);

gboolean setup_rule_installer_is_open_to_root (void);
gboolean setup_rule_installer_is_wanted_by_root (void);

void setup_rule_installer_run_async (SetupAction action,
                                     UsbDevice *device,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean setup_rule_installer_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
