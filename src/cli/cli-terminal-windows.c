/* cli-terminal-windows.c: what the system makes of arguments and of text, where it is Windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Windows has arguments in UTF-16 and hands out a copy in an old code page, into which not every
 * file name fits; and its console expects that code page until it is told better.
 */

#include "config.h"

#include "cli-terminal.h"

#include <fcntl.h>
#include <io.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

static UINT code_page_before;

static void
restore_code_page (void)
{
  SetConsoleOutputCP (code_page_before);
}

static void
print (const char *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

static void
print_error (const char *text)
{
  fputs (text, stderr);
  fflush (stderr);
}

/* The progress is redrawn with escape sequences, which consoles before Windows 10 do not know. */
static void
allow_escape_sequences (void)
{
  HANDLE output = GetStdHandle (STD_OUTPUT_HANDLE);
  DWORD mode = 0;

  if (GetConsoleMode (output, &mode))
    SetConsoleMode (output, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

void
cli_terminal_set_up (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");

  code_page_before = GetConsoleOutputCP ();
  if (code_page_before != 0 && SetConsoleOutputCP (CP_UTF8))
    atexit (restore_code_page);
  allow_escape_sequences ();
  g_set_print_handler (print);
  g_set_printerr_handler (print_error);

  *argv = g_win32_get_command_line ();
  *argc = (int) g_strv_length (*argv);
}

/* The words stay there until the program ends, as those of main() do. */
gboolean
cli_terminal_parse (GOptionContext *context, int *argc, char ***argv, GError **error)
{
  *argv = g_strdupv (*argv);
  if (!g_option_context_parse_strv (context, argv, error))
    return FALSE;

  *argc = (int) g_strv_length (*argv);
  return TRUE;
}

guint
cli_terminal_get_width (void)
{
  CONSOLE_SCREEN_BUFFER_INFO info;

  if (!GetConsoleScreenBufferInfo (GetStdHandle (STD_OUTPUT_HANDLE), &info))
    return 0;

  /* The last column is left free: a console wraps there at once. */
  return (guint) MAX (info.srWindow.Right - info.srWindow.Left, 0);
}

/* The C library would make two bytes of each end of a line. */
void
cli_terminal_use_bytes (FILE *stream)
{
  _setmode (_fileno (stream), _O_BINARY);
}
