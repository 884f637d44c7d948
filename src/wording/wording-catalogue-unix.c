/* wording-catalogue-unix.c: where the translations are, where the system is Unix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-catalogue.h"

/**
 * wording_catalogue_dup_folder:
 *
 * Returns: (transfer full) (type filename): where the translations are, as the C library takes it
 */
char *
wording_catalogue_dup_folder (void)
{
  return g_strdup (LOCALEDIR);
}
