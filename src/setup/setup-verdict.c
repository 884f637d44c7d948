/* setup-verdict.c: the answer to one question of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-verdict.h"

G_DEFINE_ENUM_TYPE (SetupState,
                    setup_state,
                    G_DEFINE_ENUM_VALUE (SETUP_STATE_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (SETUP_STATE_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (SETUP_STATE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (SETUP_STATE_DOUBTFUL, "doubtful"),
                    G_DEFINE_ENUM_VALUE (SETUP_STATE_BAD, "bad"),
                    G_DEFINE_ENUM_VALUE (SETUP_STATE_SKIPPED, "skipped"))

G_DEFINE_ENUM_TYPE (SetupAction,
                    setup_action,
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_CHECK_AGAIN, "check-again"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_INSTALL_RULE, "install-rule"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_RENEW_RULE, "renew-rule"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_APPLY_RULE, "apply-rule"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_INSTALL_RULE_FOR_ALL, "install-rule-for-all"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_REMOVE_RULE, "remove-rule"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_COPY_COMMAND, "copy-command"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_SAVE_RULE, "save-rule"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_INSTALL_DRIVER, "install-driver"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_SHOW_BOOTLOADER, "show-bootloader"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_SHOW_WIRING, "show-wiring"),
                    G_DEFINE_ENUM_VALUE (SETUP_ACTION_SHOW_LIMITS, "show-limits"))

/**
 * setup_action_simplify:
 * @action: what a button can do
 *
 * Returns: what is done then: the helper does the same whatever a button calls it
 */
SetupAction
setup_action_simplify (SetupAction action)
{
  return action == SETUP_ACTION_RENEW_RULE || action == SETUP_ACTION_APPLY_RULE
           ? SETUP_ACTION_INSTALL_RULE
           : action;
}

G_DEFINE_BOXED_TYPE (SetupVerdict, setup_verdict, setup_verdict_copy, setup_verdict_free)

/**
 * setup_verdict_new:
 * @state: how the question is answered
 * @summary: the answer, translated
 * @advice: (nullable): what to do, translated
 * @action: what a button can do about it
 * @command: (nullable): what to type into a terminal to the same end
 *
 * Creates an answer.
 *
 * Returns: (transfer full): a verdict
 */
SetupVerdict *
setup_verdict_new (SetupState state,
                   const char *summary,
                   const char *advice,
                   SetupAction action,
                   const char *command)
{
  SetupVerdict *self = NULL;

  g_return_val_if_fail (summary != NULL, NULL);

  self = g_new0 (SetupVerdict, 1);
  self->state = state;
  self->summary = g_strdup (summary);
  self->advice = g_strdup (advice);
  self->action = action;
  self->command = g_strdup (command);

  return self;
}

/**
 * setup_verdict_new_plain:
 * @state: how the question is answered
 * @summary: the answer, translated
 *
 * Creates an answer to which there is nothing to add, and about which nothing is to be done.
 *
 * Returns: (transfer full): a verdict
 */
SetupVerdict *
setup_verdict_new_plain (SetupState state, const char *summary)
{
  return setup_verdict_new (state, summary, NULL, SETUP_ACTION_NONE, NULL);
}

/**
 * setup_verdict_copy:
 * @self: a verdict
 *
 * Returns: (transfer full): another one that says the same
 */
SetupVerdict *
setup_verdict_copy (const SetupVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return setup_verdict_new (self->state, self->summary, self->advice, self->action, self->command);
}

/**
 * setup_verdict_free:
 * @self: (transfer full): a verdict
 *
 * Frees a verdict.
 */
void
setup_verdict_free (SetupVerdict *self)
{
  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->advice, g_free);
  g_clear_pointer (&self->command, g_free);
  g_free (self);
}

/**
 * setup_verdict_equal:
 * @self: a verdict
 * @other: another one
 *
 * Returns: whether they say the same
 */
gboolean
setup_verdict_equal (const SetupVerdict *self, const SetupVerdict *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return self->state == other->state && self->action == other->action &&
         g_str_equal (self->summary, other->summary) &&
         g_strcmp0 (self->advice, other->advice) == 0 &&
         g_strcmp0 (self->command, other->command) == 0;
}
