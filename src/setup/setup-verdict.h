/* setup-verdict.h: the answer to one question of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SetupState:
 * @SETUP_STATE_CHECKING: the answer is being found
 * @SETUP_STATE_GOOD: nothing is in the way
 * @SETUP_STATE_WAITING: the person is to do something first, such as plugging in a board
 * @SETUP_STATE_DOUBTFUL: it may work, but something is not as it should be
 * @SETUP_STATE_BAD: this is in the way
 * @SETUP_STATE_SKIPPED: the question does not arise, or not before an earlier one is answered
 *
 * How a question is answered. The nicks are "checking", "good", "waiting", "doubtful", "bad" and
 * "skipped".
 */
typedef enum {
  SETUP_STATE_CHECKING,
  SETUP_STATE_GOOD,
  SETUP_STATE_WAITING,
  SETUP_STATE_DOUBTFUL,
  SETUP_STATE_BAD,
  SETUP_STATE_SKIPPED,
} SetupState;

#define SETUP_TYPE_STATE (setup_state_get_type ())
GType setup_state_get_type (void);

/**
 * SetupAction:
 * @SETUP_ACTION_NONE: nothing that a program can do
 * @SETUP_ACTION_CHECK_AGAIN: look once more
 * @SETUP_ACTION_INSTALL_RULE: install the udev rule with the helper
 * @SETUP_ACTION_RENEW_RULE: the same where there is one: one for all devices stays so
 * @SETUP_ACTION_APPLY_RULE: the same where it only has to reach what is connected
 * @SETUP_ACTION_INSTALL_RULE_FOR_ALL: install a udev rule for whatever has a DFU interface
 * @SETUP_ACTION_REMOVE_RULE: remove the udev rule with the helper
 * @SETUP_ACTION_COPY_COMMAND: put the verdict's command on the clipboard
 * @SETUP_ACTION_SAVE_RULE: save the rule's file for somebody to install
 * @SETUP_ACTION_INSTALL_DRIVER: go through Zadig, step by step (Windows)
 * @SETUP_ACTION_SHOW_BOOTLOADER: show how a board gets into its bootloader
 * @SETUP_ACTION_SHOW_WIRING: show how the USB lines are wired
 * @SETUP_ACTION_SHOW_LIMITS: show when DFU cannot work
 *
 * The one thing that a button can do about an answer. The nicks are the words behind SETUP_ACTION_
 * in lower case with hyphens.
 */
typedef enum {
  SETUP_ACTION_NONE,
  SETUP_ACTION_CHECK_AGAIN,
  SETUP_ACTION_INSTALL_RULE,
  SETUP_ACTION_RENEW_RULE,
  SETUP_ACTION_APPLY_RULE,
  SETUP_ACTION_INSTALL_RULE_FOR_ALL,
  SETUP_ACTION_REMOVE_RULE,
  SETUP_ACTION_COPY_COMMAND,
  SETUP_ACTION_SAVE_RULE,
  SETUP_ACTION_INSTALL_DRIVER,
  SETUP_ACTION_SHOW_BOOTLOADER,
  SETUP_ACTION_SHOW_WIRING,
  SETUP_ACTION_SHOW_LIMITS,
} SetupAction;

#define SETUP_TYPE_ACTION (setup_action_get_type ())
GType setup_action_get_type (void);

SetupAction setup_action_simplify (SetupAction action);

/**
 * SetupVerdict:
 * @state: how the question is answered
 * @summary: the answer, one sentence, translated
 * @advice: (nullable): what to do, a sentence or two, translated
 * @action: what a button can do about it
 * @command: (nullable): what to type into a terminal to the same end
 *
 * An answer. What decides on one is a pure function of a struct of facts, so that it can be tested
 * where the facts are not.
 */
typedef struct {
  SetupState state;
  char *summary;
  char *advice;
  SetupAction action;
  char *command;
} SetupVerdict;

#define SETUP_TYPE_VERDICT (setup_verdict_get_type ())
GType setup_verdict_get_type (void);

SetupVerdict *setup_verdict_new (SetupState state,
                                 const char *summary,
                                 const char *advice,
                                 SetupAction action,
                                 const char *command);
SetupVerdict *setup_verdict_new_plain (SetupState state, const char *summary);
SetupVerdict *setup_verdict_copy (const SetupVerdict *self);
void setup_verdict_free (SetupVerdict *self);
gboolean setup_verdict_equal (const SetupVerdict *self, const SetupVerdict *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SetupVerdict, setup_verdict_free)

G_END_DECLS
