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

/* Cuts off the prefix that says to which base a number is written. */
static guint
take_base (const char **at)
{
  static const struct {
    const char *prefix;
    guint base;
  } rows[] = { { "0x", 16 }, { "0o", 8 }, { "0b", 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_ascii_strncasecmp (*at, rows[i].prefix, 2) != 0)
      continue;

    *at += 2;
    return rows[i].base;
  }

  return 10;
}

/* Between digits, and behind the prefix, there may be one underscore. A number of more than 32 bits
 * comes back as any such number. */
static gboolean
read_digits (const char *at, guint base, gboolean is_prefixed, guint64 *number)
{
  gboolean may_divide = is_prefixed;

  *number = 0;
  if (*at == '\0')
    return FALSE;

  for (; *at != '\0'; at++) {
    const int digit = g_ascii_xdigit_value (*at);

    if (*at == '_' && may_divide) {
      may_divide = FALSE;
      continue;
    }
    if (digit < 0 || (guint) digit >= base)
      return FALSE;

    *number = MIN (*number * base + (guint) digit, (guint64) G_MAXUINT32 + 1);
    may_divide = TRUE;
  }

  return may_divide;
}

/**
 * firmware_text_parse_literal:
 * @text: a number in a file that is for programs in Python
 * @number: (out): the number
 *
 * Reads a number as Python's `int (text, 0)` does, which Espressif's tools use for addresses, as
 * far as it has at most 32 bits and is ASCII: with blanks around it, a sign, a prefix for its base
 * and underscores between its digits. A decimal number other than zero begins with no zero.
 *
 * Returns: whether the text is one
 */
gboolean
firmware_text_parse_literal (const char *text, guint32 *number)
{
  g_autofree char *stripped = NULL;
  const char *at = NULL;
  const char *digits = NULL;
  gboolean is_negative = FALSE;
  guint base = 10;
  guint64 value = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (number != NULL, FALSE);

  stripped = g_strstrip (g_strdup (text));
  at = stripped;
  is_negative = *at == '-';
  if (*at == '-' || *at == '+')
    at++;

  digits = at;
  base = take_base (&digits);
  if (!read_digits (digits, base, digits != at, &value) || value > G_MAXUINT32)
    return FALSE;
  if (value != 0 && (is_negative || (base == 10 && *digits == '0')))
    return FALSE;

  *number = (guint32) value;
  return TRUE;
}
