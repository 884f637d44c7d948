/* wording-catalogue.c: the program in the person's language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-catalogue.h"

#include <libintl.h>

/**
 * wording_catalogue_use:
 *
 * Has gettext translate from now on. The locale is for the program to set.
 */
void
wording_catalogue_use (void)
{
  g_autofree char *folder = wording_catalogue_dup_folder ();

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
