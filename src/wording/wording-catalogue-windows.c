/* wording-catalogue-windows.c: where the translations are, where the system is Windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-catalogue.h"

/* The programs are in "bin" below the folder that they were installed in, wherever that is. The C
 * library takes no name but one of the old code page; Windows has such a one for every folder. */
char *
wording_catalogue_dup_folder (void)
{
  g_autofree char *installed = g_win32_get_package_installation_directory_of_module (NULL);
  g_autofree char *folder = g_build_filename (installed, "share", "locale", NULL);

  return g_win32_locale_filename_from_utf8 (folder);
}
