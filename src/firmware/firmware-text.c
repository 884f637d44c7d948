/* firmware-text.c: text that comes out of files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-text.h"

/* What g_utf8_get_char_validated() says of a character whose end is missing. */
#define CHARACTER_CUT ((gunichar) -2)

/**
 * firmware_text_is_printable:
 * @text: a string
 *
 * Tells whether a string can be shown to a person and written to a terminal: UTF-8 without control
 * characters.
 *
 * Returns: whether it can
 */
gboolean
firmware_text_is_printable (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  }

  return TRUE;
}

/**
 * firmware_text_dup_field:
 * @field: (array length=length): a field of fixed length
 * @length: its length
 *
 * Copies the text of a field up to its NUL, or all of it: text that fills its field has no NUL. A
 * last character that was cut in the middle is left out.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL when there is none or it cannot be shown
 */
char *
firmware_text_dup_field (const guint8 *field, gsize length)
{
  g_autofree char *text = NULL;
  const char *end = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  text = g_strndup ((const char *) field, length);
  if (!g_utf8_validate (text, -1, &end)) {
    if (g_utf8_get_char_validated (end, -1) != CHARACTER_CUT)
      return NULL;

    text[end - text] = '\0';
  }

  g_strstrip (text);
  if (*text == '\0' || !firmware_text_is_printable (text))
    return NULL;

  return g_steal_pointer (&text);
}
