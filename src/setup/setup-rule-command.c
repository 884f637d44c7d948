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

#define PRINT_COMMAND "flatpak run --command=bootlace-cli " APPLICATION_ID " rule"

/* People read what they are to type, so there are quotes only where they are needed. */
static char *
quote (const char *word)
{
  static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/._-";

  return strspn (word, plain) == strlen (word) ? g_strdup (word) : g_shell_quote (word);
}

static char *
dup_helper_command (guint flags)
{
  g_autofree char *helper = quote (SETUP_HELPER_PATH);

  return g_strdup_printf ("sudo %s %s", helper,
                          (flags & SETUP_RULE_ALL_DEVICES) != 0 ? SETUP_HELPER_VERB_INSTALL_ALL
                                                                : SETUP_HELPER_VERB_INSTALL);
}

/* Only whoever is outside can tell whether the group is needed, so its lines are left away. */
static char *
dup_flatpak_command (guint flags)
{
  return g_strdup_printf (PRINT_COMMAND "%s | sudo tee " RULE_PATH
                                        " >/dev/null && " SETUP_RULE_COMMAND_APPLY,
                          (flags & SETUP_RULE_ALL_DEVICES) != 0 ? " --all" : "");
}

/* The shell changes nothing in a here-document whose end is quoted. */
static char *
dup_text_command (guint flags)
{
  char *text = setup_rule_text_new (flags);
  char *command = g_strdup_printf ("sudo mkdir -p " SETUP_RULE_FOLDER " && sudo tee " RULE_PATH
                                   " >/dev/null <<'END' && " SETUP_RULE_COMMAND_APPLY "\n%sEND",
                                   text);

  free (text);

  return command;
}

/**
 * setup_rule_command_new_install:
 * @way: by which way
 * @flags: of #SetupRuleFlags
 *
 * Returns: (transfer full): a command for a POSIX shell that installs the rule, and applies it to
 *   what is plugged in
 */
char *
setup_rule_command_new_install (SetupRuleWay way, guint flags)
{
  switch (way) {
  case SETUP_RULE_WAY_HELPER:
    return dup_helper_command (flags);
  case SETUP_RULE_WAY_FLATPAK:
    return dup_flatpak_command (flags);
  case SETUP_RULE_WAY_TEXT:
    break;
  }

  return dup_text_command (flags);
}

/**
 * setup_rule_command_new_remove:
 *
 * Returns: (transfer full): a command for a POSIX shell that removes the rule
 */
char *
setup_rule_command_new_remove (void)
{
  return g_strdup ("sudo rm -f " RULE_PATH " && " SETUP_RULE_COMMAND_APPLY);
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
  g_autofree char *name = quote (user);

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
  g_autofree char *from = quote (path);
  g_autofree char *to = quote (other_path);

  return g_strdup_printf ("sudo mv %s %s", from, to);
}
