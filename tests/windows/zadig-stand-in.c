/* zadig-stand-in.c: leaves word of where it was started
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <direct.h>
#include <stdio.h>

int
main (void)
{
  /* As Zadig does: what it reads and writes without a folder is in the one it was started in. */
  FILE *options = fopen ("zadig.ini", "r");
  FILE *word = fopen ("started", "w");

  if (options == NULL || word == NULL)
    return 1;

  fputs ("yes", word);
  fclose (options);

  /* A folder in which a program runs cannot be deleted. */
  _chdir ("\\");
  return fclose (word);
}
