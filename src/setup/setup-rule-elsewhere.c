/* setup-rule-elsewhere.c: what there is of udev's rule where there is no udev
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody is asked about access there, so nobody is offered any of this.
 */

#include "setup-access.h"
#include "setup-rule-copy.h"

void
setup_access_facts_clear (SetupAccessFacts *self)
{
  *self = (SetupAccessFacts){ .connected = FALSE };
}

void
setup_access_gather_boardless (SetupAccessFacts *self, const char *root)
{
  *self = (SetupAccessFacts){ .connected = FALSE };
}

gboolean
setup_access_can_install (const SetupAccessFacts *facts)
{
  return FALSE;
}

char *
setup_access_dup_wide_command (const SetupAccessFacts *facts)
{
  return NULL;
}

char *
setup_access_dup_remove_command (const SetupAccessFacts *facts)
{
  return NULL;
}

void
setup_rule_copy_save_async (GFile *file,
                            const char *root,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_task_report_new_error (NULL, callback, user_data, setup_rule_copy_save_async, G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED, "Rules need udev");
}

gboolean
setup_rule_copy_save_finish (GAsyncResult *result, gboolean *outdated, GError **error)
{
  *outdated = FALSE;

  return g_task_propagate_boolean (G_TASK (result), error);
}
