/* wording-saving.c: what joining the parts of a firmware saves, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-saving.h"

#include <glib/gi18n.h>

#include "firmware-esp-saving.h"

/**
 * wording_saving_dup_text:
 * @image: an image
 *
 * Returns: (transfer full) (nullable): as how many its pieces are written and what that saves, or
 * %NULL when they are written as they are
 */
char *
wording_saving_dup_text (FirmwareImage *image)
{
  FirmwareEspSaving saving;
  double seconds = 0.0;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  if (!firmware_esp_saving_find (image, &saving))
    return NULL;

  seconds = (double) firmware_esp_saving_get_time (&saving) / 1000;

  /* Translators: pieces into which a file was cut, and the erases of a flash memory; always several
   * pieces, erases and seconds: “2 pieces are written as 1, which saves 30 of 78 erases, about 1.1
   * s”
   */
  return g_strdup_printf (ngettext ("%u piece is written as %u, which saves %u of %u erases, "
                                    "about %.1f s",
                                    "%u pieces are written as %u, which saves %u of %u erases, "
                                    "about %.1f s",
                                    saving.n_cut),
                          saving.n_cut, saving.n_joined, firmware_esp_saving_count (&saving),
                          firmware_esp_erase_count (&saving.before), seconds);
}
