/* test-verdict.c: what tests expect of the setup assistant's answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-verdict.h"

#include <string.h>

/* @words stand in the summary or in the advice; @command begins the command, and %NULL means that
 * there is none. Every answer is a sentence, and a bad one says what to do. */
void
test_assert_verdict (const SetupVerdict *verdict,
                     SetupState state,
                     SetupAction action,
                     const char *words,
                     const char *command)
{
  g_autofree char *text = g_strconcat (verdict->summary, " ", verdict->advice, NULL);

  g_test_message ("%s", text);
  g_assert_cmpint (verdict->state, ==, state);
  g_assert_cmpint (verdict->action, ==, action);
  g_assert_true (g_str_has_suffix (verdict->summary, "."));
  g_assert_nonnull (strstr (text, words));

  if (state == SETUP_STATE_BAD || state == SETUP_STATE_WAITING)
    g_assert_nonnull (verdict->advice);

  g_assert_cmpint (action == SETUP_ACTION_COPY_COMMAND, <=, verdict->command != NULL);
  if (command == NULL)
    g_assert_null (verdict->command);
  else
    g_assert_true (g_str_has_prefix (verdict->command, command));
}
