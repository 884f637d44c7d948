/* setup-udev-walk.c: the way that udev takes through a file of rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * udev(7): GOTO jumps to the next line of the file that has the LABEL, and so only ahead. What has
 * no such line is no jump.
 */

#include "setup-udev-walk.h"

/* Something that is so up to the line @end, not included, as udev goes line by line; it stays so to
 * the end of the file when udev jumps over that line. */
typedef struct {
  gboolean holds;
  guint end;
} Span;

static void
begin_span (Span *span, guint end)
{
  span->end = span->holds ? MAX (span->end, end) : end;
  span->holds = TRUE;
}

static void
come_to_line (Span *span, guint i)
{
  if (span->end == i)
    span->holds = FALSE;
}

static void
clear_line (gpointer line)
{
  setup_udev_line_clear (line);
}

/* A backslash at the end of a line continues it. */
static GArray *
read_lines (const char *text, guint16 vendor, guint16 product)
{
  g_autoptr (GArray) result = g_array_new (FALSE, TRUE, sizeof (SetupUdevLine));
  g_autoptr (GRegex) continued = g_regex_new ("\\\\\n\\s*", 0, 0, NULL);
  g_autofree char *joined = g_regex_replace_literal (continued, text, -1, 0, "", 0, NULL);
  /* What is no UTF-8 names nothing that we would find. */
  g_auto (GStrv) lines = g_strsplit (joined != NULL ? joined : "", "\n", -1);

  g_array_set_clear_func (result, clear_line);
  g_array_set_size (result, g_strv_length (lines));
  for (guint i = 0; i < result->len; i++)
    setup_udev_line_read (&g_array_index (result, SetupUdevLine, i), lines[i], vendor, product);

  return g_steal_pointer (&result);
}

/* Returns where line @i jumps to, or 0: there is nothing before the first line. */
static guint
find_target (GArray *lines, guint i)
{
  const char *label = g_array_index (lines, SetupUdevLine, i).jump;

  for (guint j = i + 1; label != NULL && j < lines->len; j++)
    if (g_strcmp0 (g_array_index (lines, SetupUdevLine, j).label, label) == 0)
      return j;

  return 0;
}

/**
 * setup_udev_walk:
 * @text: a file of udev's rules
 * @vendor: idVendor of a device
 * @product: idProduct of the device
 * @visit: called for each line that applies
 * @user_data: data for @visit
 *
 * Goes through the file as udev does when the device is plugged in. Where it cannot be known
 * whether udev jumps, it comes to the lines in between as well.
 */
void
setup_udev_walk (const char *text,
                 guint16 vendor,
                 guint16 product,
                 SetupUdevVisit visit,
                 gpointer user_data)
{
  g_autoptr (GArray) lines = read_lines (text, vendor, product);
  Span named = { FALSE };
  Span doubtful = { FALSE };
  guint next = 0;

  for (guint i = 0; i < lines->len; i = next) {
    SetupUdevLine *line = &g_array_index (lines, SetupUdevLine, i);
    const guint target = find_target (lines, i);

    next = i + 1;
    come_to_line (&named, i);
    come_to_line (&doubtful, i);

    /* All others jump. */
    if (target > 0 && line->spares_vendor)
      begin_span (&named, target);
    if (!line->applies)
      continue;

    line->names_vendor |= named.holds;
    line->uncertain |= doubtful.holds;
    visit (line, user_data);

    if (target > 0 && line->uncertain)
      begin_span (&doubtful, target);
    else if (target > 0) {
      next = target;
      /* Whoever comes to the target from elsewhere may be anybody's. */
      if (line->names_vendor)
        begin_span (&named, G_MAXUINT);
    }
  }
}
