/* setup-rule-installer.c: installs udev's rule, and takes it away, with the helper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-installer.h"

/**
 * setup_rule_installer_run_async:
 * @action: %SETUP_ACTION_INSTALL_RULE, %SETUP_ACTION_INSTALL_RULE_FOR_ALL or
 *   %SETUP_ACTION_REMOVE_RULE
 * @cancellable: (nullable): a cancellable
 * @callback: called on the thread-default main context when it is over
 * @user_data: data for @callback
 *
 * Does it.
 */
void
setup_rule_installer_run_async (SetupAction action,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, setup_rule_installer_run_async);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "There is nothing yet that could do this");
}

/**
 * setup_rule_installer_run_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it was done
 */
gboolean
setup_rule_installer_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
