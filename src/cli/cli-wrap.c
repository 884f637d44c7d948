/* cli-wrap.c: lines that fit a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-wrap.h"

#include <string.h>

/* Where a second column begins, or else the line itself; in characters, which are not always bytes.
 */
static guint
find_column (const char *line)
{
  const char *words = line + strspn (line, " ");
  const char *gap = strstr (words, "  ");

  if (gap != NULL)
    words = gap + strspn (gap, " ");

  return (guint) g_utf8_strlen (line, words - line);
}

/* The last space that ends what fits, but not before the column; a longer word stays whole. */
static const char *
find_break (const char *line, guint column, guint width)
{
  const char *last = NULL;
  guint at = 0;

  for (const char *next = line; *next != '\0'; next = g_utf8_next_char (next), at++) {
    if (at > width && last != NULL)
      return last;
    if (*next == ' ' && at > column)
      last = next;
  }

  return at > width ? last : NULL;
}

static void
add_line (GString *wrapped, const char *line, guint width)
{
  const guint column = find_column (line);
  g_autofree char *rest = g_strdup (line);
  const char *end;

  while ((end = find_break (rest, column, width)) != NULL) {
    g_autofree char *before = g_steal_pointer (&rest);

    g_string_append_len (wrapped, before, end - before);
    g_string_append_c (wrapped, '\n');
    rest = g_strdup_printf ("%*s%s", (int) column, "", end + 1);
  }

  g_string_append (wrapped, rest);
}

/**
 * cli_wrap:
 * @text: lines, each with one column or two, which two or more spaces divide
 * @width: how many characters go into a line
 *
 * Breaks lines that are too long between two words, and goes on below the beginning of the last
 * column.
 *
 * Returns: (transfer full): the lines
 */
char *
cli_wrap (const char *text, guint width)
{
  g_auto (GStrv) lines = NULL;
  GString *wrapped;

  g_return_val_if_fail (text != NULL, NULL);

  wrapped = g_string_new (NULL);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    if (i > 0)
      g_string_append_c (wrapped, '\n');
    add_line (wrapped, lines[i], width);
  }

  return g_string_free (wrapped, FALSE);
}
