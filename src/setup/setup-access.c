/* setup-access.c: may this person use the board? (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-access.h"

#include <glib/gi18n.h>

#include "setup-rule-command.h"
#include "setup-rule-error.h"
#include "setup-symptom.h"
#include "usb-error.h"

typedef struct {
  SetupState state;
  SetupAction action;
  const char *summary; /* or NULL where it is that of an error: see find_symptom() */
  const char *advice;  /* or NULL where there is none, or it names something */
} Row;

#define FROM_TABLE NULL
#define USABLE N_ ("You may use the board.")

static const Row rows[] = {
  [SETUP_ACCESS_CAUSE_NO_BOARD] = { SETUP_STATE_SKIPPED, SETUP_ACTION_NONE,
                                    N_ ("This is asked once a board is in its bootloader."), NULL },
  [SETUP_ACCESS_CAUSE_OPEN] = { SETUP_STATE_GOOD, SETUP_ACTION_NONE, USABLE, NULL },
  [SETUP_ACCESS_CAUSE_OPEN_BY_OLDER] = { SETUP_STATE_GOOD, SETUP_ACTION_RENEW_RULE, USABLE,
                                         N_ ("The installed rule is from an older Bootlace. A "
                                             "renewed one knows more boards.") },
  [SETUP_ACCESS_CAUSE_OPEN_TO_ALL] = { SETUP_STATE_GOOD, SETUP_ACTION_NONE, USABLE, NULL },
  [SETUP_ACCESS_CAUSE_SANDBOX] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND, FROM_TABLE,
                                   N_ ("Bootlace runs in a sandbox, where it cannot change that. "
                                       "Run this command in a terminal; "
                                       "it installs a rule for the boards that Bootlace knows, in "
                                       "the "
                                       "place of any that Bootlace installed before, and asks for "
                                       "your password.") },
  [SETUP_ACCESS_CAUSE_SANDBOX_UNKNOWN] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND, FROM_TABLE,
                                           N_ ("Bootlace does not know this board, and runs in a "
                                               "sandbox, where it cannot change that. This "
                                               "command in a terminal installs a rule for "
                                               "everything that has a DFU interface, and asks for "
                                               "your password. Whoever sits at the computer can "
                                               "then write new firmware to any such device: a "
                                               "board as well as a headset or a camera.") },
  [SETUP_ACCESS_CAUSE_NO_UDEV] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, FROM_TABLE,
                                   N_ ("No udev runs here that could change that; this looks like "
                                       "a container. Give access to "
                                       "the board outside, or run Bootlace there.") },
  [SETUP_ACCESS_CAUSE_NOT_SEATED] = { SETUP_STATE_BAD, SETUP_ACTION_NONE,
                                      N_ ("The board is for whoever sits at the computer."),
                                      N_ ("Your session is not the one on the screen: you came "
                                          "over the network, or somebody else’s "
                                          "session is in front. Log in at the computer itself, or "
                                          "switch to your session.") },
  [SETUP_ACCESS_CAUSE_RULE_ABSENT] = { SETUP_STATE_BAD, SETUP_ACTION_INSTALL_RULE, FROM_TABLE,
                                       NULL },
  [SETUP_ACCESS_CAUSE_RULE_ABSENT_UNKNOWN] = { SETUP_STATE_BAD, SETUP_ACTION_INSTALL_RULE_FOR_ALL,
                                               FROM_TABLE,
                                               N_ ("Bootlace does not know this board. A rule can "
                                                   "let you use everything that has a DFU "
                                                   "interface. Whoever sits at the computer can "
                                                   "then write new firmware to any such device: a "
                                                   "board as well as a headset or a camera.") },
  [SETUP_ACCESS_CAUSE_RULE_OLDER] = { SETUP_STATE_BAD, SETUP_ACTION_RENEW_RULE, FROM_TABLE,
                                      N_ ("The installed rule is from an older Bootlace. Renew it; "
                                          "you are asked for a password.") },
  [SETUP_ACCESS_CAUSE_RULE_NEWER] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, FROM_TABLE,
                                      N_ ("It does not reach you and this board, and is left "
                                          "alone: this Bootlace could only put an older one in "
                                          "its place. Let the newer Bootlace change it.") },
  [SETUP_ACCESS_CAUSE_RULE_FOREIGN] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND, FROM_TABLE,
                                        NULL },
  [SETUP_ACCESS_CAUSE_RULE_MASKED] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                                       N_ ("Bootlace’s rule is switched off."), NULL },
  [SETUP_ACCESS_CAUSE_NOT_COVERED] = { SETUP_STATE_BAD, SETUP_ACTION_INSTALL_RULE_FOR_ALL,
                                       N_ ("Bootlace’s rule does not know this board."),
                                       N_ ("The rule can be made wider, for everything that has a "
                                           "DFU interface. Whoever sits at the "
                                           "computer can then write new firmware to any such "
                                           "device: a board as well as a headset or "
                                           "a camera.") },
  [SETUP_ACCESS_CAUSE_UNDONE] = { SETUP_STATE_BAD, SETUP_ACTION_NONE,
                                  N_ ("Another rule takes the access away again."), NULL },
  [SETUP_ACCESS_CAUSE_NOT_APPLIED] = { SETUP_STATE_BAD, SETUP_ACTION_APPLY_RULE,
                                       N_ ("The rule has not reached this board yet."),
                                       N_ ("It is installed, but came after the board. Apply it "
                                           "now; you are asked for a password. Or "
                                           "unplug the board and plug it in again.") },
  [SETUP_ACCESS_CAUSE_RULE_WITHOUT_GROUP] = { SETUP_STATE_BAD, SETUP_ACTION_RENEW_RULE, FROM_TABLE,
                                              N_ ("This computer does not keep track of who sits "
                                                  "at it, so the rule has to go by the group "
                                                  "plugdev. Renew it; you are asked for a "
                                                  "password.") },
  [SETUP_ACCESS_CAUSE_GROUP_MISSING] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND, FROM_TABLE,
                                         N_ ("This computer does not keep track of who sits at it, "
                                             "and the group plugdev, which would "
                                             "do instead, does not exist. This command makes it, "
                                             "adds you, and renews the rule. Then "
                                             "log out and in again.") },
  [SETUP_ACCESS_CAUSE_NOT_IN_GROUP] = { SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND, FROM_TABLE,
                                        N_ ("This computer does not keep track of who sits at it, "
                                            "so boards are for the group plugdev. "
                                            "This command adds you to it. Then log out and in "
                                            "again.") },
  [SETUP_ACCESS_CAUSE_GROUP_LATER] = { SETUP_STATE_BAD, SETUP_ACTION_NONE, FROM_TABLE,
                                       N_ ("You are in the group plugdev from your next login on. "
                                           "Log out and in again.") },
  [SETUP_ACCESS_CAUSE_UNEXPLAINED] = { SETUP_STATE_BAD, SETUP_ACTION_CHECK_AGAIN,
                                       N_ ("The board does not open, although the rule is there."),
                                       NULL },
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

static char *
dup_absent_advice (const SetupAccessFacts *facts)
{
  const SetupRuleFacts *rule = &facts->rule;
  const char *advice =
    setup_access_can_install (facts)
      ? _ ("Bootlace can install a rule that gives the boards it knows to whoever sits at this "
           "computer. You are asked for a password; nothing has to be plugged in again.")
      : _ ("A rule can give the boards that Bootlace knows to whoever sits at this computer. This "
           "command in a terminal installs it; nothing has to be plugged in again.");
  g_autofree char *other = NULL;

  if (rule->other_path == NULL)
    return g_strdup (advice);

  /* Translators: a file. This follows another sentence. */
  other = g_strdup_printf (_ ("There is another rule for it, %s, which does not reach you and "
                              "which Bootlace leaves alone."),
                           rule->other_path);

  return g_strdup_printf ("%s %s", advice, other);
}

/* What names something. */
static char *
dup_advice (SetupAccessCause cause, const SetupAccessFacts *facts)
{
  const SetupRuleFacts *rule = &facts->rule;
  const SetupNodeFacts *node = &facts->node;

  if (cause == SETUP_ACCESS_CAUSE_OPEN_TO_ALL)
    return g_strdup_printf (_ ("The rule %s lets everybody use it: every program of every person "
                               "on this computer, whether they sit at it or not. Bootlace’s own "
                               "rule gives boards only to whoever does. Bootlace leaves that file "
                               "alone."),
                            rule->other_path);

  if (cause == SETUP_ACCESS_CAUSE_RULE_ABSENT)
    return dup_absent_advice (facts);

  if (cause == SETUP_ACCESS_CAUSE_RULE_FOREIGN)
    return g_strdup_printf (_ ("Bootlace leaves the file %s alone. This command moves it out of "
                               "the way; then the rule can be installed."),
                            rule->path);

  if (cause == SETUP_ACCESS_CAUSE_RULE_MASKED)
    return g_strdup_printf (_ ("%s is empty or leads nowhere, so somebody wanted no such rule on "
                               "this computer. This command moves it out of the way; then the "
                               "rule can be installed."),
                            rule->path);

  if (cause == SETUP_ACCESS_CAUSE_UNDONE)
    return g_strdup_printf (_ ("Bootlace’s rule is in place, but %s is read after it and undoes "
                               "it. Ask whoever looks after this computer."),
                            rule->undone_by);

  if (cause == SETUP_ACCESS_CAUSE_UNEXPLAINED)
    return g_strdup_printf (_ ("Unplug the board and plug it in again. If that does not help, this "
                               "may: %s has the permissions %04o, user %u and group %u."),
                            node->path, node->mode, node->owner, node->group);

  return rows[cause].advice != NULL ? g_strdup (_ (rows[cause].advice)) : NULL;
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

/**
 * setup_access_dup_remove_command:
 * @facts: the facts
 *
 * Returns: (transfer full): what removes the rule, in a terminal
 */
char *
setup_access_dup_remove_command (const SetupAccessFacts *facts)
{
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

/* What a failure for the same reason is told with. */
static const SetupSymptom *
find_symptom (SetupAccessCause cause)
{
  if (cause == SETUP_ACCESS_CAUSE_RULE_FOREIGN)
    return setup_symptom_find_code (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NOT_OURS, SETUP_MOMENT_ANY);

  if (cause == SETUP_ACCESS_CAUSE_RULE_NEWER)
    return setup_symptom_find_code (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NEWER, SETUP_MOMENT_ANY);

  return setup_symptom_find_code (USB_ERROR, USB_ERROR_ACCESS, SETUP_MOMENT_ANY);
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
  const Row *row = &rows[cause];
  const char *summary = row->summary != NULL ? row->summary : find_symptom (cause)->summary;
  g_autofree char *advice = dup_advice (cause, facts);
  g_autofree char *command = dup_command (cause, facts);

  return setup_verdict_new (row->state, _ (summary), advice, find_action (cause, facts), command);
}
