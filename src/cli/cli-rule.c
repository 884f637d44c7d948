/* cli-rule.c: bootlace-cli rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "cli-command.h"
#include "setup-rule-text.h"

static CliExit
run (int argc, char **argv)
{
  gboolean all = FALSE;
  gboolean group = FALSE;
  const GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all,
      N_ ("For whatever has a DFU interface, not only for known boards"), NULL },
    { "group", 'g', 0, G_OPTION_ARG_NONE, &group,
      N_ ("Also for the group plugdev, where nobody knows who sits at the computer"), NULL },
    { 0 },
  };
  char *text = NULL;

  if (!cli_parse_options (&cli_command_rule, entries, &argc, &argv) ||
      !cli_takes_no_arguments (&cli_command_rule, argc))
    return CLI_EXIT_USAGE;

  text = setup_rule_text_new ((all ? SETUP_RULE_ALL_DEVICES : 0) | (group ? SETUP_RULE_GROUP : 0));
  g_print ("%s", text);
  free (text);

  return CLI_EXIT_SUCCESS;
}

const CliCommand cli_command_rule = {
  .name = "rule",
  .arguments = "[--all] [--group]",
  .summary = N_ ("print the udev rule that lets you use boards"),
  .prints = TRUE,
  .run = run,
};
