/* test-setup-rule-command.c: what to type into a terminal to get our udev rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A shell runs the commands, with programs first on its path that only note how they are called.
 */

#include "config.h"

#include "setup-rule-command.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "setup-rule-text.h"
#include "test-tree.h"

/* Runs @command and returns what its programs noted: their arguments, and what tee was fed. */
static char *
run (const char *command)
{
  static const char note[] = "#!/bin/sh\nprintf 'sudo %s\\n' \"$*\" >>\"$NOTES\"\n"
                             "case $* in tee*) cat >>\"$NOTES\";; esac\n";
  static const char print[] = "#!/bin/sh\necho printed\n";
  char *root = test_tree_new ();
  g_autofree char *notes = g_build_filename (root, "notes", NULL);
  g_autofree char *sudo = g_build_filename (root, "sudo", NULL);
  g_autofree char *flatpak = g_build_filename (root, "flatpak", NULL);
  g_autofree char *path = g_strdup_printf ("PATH=%s:/usr/bin:/bin", root);
  g_autofree char *variable = g_strdup_printf ("NOTES=%s", notes);
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  const char *environment[] = { path, variable, NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = 0;

  test_tree_write (root, "/sudo", note);
  test_tree_write (root, "/flatpak", print);
  g_assert_no_errno (g_chmod (sudo, 0755));
  g_assert_no_errno (g_chmod (flatpak, 0755));

  g_spawn_sync (NULL, (char **) argv, (char **) environment, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_file_get_contents (notes, &output, NULL, &error);
  g_assert_no_error (error);

  test_tree_free (root);

  return output;
}

#define APPLIED "sudo udevadm control --reload\nsudo udevadm trigger --subsystem-match=usb\n"

/* The whole rule goes through the shell as it is. */
static void
test_text (void)
{
  const guint flags = SETUP_RULE_ALL_DEVICES | SETUP_RULE_GROUP;
  g_autofree char *command = setup_rule_command_new_text (flags);
  g_autofree char *notes = run (command);
  char *text = setup_rule_text_new (flags);
  g_autofree char *expected =
    g_strdup_printf ("sudo mkdir -p /etc/udev/rules.d\n"
                     "sudo tee /etc/udev/rules.d/70-bootlace.rules\n%s" APPLIED,
                     text);

  g_assert_cmpstr (notes, ==, expected);
  free (text);
}

static void
test_print (void)
{
  g_autofree char *command = setup_rule_command_new_print (SETUP_RULE_COMMAND_FLATPAK, 0);
  g_autofree char *notes = run (command);
  g_autofree char *all =
    setup_rule_command_new_print ("x", SETUP_RULE_ALL_DEVICES | SETUP_RULE_GROUP);

  g_assert_cmpstr (notes, ==,
                   "sudo mkdir -p /etc/udev/rules.d\n"
                   "sudo tee /etc/udev/rules.d/70-bootlace.rules\nprinted\n" APPLIED);
  g_assert_nonnull (strstr (all, " && x rule --all --group | sudo tee "));
}

static void
test_helper (void)
{
  g_autofree char *command = setup_rule_command_new_helper (0);
  g_autofree char *all = setup_rule_command_new_helper (SETUP_RULE_ALL_DEVICES);
  g_autofree char *notes = run (command);

  g_assert_true (g_str_has_prefix (notes, "sudo /"));
  g_assert_true (g_str_has_suffix (notes, "/bootlace-setup-helper install\n"));
  g_assert_true (g_str_has_suffix (all, "/bootlace-setup-helper install-all"));
}

/* @command, with a file of its own in the place of the rule. */
static char *
run_on (const char *command, const char *text)
{
  char *root = test_tree_new ();
  g_autofree char *path = g_build_filename (root, "rule", NULL);
  g_autoptr (GString) elsewhere = g_string_new (command);
  char *notes = NULL;

  test_tree_write (root, "/rule", text);
  g_string_replace (elsewhere, "/etc/udev/rules.d/70-bootlace.rules", path, 0);
  g_string_append (elsewhere, "; sudo end");
  notes = run (elsewhere->str);
  test_tree_free (root);

  return notes;
}

/* The helper looks for itself whose the file is. */
static void
test_remove (void)
{
  g_autofree char *command = setup_rule_command_new_remove ();
  char *text = setup_rule_text_new (0);
  g_autofree char *ours = run_on (command, text);
  g_autofree char *foreign = run_on (command, "# Not a Bootlace rule 1\n");
  g_autofree char *helper = setup_rule_command_new_helper_remove ();

  g_assert_true (g_str_has_prefix (ours, "sudo rm /"));
  g_assert_true (g_str_has_suffix (ours, "/rule\n" APPLIED "sudo end\n"));
  g_assert_cmpstr (foreign, ==, "sudo end\n");
  g_assert_true (g_str_has_suffix (helper, "/bootlace-setup-helper remove"));
  free (text);
}

/* A name is a name, whatever is in it. */
static void
test_join (void)
{
  g_autofree char *command = setup_rule_command_new_join ("ada'; false; '$HOME");
  g_autofree char *notes = run (command);

  g_assert_cmpstr (notes, ==, "sudo usermod -aG plugdev ada'; false; '$HOME\n");
}

static void
test_set_aside (void)
{
  g_autofree char *command = setup_rule_command_new_set_aside ("/etc/udev rules/a.rules");
  g_autofree char *notes = run (command);

  g_assert_cmpstr (notes, ==, "sudo mv /etc/udev rules/a.rules /etc/udev rules/a.rules.old\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/rule-command/text", test_text);
  g_test_add_func ("/setup/rule-command/print", test_print);
  g_test_add_func ("/setup/rule-command/helper", test_helper);
  g_test_add_func ("/setup/rule-command/remove", test_remove);
  g_test_add_func ("/setup/rule-command/join", test_join);
  g_test_add_func ("/setup/rule-command/set-aside", test_set_aside);

  return g_test_run ();
}
