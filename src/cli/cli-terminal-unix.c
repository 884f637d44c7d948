/* cli-terminal-unix.c: what the system makes of arguments and of text, where it is Unix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-terminal.h"

#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>

/**
 * cli_terminal_set_up:
 * @argc: (inout): as main() got it
 * @argv: (inout): as main() got it
 *
 * Makes ready for text in the person's language. On Windows the arguments become UTF-8.
 */
void
cli_terminal_set_up (int *argc, char ***argv)
{
  /* Each one may be files to load, so not LC_ALL, which has eight more. */
  static const int categories[] = { LC_CTYPE, LC_MESSAGES, LC_NUMERIC, LC_TIME };

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    setlocale (categories[i], "");

  /* Without a locale the C library knows ASCII only; terminals of today know more. */
  if (g_str_equal (setlocale (LC_CTYPE, NULL), "C"))
    setlocale (LC_CTYPE, "C.UTF-8");
}

/**
 * cli_terminal_parse:
 * @context: the options
 * @argc: (inout): how many arguments
 * @argv: (inout): the arguments, as cli_terminal_set_up() left them
 * @error: return location for an error
 *
 * Does what g_option_context_parse() does.
 *
 * Returns: whether the arguments are right
 */
gboolean
cli_terminal_parse (GOptionContext *context, int *argc, char ***argv, GError **error)
{
  return g_option_context_parse (context, argc, argv, error);
}

/**
 * cli_terminal_get_width:
 *
 * Returns: how many characters go into a line, or 0 when nothing tells
 */
guint
cli_terminal_get_width (void)
{
  struct winsize size;

  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col;
}

/**
 * cli_terminal_use_bytes:
 * @stream: standard input or output
 *
 * Has it be bytes, where text is something else.
 */
void
cli_terminal_use_bytes (FILE *stream)
{
}
