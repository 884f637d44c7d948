/* bootlace-raw-address.c: what a person typed for an address
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-raw-address.h"

#include <glib/gi18n.h>

#include "firmware-dfuse.h"
#include "firmware-text.h"

/**
 * bootlace_raw_address_parse:
 * @text: what was typed, decimal or as 0x08000000
 * @size: how many bytes are to go there
 * @address: (out): the address
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong with @text, or %NULL
 */
char *
bootlace_raw_address_parse (const char *text, guint64 size, gint64 *address)
{
  g_autofree char *stripped = NULL;
  guint32 number = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  /* A copied address may bring along what stood around it. */
  stripped = g_strstrip (g_strdup (text));
  if (!firmware_text_parse_number (stripped, &number))
    return g_strdup (_ ("Write a 32-bit number, like 0x08000000."));
  if (!firmware_dfuse_has_room (number, size))
    return g_strdup (_ ("The file would reach beyond 4 GiB."));

  *address = number;
  return NULL;
}
