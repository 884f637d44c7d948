/* main.c: bootlace-cli
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-terminal.h"

int
main (int argc, char **argv)
{
  g_autofree char *locale_folder = cli_terminal_dup_locale_folder ();

  cli_terminal_set_up (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, locale_folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return cli_run (argc, argv);
}
