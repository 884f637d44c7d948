/* firmware-esp-part-name.c: names for parts whose files have others than an archive takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-part-name.h"

#include <string.h>

#include "firmware-esp-table.h"
#include "firmware-text.h"

#define EXTENSION ".bin"

/* Of a part that is cut, the names of the pieces end in their numbers. */
#define NUMBER_LENGTH 3

/* What stands for a character that a name cannot have. */
#define STAND_IN "_"

/**
 * firmware_esp_part_name_fits:
 * @name: the name of a file
 * @size: how many bytes it has
 * @part_size: what is larger is cut
 *
 * Returns: whether it can be the name of a part, and those of its pieces can be made of it
 */
gboolean
firmware_esp_part_name_fits (const char *name, gsize size, guint32 part_size)
{
  g_autofree char *last = NULL;

  if (!firmware_esp_table_is_name (name) || part_size == 0 || size <= part_size)
    return firmware_esp_table_is_name (name);

  last = g_strdup_printf ("%s.%" G_GSIZE_FORMAT, name, (size - 1) / part_size);
  return firmware_esp_table_is_name (last);
}

static void
append_character (GString *text, const char *at)
{
  char character[7] = "";

  g_unichar_to_utf8 (g_utf8_get_char (at), character);
  g_string_append (text, firmware_text_is_printable (character) ? character : STAND_IN);
}

/**
 * firmware_esp_part_name_new:
 * @name: the name of a file, in whatever encoding
 * @number: from 1 on; with another one, another name
 *
 * Shortens a name and takes out of it what cannot be printed.
 *
 * Returns: (transfer full): a name for a part of any size, unless it is one that no part may have
 */
char *
firmware_esp_part_name_new (const char *name, guint number)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *mark = number > 1 ? g_strdup_printf ("-%u", number) : g_strdup ("");
  const char *extension = g_str_has_suffix (valid, EXTENSION) ? EXTENSION : "";
  const char *end = valid + strlen (valid) - strlen (extension);
  const gsize room =
    FIRMWARE_ESP_RECORD_NAME_MAX - NUMBER_LENGTH - strlen (mark) - strlen (extension);
  GString *text = g_string_new (NULL);

  for (const char *at = valid; at < end; at = g_utf8_next_char (at)) {
    const gsize length = text->len;

    append_character (text, at);
    if (text->len > room) {
      g_string_truncate (text, length);
      break;
    }
  }

  g_string_append (text, mark);
  g_string_append (text, extension);
  return g_string_free (text, FALSE);
}
