/* setup-access.c: may this person use the board? (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-access.h"

#include <glib/gi18n.h>

#include "setup-rule-command.h"
#include "setup-sign.h"

typedef struct {
  SetupState state;
  SetupAction action;
  SetupSign sign;
} Row;

/* What there is to say something about; of the others see setup_access_decide(). */
static const Row rows[] = {
  [SETUP_ACCESS_CAUSE_OPEN_BY_OLDER] = { SETUP_STATE_GOOD, SETUP_ACTION_RENEW_RULE,
                                         SETUP_SIGN_OPEN_BY_OLDER },
  [SETUP_ACCESS_CAUSE_OPEN_TO_ALL] = { SETUP_STATE_GOOD, SETUP_ACTION_NONE,
                                       SETUP_SIGN_OPEN_TO_ALL },
  [SETUP_ACCESS_CAUSE_SANDBOX] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND, SETUP_SIGN_SANDBOX },
  [SETUP_ACCESS_CAUSE_SANDBOX_UNKNOWN] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                                           SETUP_SIGN_SANDBOX_UNKNOWN },
  [SETUP_ACCESS_CAUSE_NO_UDEV] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, SETUP_SIGN_NO_UDEV },
  [SETUP_ACCESS_CAUSE_NOT_SEATED] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, SETUP_SIGN_NOT_SEATED },
  [SETUP_ACCESS_CAUSE_RULE_ABSENT] = { SETUP_STATE_BAD, SETUP_ACTION_INSTALL_RULE,
                                       SETUP_SIGN_RULE_ABSENT },
  [SETUP_ACCESS_CAUSE_RULE_ABSENT_UNKNOWN] = { SETUP_STATE_BAD, SETUP_ACTION_INSTALL_RULE_FOR_ALL,
                                               SETUP_SIGN_RULE_ABSENT_UNKNOWN },
  [SETUP_ACCESS_CAUSE_RULE_OLDER] = { SETUP_STATE_BAD, SETUP_ACTION_RENEW_RULE,
                                      SETUP_SIGN_RULE_OLDER },
  [SETUP_ACCESS_CAUSE_RULE_NEWER] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, SETUP_SIGN_RULE_NEWER },
  [SETUP_ACCESS_CAUSE_RULE_FOREIGN] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                                        SETUP_SIGN_RULE_FOREIGN },
  [SETUP_ACCESS_CAUSE_RULE_MASKED] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                                       SETUP_SIGN_RULE_MASKED },
  [SETUP_ACCESS_CAUSE_NOT_COVERED] = { SETUP_STATE_BAD, SETUP_ACTION_INSTALL_RULE_FOR_ALL,
                                       SETUP_SIGN_RULE_TOO_NARROW },
  [SETUP_ACCESS_CAUSE_UNDONE] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, SETUP_SIGN_RULE_UNDONE },
  [SETUP_ACCESS_CAUSE_NOT_APPLIED] = { SETUP_STATE_BAD, SETUP_ACTION_APPLY_RULE,
                                       SETUP_SIGN_RULE_NOT_APPLIED },
  [SETUP_ACCESS_CAUSE_RULE_WITHOUT_GROUP] = { SETUP_STATE_BAD, SETUP_ACTION_RENEW_RULE,
                                              SETUP_SIGN_RULE_WITHOUT_GROUP },
  [SETUP_ACCESS_CAUSE_GROUP_MISSING] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                                         SETUP_SIGN_GROUP_MISSING },
  [SETUP_ACCESS_CAUSE_NOT_IN_GROUP] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                                        SETUP_SIGN_NOT_IN_GROUP },
  [SETUP_ACCESS_CAUSE_GROUP_LATER] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, SETUP_SIGN_GROUP_LATER },
  [SETUP_ACCESS_CAUSE_UNEXPLAINED] = { SETUP_STATE_BAD, SETUP_ACTION_CHECK_AGAIN,
                                       SETUP_SIGN_ACCESS_UNEXPLAINED },
};

/**
 * setup_access_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_access_facts_clear (SetupAccessFacts *self)
{
  setup_node_facts_clear (&self->node);
  setup_rule_facts_clear (&self->rule);
  setup_person_facts_clear (&self->person);
  g_clear_pointer (&self->printer, g_free);
}

/**
 * setup_access_can_install:
 * @facts: the facts
 *
 * Returns: whether a click can install the rule, and remove it
 */
gboolean
setup_access_can_install (const SetupAccessFacts *facts)
{
  return facts->has_helper && facts->has_polkit && !facts->sandboxed;
}

/**
 * setup_access_find_flags:
 * @facts: the facts
 *
 * A rule that is for all devices stays so. Who sits at the computer is not to be seen from a
 * sandbox, which says nothing against its being known.
 *
 * Returns: what a rule for this computer is to cover; of #SetupRuleFlags
 */
guint
setup_access_find_flags (const SetupAccessFacts *facts)
{
  const gboolean goes_by_group = !facts->sandboxed && !facts->person.logind;

  return (facts->rule.covers_all ? SETUP_RULE_ALL_DEVICES : 0) |
         (goes_by_group ? SETUP_RULE_GROUP : 0);
}

/* Of what a newer version wrote, the older one would know less. @more is of #SetupRuleFlags. */
static char *
dup_install_command (const SetupAccessFacts *facts, guint more)
{
  const guint flags = setup_access_find_flags (facts) | more;
  g_autofree char *printer = NULL;

  if (facts->rule.state == SETUP_RULE_STATE_NEWER)
    return g_strdup (SETUP_RULE_COMMAND_APPLY);

  if (facts->sandboxed)
    return setup_rule_command_new_print (SETUP_RULE_COMMAND_FLATPAK, flags);

  if (facts->has_helper)
    return setup_rule_command_new_helper (flags);

  if (facts->printer == NULL)
    return setup_rule_command_new_text (flags);

  printer = setup_rule_command_quote (facts->printer);

  return setup_rule_command_new_print (printer, flags);
}

/**
 * setup_access_dup_wide_command:
 * @facts: the facts
 *
 * Returns: (transfer full) (nullable): what installs the rule for all devices with DFU, in a
 *   terminal; %NULL where a file has its name that is to be left alone
 */
char *
setup_access_dup_wide_command (const SetupAccessFacts *facts)
{
  const SetupRuleState state = facts->rule.state;

  if (state == SETUP_RULE_STATE_NEWER || state == SETUP_RULE_STATE_FOREIGN ||
      state == SETUP_RULE_STATE_MASKED)
    return NULL;

  return dup_install_command (facts, SETUP_RULE_ALL_DEVICES);
}

/* A sandbox does not see whether there is one. A package's own is for whoever packs it. */
static gboolean
may_be_removed (const SetupAccessFacts *facts)
{
  const SetupRuleState state = facts->rule.state;
  const gboolean ours = state == SETUP_RULE_STATE_OLDER || state == SETUP_RULE_STATE_SAME ||
                        state == SETUP_RULE_STATE_NEWER;

  return facts->sandboxed || (ours && facts->rule.path != NULL &&
                              g_str_has_prefix (facts->rule.path, SETUP_RULE_FOLDER "/"));
}

/**
 * setup_access_dup_remove_command:
 * @facts: the facts
 *
 * Returns: (transfer full) (nullable): what removes the rule, in a terminal; %NULL where there is
 *   none of ours
 */
char *
setup_access_dup_remove_command (const SetupAccessFacts *facts)
{
  if (!may_be_removed (facts))
    return NULL;

  return facts->has_helper && !facts->sandboxed ? setup_rule_command_new_helper_remove ()
                                                : setup_rule_command_new_remove ();
}

static char *
dup_join_command (const SetupAccessFacts *facts)
{
  return setup_rule_command_new_join (facts->person.name != NULL ? facts->person.name : "$USER");
}

static char *
dup_group_command (const SetupAccessFacts *facts)
{
  g_autofree char *join = dup_join_command (facts);
  g_autofree char *install = dup_install_command (facts, 0);

  return g_strdup_printf ("sudo groupadd --system " SETUP_RULE_GROUP_NAME " && %s && %s", join,
                          install);
}

static char *
dup_command (SetupAccessCause cause, const SetupAccessFacts *facts)
{
  const SetupAction action = setup_action_simplify (rows[cause].action);

  if (cause == SETUP_ACCESS_CAUSE_RULE_FOREIGN || cause == SETUP_ACCESS_CAUSE_RULE_MASKED)
    return setup_rule_command_new_set_aside (facts->rule.path);

  if (cause == SETUP_ACCESS_CAUSE_NOT_APPLIED)
    return g_strdup (SETUP_RULE_COMMAND_APPLY);

  if (cause == SETUP_ACCESS_CAUSE_NOT_IN_GROUP)
    return dup_join_command (facts);

  if (cause == SETUP_ACCESS_CAUSE_GROUP_MISSING)
    return dup_group_command (facts);

  if (cause == SETUP_ACCESS_CAUSE_SANDBOX || action == SETUP_ACTION_INSTALL_RULE)
    return dup_install_command (facts, 0);

  if (cause == SETUP_ACCESS_CAUSE_SANDBOX_UNKNOWN || action == SETUP_ACTION_INSTALL_RULE_FOR_ALL)
    return dup_install_command (facts, SETUP_RULE_ALL_DEVICES);

  return NULL;
}

/* A rule that is newer stays newer. Without the helper or polkit a click can only copy the
 * command. */
static SetupAction
find_action (SetupAccessCause cause, const SetupAccessFacts *facts)
{
  const SetupAction action = rows[cause].action;

  if (setup_action_simplify (action) != SETUP_ACTION_INSTALL_RULE &&
      action != SETUP_ACTION_INSTALL_RULE_FOR_ALL)
    return action;

  if (!setup_access_can_install (facts))
    return SETUP_ACTION_COPY_COMMAND;

  if (cause == SETUP_ACCESS_CAUSE_NOT_APPLIED && facts->rule.state == SETUP_RULE_STATE_NEWER)
    return SETUP_ACTION_COPY_COMMAND;

  return action;
}

static SetupSign
find_sign (SetupAccessCause cause, const SetupAccessFacts *facts)
{
  if (cause == SETUP_ACCESS_CAUSE_RULE_ABSENT && !setup_access_can_install (facts))
    return SETUP_SIGN_RULE_ABSENT_BY_HAND;

  return rows[cause].sign;
}

/* Which file there is something to say about. */
static const char *
find_path (SetupAccessCause cause, const SetupAccessFacts *facts)
{
  if (cause == SETUP_ACCESS_CAUSE_OPEN_TO_ALL)
    return facts->rule.other_path;

  if (cause == SETUP_ACCESS_CAUSE_UNDONE)
    return facts->rule.undone_by;

  return cause == SETUP_ACCESS_CAUSE_UNEXPLAINED ? facts->node.path : facts->rule.path;
}

static SetupVerdict *
answer (SetupAccessCause cause, const SetupAccessFacts *facts)
{
  const SetupNodeFacts *node = &facts->node;
  g_autofree char *command = dup_command (cause, facts);
  g_autofree char *mode = g_strdup_printf ("%04o", node->mode);
  g_autofree char *user = g_strdup_printf ("%u", node->owner);
  g_autofree char *group = g_strdup_printf ("%u", node->group);

  return setup_sign_answer (find_sign (cause, facts), rows[cause].state, find_action (cause, facts),
                            command, "{path}", find_path (cause, facts), "{mode}", mode, "{user}",
                            user, "{group}", group, NULL);
}

/* Somebody else's rule that is for the board, too. */
static void
mention_other (SetupVerdict *verdict, const char *path)
{
  g_autofree char *advice = g_steal_pointer (&verdict->advice);
  /* Translators: a file. This follows another sentence. */
  g_autofree char *other = g_strdup_printf (_ ("There is another rule for it, %s, which does not "
                                               "reach you and which Bootlace leaves alone."),
                                            path);

  verdict->advice = g_strdup_printf ("%s %s", advice, other);
}

/**
 * setup_access_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_access_decide (const SetupAccessFacts *facts)
{
  const SetupAccessCause cause = setup_access_find_cause (facts);
  SetupVerdict *verdict = NULL;

  if (cause == SETUP_ACCESS_CAUSE_NO_BOARD)
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is asked once a board is in its bootloader."));

  if (cause == SETUP_ACCESS_CAUSE_OPEN)
    return setup_verdict_new_plain (SETUP_STATE_GOOD, _ ("You may use the board."));

  verdict = answer (cause, facts);
  if (cause == SETUP_ACCESS_CAUSE_RULE_ABSENT && facts->rule.other_path != NULL)
    mention_other (verdict, facts->rule.other_path);

  return verdict;
}
