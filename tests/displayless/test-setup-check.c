/* test-setup-check.c: one question of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-check.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_answers (void)
{
  g_autoptr (SetupCheck) check = setup_check_new ("access", "May you open it?");
  g_autoptr (SetupVerdict) verdict = setup_verdict_new (SETUP_STATE_BAD, "No.", "Install the rule.",
                                                        SETUP_ACTION_INSTALL_RULE, "sudo …");
  guint count = 0;

  g_assert_cmpint (setup_check_get_verdict (check)->state, ==, SETUP_STATE_CHECKING);
  g_signal_connect_swapped (check, "notify::summary", G_CALLBACK (count_cb), &count);

  setup_check_set_verdict (check, verdict);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (setup_verdict_equal (setup_check_get_verdict (check), verdict));

  /* The same answer again is no news, even when it is the check's own. */
  setup_check_set_verdict (check, verdict);
  setup_check_set_verdict (check, setup_check_get_verdict (check));
  g_assert_cmpuint (count, ==, 1);

  verdict->action = SETUP_ACTION_NONE;
  setup_check_set_verdict (check, verdict);
  g_assert_cmpuint (count, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/check/answers", test_answers);

  return g_test_run ();
}
