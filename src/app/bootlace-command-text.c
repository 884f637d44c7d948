/* bootlace-command-text.c: how a command is broken into lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-command-text.h"

#include <string.h>

/* What a word begins with and means nothing without the letter behind it: an option's dashes, and
 * the slash of a path. Returns how long that is, with the letter. */
static gsize
measure_beginning (const char *word)
{
  const gsize length = strspn (word, "-/");

  return length > 0 && g_ascii_isgraph (word[length]) ? length + 1 : 0;
}

static void
keep_together (PangoAttrList *attributes, gsize start, gsize length)
{
  PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

  attribute->start_index = (guint) start;
  attribute->end_index = (guint) (start + length);
  pango_attr_list_insert (attributes, attribute);
}

/**
 * bootlace_command_text_new_attributes:
 * @command: what is to be typed into a terminal
 *
 * A line may end wherever it may in a text, but not behind the dashes of an option, as in
 * "--device", or the first slash of a path: people who read "--" alone take it for a word.
 *
 * Returns: (transfer full): attributes for a label that shows @command
 */
PangoAttrList *
bootlace_command_text_new_attributes (const char *command)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  gboolean begins = TRUE;

  for (gsize i = 0; command[i] != '\0'; i++) {
    const gsize length = begins ? measure_beginning (command + i) : 0;

    if (length > 0)
      keep_together (attributes, i, length);
    begins = g_ascii_isspace (command[i]);
  }

  return attributes;
}
