/* main.c: starts the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "bootlace-application.h"
#include "wording-catalogue.h"

int
main (int argc, char *argv[])
{
  g_autoptr (BootlaceApplication) application = NULL;

  setlocale (LC_ALL, "");
  wording_catalogue_use ();
  g_set_application_name ("Bootlace");

  application = bootlace_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
