/* setup-rule-copy.c: our udev rule as a file, for somebody else to install
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-copy.h"

#include <stdlib.h>
#include <string.h>

#include "firmware-save.h"
#include "setup-access.h"
#include "setup-rule-text.h"

typedef struct {
  GFile *file;
  char *root;
  gboolean outdated;
} Copy;

static void
free_copy (Copy *copy)
{
  g_object_unref (copy->file);
  g_free (copy->root);
  g_free (copy);
}

/* Worker thread. */
static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Copy *copy = task_data;
  g_auto (SetupAccessFacts) facts = { 0 };
  g_autoptr (GPtrArray) no_inputs = g_ptr_array_new ();
  g_autoptr (GBytes) contents = NULL;
  GError *error = NULL;
  char *text = NULL;

  setup_access_gather_boardless (&facts, copy->root);
  copy->outdated = facts.rule.state == SETUP_RULE_STATE_NEWER;

  text = setup_rule_text_new (setup_access_find_flags (&facts));
  contents = g_bytes_new_with_free_func (text, strlen (text), free, text);

  if (firmware_save (copy->file, contents, no_inputs, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * setup_rule_copy_save_async:
 * @file: where to save the rule; what is there is replaced
 * @root: what the path of every file that is read begins with
 * @cancellable: (nullable): a cancellable
 * @callback: called on the thread-default main context when it is over
 * @user_data: data for @callback
 *
 * Saves the rule that this computer needs: with the group where nobody knows who sits at it, and
 * for all devices where the one that is installed is.
 */
void
setup_rule_copy_save_async (GFile *file,
                            const char *root,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  copy->file = g_object_ref (file);
  copy->root = g_strdup (root);
  g_task_set_source_tag (task, setup_rule_copy_save_async);
  g_task_set_task_data (task, copy, (GDestroyNotify) free_copy);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * setup_rule_copy_save_finish:
 * @result: what the callback was given
 * @outdated: (out): whether a newer version's rule is installed, which this one must not replace
 * @error: return location for a %G_IO_ERROR
 *
 * Returns: whether it was saved
 */
gboolean
setup_rule_copy_save_finish (GAsyncResult *result, gboolean *outdated, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (outdated != NULL, FALSE);

  *outdated = ((Copy *) g_task_get_task_data (G_TASK (result)))->outdated;

  return g_task_propagate_boolean (G_TASK (result), error);
}
