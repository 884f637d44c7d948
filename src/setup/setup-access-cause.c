/* setup-access-cause.c: why a person may use a board or may not (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-access.h"

static SetupAccessCause
find_cause_of_open (const SetupAccessFacts *facts)
{
  if (facts->rule.state == SETUP_RULE_STATE_OLDER)
    return SETUP_ACCESS_CAUSE_OPEN_BY_OLDER;

  if (facts->rule.other_is_open)
    return SETUP_ACCESS_CAUSE_OPEN_TO_ALL;

  return SETUP_ACCESS_CAUSE_OPEN;
}

/* The rule is there and gives the board to a group. */
static SetupAccessCause
find_cause_without_logind (const SetupAccessFacts *facts)
{
  const SetupPersonFacts *person = &facts->person;

  if (!person->group_exists)
    return SETUP_ACCESS_CAUSE_GROUP_MISSING;

  if (!facts->rule.for_group)
    return SETUP_ACCESS_CAUSE_RULE_WITHOUT_GROUP;

  if (!person->in_group)
    return person->listed_in_group ? SETUP_ACCESS_CAUSE_GROUP_LATER
                                   : SETUP_ACCESS_CAUSE_NOT_IN_GROUP;

  return facts->node.group != person->group ? SETUP_ACCESS_CAUSE_NOT_APPLIED
                                            : SETUP_ACCESS_CAUSE_UNEXPLAINED;
}

/* The rule is there and gives the board to whoever sits at the computer. */
static SetupAccessCause
find_cause_with_logind (const SetupAccessFacts *facts)
{
  if (facts->rule.undone_by != NULL)
    return SETUP_ACCESS_CAUSE_UNDONE;

  return facts->node.tagged && facts->node.is_listed ? SETUP_ACCESS_CAUSE_UNEXPLAINED
                                                     : SETUP_ACCESS_CAUSE_NOT_APPLIED;
}

static gboolean
covers (const SetupRuleFacts *rule)
{
  return rule->covers_device || rule->covers_all;
}

/* What would have to be written anew. */
static gboolean
is_for_others (const SetupAccessFacts *facts)
{
  return !covers (&facts->rule) || (!facts->person.logind && !facts->rule.for_group);
}

static SetupAccessCause
find_cause_in_rule (const SetupAccessFacts *facts)
{
  const SetupRuleFacts *rule = &facts->rule;

  switch (rule->state) {
  case SETUP_RULE_STATE_ABSENT:
    return facts->known ? SETUP_ACCESS_CAUSE_RULE_ABSENT : SETUP_ACCESS_CAUSE_RULE_ABSENT_UNKNOWN;
  case SETUP_RULE_STATE_OLDER:
    return facts->known || rule->covers_all ? SETUP_ACCESS_CAUSE_RULE_OLDER
                                            : SETUP_ACCESS_CAUSE_NOT_COVERED;
  case SETUP_RULE_STATE_FOREIGN:
    return SETUP_ACCESS_CAUSE_RULE_FOREIGN;
  case SETUP_RULE_STATE_MASKED:
    return SETUP_ACCESS_CAUSE_RULE_MASKED;
  case SETUP_RULE_STATE_SAME:
  case SETUP_RULE_STATE_NEWER:
    break;
  }

  if (is_for_others (facts) && rule->state == SETUP_RULE_STATE_NEWER)
    return SETUP_ACCESS_CAUSE_RULE_NEWER;

  if (!covers (rule))
    return SETUP_ACCESS_CAUSE_NOT_COVERED;

  return facts->person.logind ? find_cause_with_logind (facts) : find_cause_without_logind (facts);
}

/**
 * setup_access_find_cause:
 * @facts: the facts
 *
 * What no rule can mend comes before what a rule can.
 *
 * Returns: why the board can be used, or cannot
 */
SetupAccessCause
setup_access_find_cause (const SetupAccessFacts *facts)
{
  if (!facts->connected)
    return SETUP_ACCESS_CAUSE_NO_BOARD;

  if (facts->accessible)
    return find_cause_of_open (facts);

  if (facts->sandboxed)
    return facts->known ? SETUP_ACCESS_CAUSE_SANDBOX : SETUP_ACCESS_CAUSE_SANDBOX_UNKNOWN;

  if (!facts->node.udev_runs)
    return SETUP_ACCESS_CAUSE_NO_UDEV;

  if (facts->person.logind && !facts->person.seated)
    return SETUP_ACCESS_CAUSE_NOT_SEATED;

  return find_cause_in_rule (facts);
}
