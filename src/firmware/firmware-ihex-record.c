/* firmware-ihex-record.c: Intel HEX, from text to lines to records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-ihex-record.h"

#include "firmware-error.h"

#include <string.h>

/* RECLEN, OFFSET (two bytes), RECTYP, then the data, then CHKSUM. */
#define LENGTH 0
#define OFFSET 1
#define TYPE 3
#define DATA 4
#define OVERHEAD 5
#define RECORD_MAX (OVERHEAD + FIRMWARE_IHEX_DATA_MAX)

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static gboolean
is_blank (char character)
{
  return character == ' ' || character == '\t';
}

static gboolean
is_line_end (char character)
{
  return character == '\r' || character == '\n';
}

/**
 * firmware_ihex_line_init:
 * @self: (out caller-allocates): before the first line
 * @contents: a whole file, which must last as long as @self is used
 *
 * Begins with a file, behind the mark that Windows' editors put in front of text.
 */
void
firmware_ihex_line_init (FirmwareIhexLine *self, GBytes *contents)
{
  gsize size = 0;
  const char *text = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (contents != NULL);

  text = g_bytes_get_data (contents, &size);
  *self = (FirmwareIhexLine){ .text = text, .next = text, .end = text + size };
  if (size >= strlen (BYTE_ORDER_MARK) &&
      memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    self->next += strlen (BYTE_ORDER_MARK);
}

/**
 * firmware_ihex_line_next:
 * @self: a line, or what was before the first one
 *
 * Goes to the next line. Lines end in CR, LF or both, also in one and the same file.
 *
 * Returns: whether there is one
 */
gboolean
firmware_ihex_line_next (FirmwareIhexLine *self)
{
  const char *at = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  at = self->next;
  if (at == self->end)
    return FALSE;

  self->number++;
  self->text = at;
  while (at < self->end && !is_line_end (*at))
    at++;

  self->length = at - self->text;
  self->is_open = at == self->end;
  if (self->end - at >= 2 && at[0] == '\r' && at[1] == '\n')
    at++;
  if (at < self->end)
    at++;
  self->next = at;

  while (self->length > 0 && is_blank (self->text[self->length - 1]))
    self->length--;

  return TRUE;
}

/**
 * firmware_ihex_line_skip_blanks:
 * @self: a line
 *
 * Leaves out the blanks at its beginning.
 */
void
firmware_ihex_line_skip_blanks (FirmwareIhexLine *self)
{
  g_return_if_fail (self != NULL);

  while (self->length > 0 && is_blank (*self->text)) {
    self->text++;
    self->length--;
  }
}

/**
 * firmware_ihex_line_is_comment:
 * @self: a line
 *
 * Some compilers name the chip or the tool in lines of their own. A record whose colon was damaged
 * is none: a single bit makes a semicolon of it.
 *
 * Returns: whether the line is there for people only
 */
gboolean
firmware_ihex_line_is_comment (const FirmwareIhexLine *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->length == 0 || (self->text[0] != ';' && self->text[0] != '#'))
    return FALSE;

  for (gsize i = 1; i < self->length; i++) {
    if (!g_ascii_isxdigit (self->text[i]))
      return TRUE;
  }

  return self->length == 1;
}

static gboolean
refuse_character (const FirmwareIhexLine *line, gsize i, const char *expected, GError **error)
{
  const guchar character = (guchar) line->text[i];
  g_autofree char *shown = g_ascii_isgraph ((char) character)
                             ? g_strdup_printf ("\"%c\"", character)
                             : g_strdup_printf ("byte 0x%02x", character);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Line %u, column %" G_GSIZE_FORMAT ": %s stands where %s belongs", line->number,
               i + 1, shown, expected);
  firmware_error_set_line (error, line->number, i + 1);
  return FALSE;
}

/* @n_data: what the record says, or the least it can say when it does not even get that far */
static gboolean
refuse_length (const FirmwareIhexLine *line, gsize n_digits, guint8 n_data, GError **error)
{
  const gsize expected = 2 * (gsize) (OVERHEAD + n_data);

  /* The file was cut in the middle of its last line. */
  if (line->is_open && n_digits < expected)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                 "The Intel HEX file ends in the middle of line %u", line->number);
  else if (n_digits < 2 * OVERHEAD)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u has %" G_GSIZE_FORMAT " digits; no record has less than %d", line->number,
                 n_digits, 2 * OVERHEAD);
  else
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u has %" G_GSIZE_FORMAT " digits; with %u bytes of data, as it says, it "
                 "would have %" G_GSIZE_FORMAT,
                 line->number, n_digits, n_data, expected);
  return FALSE;
}

static gboolean
check_sum (const FirmwareIhexLine *line, const guint8 *record, gsize length, GError **error)
{
  guint8 sum = 0;

  for (gsize i = 0; i < length - 1; i++)
    sum += record[i];

  if ((guint8) (sum + record[length - 1]) == 0)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_CHECKSUM,
               "Line %u: its checksum is 0x%02x; its bytes make 0x%02x", line->number,
               record[length - 1], (guint8) -sum);
  return FALSE;
}

/**
 * firmware_ihex_record_decode:
 * @self: (out caller-allocates): the record
 * @line: a line, which is not empty
 * @error: return location for an error, which names the line
 *
 * Reads a record: whatever comes back is as long as it says, and its sum is right.
 *
 * Returns: whether the line is one
 */
gboolean
firmware_ihex_record_decode (FirmwareIhexRecord *self, const FirmwareIhexLine *line, GError **error)
{
  guint8 bytes[RECORD_MAX] = { 0 };
  gsize n_digits = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (line != NULL && line->length > 0, FALSE);

  n_digits = line->length - 1;
  if (line->text[0] != ':')
    return refuse_character (line, 0, "a colon", error);

  for (gsize i = 0; i < n_digits; i++) {
    const int value = g_ascii_xdigit_value (line->text[1 + i]);

    if (value < 0)
      return refuse_character (line, 1 + i, "a hexadecimal digit", error);
    if (i / 2 < RECORD_MAX)
      bytes[i / 2] |= (guint8) (i % 2 == 0 ? value << 4 : value);
  }

  if (n_digits < 2)
    return refuse_length (line, n_digits, 0, error);
  if (n_digits != 2 * (gsize) (OVERHEAD + bytes[LENGTH]))
    return refuse_length (line, n_digits, bytes[LENGTH], error);
  if (!check_sum (line, bytes, n_digits / 2, error))
    return FALSE;

  self->type = bytes[TYPE];
  self->offset = (guint16) (bytes[OFFSET] << 8 | bytes[OFFSET + 1]);
  self->size = bytes[LENGTH];
  memcpy (self->data, bytes + DATA, self->size);
  return TRUE;
}
