/* setup-access.h: may this person use the board? (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-node.h"
#include "setup-person.h"
#include "setup-rule-search.h"
#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupAccessFacts:
 * @connected: whether there is a board that speaks DFU
 * @accessible: whether this person may open its node
 * @known: whether it is one of the boards that every rule of ours is for
 * @sandboxed: whether this is a Flatpak, which cannot see or change the computer's rules
 * @has_helper: whether the setup helper is installed
 * @has_polkit: whether polkit's pkexec is there to run it as root
 * @printer: (nullable): where bootlace-cli is, which can print the rule
 * @node: what is to be seen of its node
 * @rule: what udev's rules have to say about it
 * @person: who wants to use it
 *
 * What decides about access.
 */
typedef struct {
  gboolean connected;
  gboolean accessible;
  gboolean known;
  gboolean sandboxed;
  gboolean has_helper;
  gboolean has_polkit;
  char *printer;
  SetupNodeFacts node;
  SetupRuleFacts rule;
  SetupPersonFacts person;
} SetupAccessFacts;

void setup_access_facts_clear (SetupAccessFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupAccessFacts, setup_access_facts_clear)

/**
 * SetupAccessCause:
 * @SETUP_ACCESS_CAUSE_NO_BOARD: there is nothing to open
 * @SETUP_ACCESS_CAUSE_OPEN: nothing is in the way
 * @SETUP_ACCESS_CAUSE_OPEN_BY_OLDER: nothing is, but our rule is from an older version
 * @SETUP_ACCESS_CAUSE_OPEN_TO_ALL: nothing is, for nobody: somebody else's rule lets everybody in,
 *   whether ours is there too or not
 * @SETUP_ACCESS_CAUSE_SANDBOX: it is forbidden, and a sandbox can do nothing about that
 * @SETUP_ACCESS_CAUSE_SANDBOX_UNKNOWN: the same, and only the rule for all devices would help
 * @SETUP_ACCESS_CAUSE_NO_UDEV: nobody acts upon rules here
 * @SETUP_ACCESS_CAUSE_NOT_SEATED: the person does not sit at the computer
 * @SETUP_ACCESS_CAUSE_RULE_ABSENT: our rule is not installed
 * @SETUP_ACCESS_CAUSE_RULE_ABSENT_UNKNOWN: the same, and only the rule for all devices would help
 * @SETUP_ACCESS_CAUSE_RULE_OLDER: our rule is from an older version
 * @SETUP_ACCESS_CAUSE_RULE_NEWER: our rule is from a newer version and not for this board or group
 * @SETUP_ACCESS_CAUSE_RULE_FOREIGN: a file that is not ours has its name
 * @SETUP_ACCESS_CAUSE_RULE_MASKED: our rule has been switched off
 * @SETUP_ACCESS_CAUSE_NOT_COVERED: our rule is only for boards that are known
 * @SETUP_ACCESS_CAUSE_UNDONE: a later rule takes away what ours gives
 * @SETUP_ACCESS_CAUSE_NOT_APPLIED: udev has not looked at the board since the rule came
 * @SETUP_ACCESS_CAUSE_RULE_WITHOUT_GROUP: our rule is for a computer that knows who sits at it
 * @SETUP_ACCESS_CAUSE_GROUP_MISSING: there is no group for the rule
 * @SETUP_ACCESS_CAUSE_NOT_IN_GROUP: the person is not in the group
 * @SETUP_ACCESS_CAUSE_GROUP_LATER: the person is, from the next login on
 * @SETUP_ACCESS_CAUSE_UNEXPLAINED: all is as it should be, but the node does not open
 *
 * Why a person may use a board or may not.
 */
typedef enum {
  SETUP_ACCESS_CAUSE_NO_BOARD,
  SETUP_ACCESS_CAUSE_OPEN,
  SETUP_ACCESS_CAUSE_OPEN_BY_OLDER,
  SETUP_ACCESS_CAUSE_OPEN_TO_ALL,
  SETUP_ACCESS_CAUSE_SANDBOX,
  SETUP_ACCESS_CAUSE_SANDBOX_UNKNOWN,
  SETUP_ACCESS_CAUSE_NO_UDEV,
  SETUP_ACCESS_CAUSE_NOT_SEATED,
  SETUP_ACCESS_CAUSE_RULE_ABSENT,
  SETUP_ACCESS_CAUSE_RULE_ABSENT_UNKNOWN,
  SETUP_ACCESS_CAUSE_RULE_OLDER,
  SETUP_ACCESS_CAUSE_RULE_NEWER,
  SETUP_ACCESS_CAUSE_RULE_FOREIGN,
  SETUP_ACCESS_CAUSE_RULE_MASKED,
  SETUP_ACCESS_CAUSE_NOT_COVERED,
  SETUP_ACCESS_CAUSE_UNDONE,
  SETUP_ACCESS_CAUSE_NOT_APPLIED,
  SETUP_ACCESS_CAUSE_RULE_WITHOUT_GROUP,
  SETUP_ACCESS_CAUSE_GROUP_MISSING,
  SETUP_ACCESS_CAUSE_NOT_IN_GROUP,
  SETUP_ACCESS_CAUSE_GROUP_LATER,
  SETUP_ACCESS_CAUSE_UNEXPLAINED,
} SetupAccessCause;

SetupAccessCause setup_access_find_cause (const SetupAccessFacts *facts);
guint setup_access_find_flags (const SetupAccessFacts *facts);
gboolean setup_access_can_install (const SetupAccessFacts *facts);
char *setup_access_dup_wide_command (const SetupAccessFacts *facts);
char *setup_access_dup_remove_command (const SetupAccessFacts *facts);
SetupVerdict *setup_access_decide (const SetupAccessFacts *facts);

void setup_access_gather_boardless (SetupAccessFacts *self, const char *root);
void setup_access_gather (SetupAccessFacts *self, const SetupSituation *situation);
SetupVerdict *setup_access_answer (const SetupSituation *situation);

G_END_DECLS
