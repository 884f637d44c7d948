/* setup-rule-command.c: what to type into a terminal to get our udev rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-rule-command.h"

#include <stdlib.h>
#include <string.h>

#include "setup-helper.h"
#include "setup-rule-text.h"

#define RULE_PATH SETUP_RULE_FOLDER "/" SETUP_RULE_NAME

/* Packages of udev bring the folder, but it may have been tidied away. */
#define MAKE_FOLDER "sudo mkdir -p " SETUP_RULE_FOLDER
#define WRITE "sudo tee " RULE_PATH " >/dev/null"

/**
 * setup_rule_command_quote:
 * @word: a word
 *
 * People read what they are to type, so there are quotes only where they are needed.
 *
 * Returns: (transfer full): the word for a POSIX shell
 */
char *
setup_rule_command_quote (const char *word)
{
  static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/._-";

  return strspn (word, plain) == strlen (word) ? g_strdup (word) : g_shell_quote (word);
}

/**
 * setup_rule_command_new_helper:
 * @flags: of #SetupRuleFlags; the helper finds out about the group for itself
 *
 * Returns: (transfer full): a command for a POSIX shell that installs the rule, and applies it to
 *   what is plugged in, with the helper that is installed
 */
char *
setup_rule_command_new_helper (guint flags)
{
  g_autofree char *helper = setup_rule_command_quote (SETUP_HELPER_PATH);

  return g_strdup_printf ("sudo %s %s", helper,
                          (flags & SETUP_RULE_ALL_DEVICES) != 0 ? SETUP_HELPER_VERB_INSTALL_ALL
                                                                : SETUP_HELPER_VERB_INSTALL);
}

/**
 * setup_rule_command_new_helper_remove:
 *
 * Returns: (transfer full): a command for a POSIX shell that removes the rule, and lets udev know,
 *   with the helper that is installed
 */
char *
setup_rule_command_new_helper_remove (void)
{
  g_autofree char *helper = setup_rule_command_quote (SETUP_HELPER_PATH);

  return g_strdup_printf ("sudo %s " SETUP_HELPER_VERB_REMOVE, helper);
}

/**
 * setup_rule_command_new_print:
 * @printer: what calls bootlace-cli, for the shell
 * @flags: of #SetupRuleFlags
 *
 * Returns: (transfer full): a command that does the same with what bootlace-cli prints
 */
char *
setup_rule_command_new_print (const char *printer, guint flags)
{
  return g_strdup_printf (MAKE_FOLDER " && %s rule%s%s | " WRITE " && " SETUP_RULE_COMMAND_APPLY,
                          printer, (flags & SETUP_RULE_ALL_DEVICES) != 0 ? " --all" : "",
                          (flags & SETUP_RULE_GROUP) != 0 ? " --group" : "");
}

/**
 * setup_rule_command_new_text:
 * @flags: of #SetupRuleFlags
 *
 * Returns: (transfer full): a command that does the same and holds the whole rule
 */
char *
setup_rule_command_new_text (guint flags)
{
  char *text = setup_rule_text_new (flags);
  /* The shell changes nothing in a here-document whose end is quoted. */
  char *command =
    g_strdup_printf (MAKE_FOLDER " && " WRITE " <<'END' && " SETUP_RULE_COMMAND_APPLY "\n%sEND",
                     text);

  free (text);

  return command;
}

/**
 * setup_rule_command_new_remove:
 *
 * Returns: (transfer full): a command for a POSIX shell that removes the rule, but not a file of
 * its name that somebody else wrote
 */
char *
setup_rule_command_new_remove (void)
{
  return g_strdup ("grep -q '^" SETUP_RULE_MARK "' " RULE_PATH " && sudo rm " RULE_PATH
                   " && " SETUP_RULE_COMMAND_APPLY);
}

/**
 * setup_rule_command_new_join:
 * @user: the name of a user
 *
 * Returns: (transfer full): a command for a POSIX shell that puts @user into the rule's group
 */
char *
setup_rule_command_new_join (const char *user)
{
  g_autofree char *name = setup_rule_command_quote (user);

  return g_strdup_printf ("sudo usermod -aG " SETUP_RULE_GROUP_NAME " %s", name);
}

/**
 * setup_rule_command_new_set_aside:
 * @path: a file of udev's rules
 *
 * Returns: (transfer full): a command for a POSIX shell that keeps udev from reading it, by another
 *   name
 */
char *
setup_rule_command_new_set_aside (const char *path)
{
  g_autofree char *other_path = g_strconcat (path, ".old", NULL);
  g_autofree char *from = setup_rule_command_quote (path);
  g_autofree char *to = setup_rule_command_quote (other_path);

  return g_strdup_printf ("sudo mv %s %s", from, to);
}
