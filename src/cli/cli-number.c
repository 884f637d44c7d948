/* cli-number.c: numbers on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-number.h"

#include <glib/gi18n.h>

#include "firmware-text.h"

/**
 * cli_number_parse:
 * @text: what was typed, decimal or as 0x1000
 * @option: the option that it belongs to
 * @maximum: the largest that makes sense
 * @number: (out): the number
 *
 * Returns: whether @text was understood; else it was said on standard error
 */
gboolean
cli_number_parse (const char *text, const char *option, guint32 maximum, guint32 *number)
{
  g_autofree char *shown = NULL;

  if (firmware_text_parse_number (text, number) && *number <= maximum)
    return TRUE;

  shown = g_strdup_printf (maximum > G_MAXUINT8 ? "0x%x" : "%u", maximum);
  /* Translators: the first %s is what was typed, the second an option, the third a number */
  g_printerr (_ ("“%s” is no number for “%s”, which takes one up to %s, such as 0x10 or 16."), text,
              option, shown);
  g_printerr ("\n");
  return FALSE;
}
