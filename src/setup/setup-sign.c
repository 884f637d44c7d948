/* setup-sign.c: what keeps people from using a board and is no error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-sign.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (setup_sign_quark, setup_sign)

/**
 * setup_sign_get_symptom:
 * @sign: a sign
 *
 * Returns: (transfer none): its row of the table of symptoms
 */
const SetupSymptom *
setup_sign_get_symptom (SetupSign sign)
{
  return setup_symptom_find_code (SETUP_SIGN, (int) sign, SETUP_MOMENT_ANY);
}

/**
 * setup_sign_dup_hint:
 * @sign: a sign whose cause and advice name nothing
 *
 * Returns: (transfer full): why that is and what to do, translated
 */
char *
setup_sign_dup_hint (SetupSign sign)
{
  return setup_symptom_dup_hint (setup_sign_get_symptom (sign));
}

/**
 * setup_sign_answer:
 * @sign: what was found
 * @state: how it answers the question
 * @action: what a button can do about it
 * @command: (nullable): what to type into a terminal to the same end
 * @...: names in braces and what they stand for, then %NULL
 *
 * Answers with the sign's row of the table of symptoms: with its summary, and with its cause and
 * its advice below.
 *
 * Returns: (transfer full): a verdict
 */
SetupVerdict *
setup_sign_answer (SetupSign sign, SetupState state, SetupAction action, const char *command, ...)
{
  const SetupSymptom *symptom = setup_sign_get_symptom (sign);
  g_autofree char *hint = setup_symptom_dup_hint (symptom);
  g_autofree char *summary = NULL;
  g_autofree char *advice = NULL;
  va_list names;

  va_start (names, command);
  summary = setup_symptom_fill_in_valist (_ (symptom->summary), names);
  va_end (names);

  va_start (names, command);
  advice = setup_symptom_fill_in_valist (hint, names);
  va_end (names);

  return setup_verdict_new (state, summary, advice, action, command);
}
