/* firmware-text.c: text that comes out of files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-text.h"

#include <string.h>

/* What g_utf8_get_char_validated() says of a character whose end is missing. */
#define CHARACTER_CUT ((gunichar) -2)

/* As much of a text as an error needs to show which one is meant. */
#define QUOTE_MAX 60

/* What ends a line is none, though GLib counts two of those. */
static gboolean
is_printable (gunichar character)
{
  const GUnicodeType type = g_unichar_type (character);

  return g_unichar_isprint (character) && type != G_UNICODE_LINE_SEPARATOR &&
         type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

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
    if (!is_printable (g_utf8_get_char (at)))
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

/**
 * firmware_text_dup_quoted:
 * @text: a string out of a file
 *
 * Makes an extract of any string that an error may show: in quotes, short, and with escapes for
 * all but ASCII.
 *
 * Returns: (transfer full): the extract
 */
char *
firmware_text_dup_quoted (const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  escaped = g_strescape (text, NULL);
  if (strlen (escaped) <= QUOTE_MAX)
    return g_strdup_printf ("\"%s\"", escaped);

  return g_strdup_printf ("\"%.*s...\"", QUOTE_MAX, escaped);
}

/**
 * firmware_text_parse_number:
 * @text: a number that somebody wrote: "0x1000" or "4096"
 * @number: (out): the number
 *
 * Reads a whole number of at most 32 bits. A decimal one does not begin with a zero: some would
 * take it for an octal one.
 *
 * Returns: whether the text is one
 */
gboolean
firmware_text_parse_number (const char *text, guint32 *number)
{
  gboolean is_hexadecimal;
  guint64 value = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (number != NULL, FALSE);

  is_hexadecimal = g_ascii_strncasecmp (text, "0x", 2) == 0;
  if (!is_hexadecimal && text[0] == '0' && text[1] != '\0')
    return FALSE;

  if (!g_ascii_string_to_unsigned (is_hexadecimal ? text + 2 : text, is_hexadecimal ? 16 : 10, 0,
                                   G_MAXUINT32, &value, NULL))
    return FALSE;

  *number = (guint32) value;
  return TRUE;
}
