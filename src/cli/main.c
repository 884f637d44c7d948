/* main.c: bootlace-cli
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-command.h"
#include "cli-terminal.h"
#include "setup-symptom.h"
#include "wording-catalogue.h"

int
main (int argc, char **argv)
{
  cli_terminal_set_up (&argc, &argv);
  wording_catalogue_use ();
  setup_symptom_speak_to_terminal (TRUE);

  return cli_run (argc, argv);
}
