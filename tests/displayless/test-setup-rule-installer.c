/* test-setup-rule-installer.c: how the installation of the rule ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * That it begins, with polkit and the helper, is test-setup-polkit.py's to show.
 */

#include "setup-rule-installer.h"

#include "setup-helper.h"

static const struct {
  int status;
  SetupRuleError code;
} statuses[] = {
  { 127, SETUP_RULE_ERROR_NOT_ALLOWED },
  { SETUP_HELPER_EXIT_FAILED, SETUP_RULE_ERROR_FAILED },
  { SETUP_HELPER_EXIT_USAGE, SETUP_RULE_ERROR_FAILED },
  { SETUP_HELPER_EXIT_NOT_ROOT, SETUP_RULE_ERROR_FAILED },
  { SETUP_HELPER_EXIT_NOT_OURS, SETUP_RULE_ERROR_NOT_OURS },
  { SETUP_HELPER_EXIT_NEWER, SETUP_RULE_ERROR_NEWER },
  { SETUP_HELPER_EXIT_READ_ONLY, SETUP_RULE_ERROR_READ_ONLY },
  { SETUP_HELPER_EXIT_NO_UDEV, SETUP_RULE_ERROR_NO_UDEV },
};

static void
test_statuses (void)
{
  g_autoptr (GError) declined = setup_rule_error_new_for_status (126);

  g_assert_error (declined, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (GError) error = setup_rule_error_new_for_status (statuses[i].status);

    g_assert_error (error, SETUP_RULE_ERROR, (int) statuses[i].code);
  }
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_no_polkit (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  setup_rule_installer_run_async (SETUP_ACTION_INSTALL_RULE, NULL, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (setup_rule_installer_run_finish (result, &error));
  g_assert_error (error, SETUP_RULE_ERROR, SETUP_RULE_ERROR_NO_POLKIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/rule-installer/statuses", test_statuses);
  g_test_add_func ("/setup/rule-installer/no-polkit", test_no_polkit);

  return g_test_run ();
}
