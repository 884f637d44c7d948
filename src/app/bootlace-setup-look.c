/* bootlace-setup-look.c: words, icons and buttons for the answers of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-setup-look.h"

#include <glib/gi18n.h>

typedef struct {
  const char *word;
  const char *icon;
  const char *style; /* a CSS class */
} Look;

static const Look looks[] = {
  [SETUP_STATE_CHECKING] = { NC_ ("answer", "Checking"), "bootlace-waiting-symbolic", "dull" },
  [SETUP_STATE_GOOD] = { NC_ ("answer", "Good"), "bootlace-done-symbolic", "good" },
  [SETUP_STATE_WAITING] = { NC_ ("answer", "Your turn"), "bootlace-waiting-symbolic", "neutral" },
  [SETUP_STATE_DOUBTFUL] = { NC_ ("answer", "Doubtful"), "bootlace-warning-symbolic", "warn" },
  [SETUP_STATE_BAD] = { NC_ ("answer", "In the way"), "bootlace-failed-symbolic", "bad" },
  [SETUP_STATE_SKIPPED] = { NC_ ("answer", "Not asked"), "bootlace-skipped-symbolic", "dull" },
};

/* Buttons only name actions: the setup window's, and that of the row which knows the command. */
typedef struct {
  const char *label;
  const char *name;
} Button;

static const Button buttons[] = {
  [SETUP_ACTION_CHECK_AGAIN] = { N_ ("Check Again"), "setup.check-again" },
  [SETUP_ACTION_INSTALL_RULE] = { N_ ("Install Rule…"), "setup.install-rule" },
  [SETUP_ACTION_RENEW_RULE] = { N_ ("Renew Rule…"), "setup.install-rule" },
  [SETUP_ACTION_APPLY_RULE] = { N_ ("Apply Rule…"), "setup.install-rule" },
  [SETUP_ACTION_INSTALL_RULE_FOR_ALL] = { N_ ("Allow All DFU Devices…"),
                                          "setup.install-rule-for-all" },
  [SETUP_ACTION_COPY_COMMAND] = { N_ ("Copy Command"), "check.copy" },
  [SETUP_ACTION_SAVE_RULE] = { N_ ("Save Rule…"), "setup.save-rule" },
  [SETUP_ACTION_INSTALL_DRIVER] = { N_ ("Show the Steps"), "setup.show-driver" },
  [SETUP_ACTION_SHOW_BOOTLOADER] = { N_ ("Show How"), "setup.show-bootloader" },
  [SETUP_ACTION_SHOW_WIRING] = { N_ ("Show Cable and Wiring"), "setup.show-wiring" },
  [SETUP_ACTION_SHOW_LIMITS] = { N_ ("Show the Signs"), "setup.show-limits" },
};

/**
 * bootlace_setup_state_get_word:
 * @state: how a question is answered
 *
 * Returns: the word for it, translated
 */
const char *
bootlace_setup_state_get_word (SetupState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (looks), NULL);

  return g_dpgettext2 (NULL, "answer", looks[state].word);
}

/**
 * bootlace_setup_state_get_icon:
 * @state: how a question is answered
 *
 * Returns: the name of its icon
 */
const char *
bootlace_setup_state_get_icon (SetupState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (looks), NULL);

  return looks[state].icon;
}

/**
 * bootlace_setup_state_get_style:
 * @state: how a question is answered
 *
 * Returns: the CSS class that colours it
 */
const char *
bootlace_setup_state_get_style (SetupState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (looks), NULL);

  return looks[state].style;
}

static const Button *
find_button (SetupAction action)
{
  if ((guint) action >= G_N_ELEMENTS (buttons) || buttons[action].name == NULL)
    return NULL;

  return &buttons[action];
}

/**
 * bootlace_setup_action_get_label:
 * @action: what a button can do about an answer
 *
 * Returns: (nullable): what stands on the button, translated; %NULL where there is none
 */
const char *
bootlace_setup_action_get_label (SetupAction action)
{
  const Button *button = find_button (action);

  return button != NULL ? _ (button->label) : NULL;
}

/**
 * bootlace_setup_action_get_name:
 * @action: what a button can do about an answer
 *
 * Returns: (nullable): the name of the action that does it; %NULL where there is none
 */
const char *
bootlace_setup_action_get_name (SetupAction action)
{
  const Button *button = find_button (action);

  return button != NULL ? button->name : NULL;
}
