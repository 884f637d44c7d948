/* firmware-json-place.c: where in a JSON file something stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-json-place.h"

#include <string.h>

/* A string in front of a colon. */
static const char *
find_key (const char *data, gsize size, const char *quoted)
{
  const char *end = data + size;
  const gsize length = strlen (quoted);
  const char *at = data;

  while ((at = g_strstr_len (at, end - at, quoted)) != NULL) {
    const char *behind = at + length;

    while (behind < end && g_ascii_isspace (*behind))
      behind++;
    if (behind < end && *behind == ':')
      return at;

    at += length;
  }

  return NULL;
}

static guint
count_lines (const char *data, const char *end)
{
  guint line = 1;

  for (const char *at = data; at < end; at++)
    line += *at == '\n';

  return line;
}

static const char *
find_line (const char *data, const char *end, guint line)
{
  const char *at = data;

  for (guint i = 1; i < line; i++) {
    const char *newline = memchr (at, '\n', end - at);

    if (newline == NULL)
      return end;
    at = newline + 1;
  }

  return at;
}

static const char *
skip_columns (const char *at, const char *end, guint n_columns)
{
  while (at < end && *at != '\n' && n_columns-- > 0)
    at++;

  return at;
}

/**
 * firmware_json_place_find_member:
 * @data: (array length=size): a JSON file
 * @size: its size
 * @name: the name of a member
 *
 * Looks for a name as it is mostly written.
 *
 * Returns: the line of the first member of this name, from 1; 0 when it is written otherwise
 */
guint
firmware_json_place_find_member (const char *data, gsize size, const char *name)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", name);
  const char *found = find_key (data, size, quoted);

  return found != NULL ? count_lines (data, found) : 0;
}

/**
 * firmware_json_place_move_on:
 * @data: (array length=size): a JSON file
 * @size: its size
 * @line: (inout): how far the parser understood it, from 1
 * @column: (inout): the same in that line, in bytes; out: the character, from 1
 *
 * Moves on to what the parser did not understand. Behind a bracket, a comma or a colon that is what
 * comes next; it has already taken anything else that does not belong there.
 */
void
firmware_json_place_move_on (const char *data, gsize size, guint *line, guint *column)
{
  const char *end = data + size;
  const char *behind = skip_columns (find_line (data, end, *line), end, *column);
  const char *at = behind > data ? behind - 1 : data;
  const char *start;

  if (at < end && strchr ("{[,:", *at) != NULL && *at != '\0') {
    while (behind < end && g_ascii_isspace (*behind))
      behind++;
    at = behind < end ? behind : at;
  }

  *line = count_lines (data, at);
  start = find_line (data, end, *line);
  *column = 1;
  for (; start < at; start++)
    *column += ((guint8) *start & 0xc0) != 0x80; /* not the rest of a character in UTF-8 */
}
