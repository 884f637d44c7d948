/* cli-stream.c: "-" in the place of a file: standard input and output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-stream.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "cli-print.h"
#include "cli-terminal.h"
#include "firmware-file.h"

#define PIECE_SIZE 65536

/**
 * cli_stream_is_meant:
 * @path: a file, as it stands on the command line
 *
 * Returns: whether it is no file but standard input, or output
 */
gboolean
cli_stream_is_meant (const char *path)
{
  return g_str_equal (path, "-");
}

static gboolean
set_error (const char *what, GError **error)
{
  const int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return FALSE;
}

/**
 * cli_stream_read:
 * @max_size: what is longer is refused
 * @error: return location for an error
 *
 * Returns: (transfer full): all that comes from standard input, or %NULL with @error set
 */
GBytes *
cli_stream_read (gsize max_size, GError **error)
{
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE_SIZE);
  gsize length;

  cli_terminal_use_bytes (stdin);
  while ((length = fread (piece, 1, PIECE_SIZE, stdin)) > 0) {
    g_byte_array_append (contents, piece, (guint) length);
    if (!firmware_file_check_size (contents->len, max_size, error))
      return NULL;
  }

  if (ferror (stdin) != 0) {
    set_error ("Standard input", error);
    return NULL;
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&contents));
}

static void
print_elsewhere (const char *text)
{
  g_printerr ("%s", text);
}

/**
 * cli_stream_reserve_output:
 *
 * Keeps standard output for bytes: what is told goes to standard error from now on.
 *
 * Returns: whether bytes make sense there; else it was said on standard error
 */
gboolean
cli_stream_reserve_output (void)
{
  if (isatty (STDOUT_FILENO)) {
    g_printerr ("%s\n",
                _ ("These bytes are nothing for a terminal; let standard output go to a file "
                   "or a program."));
    return FALSE;
  }

  g_set_print_handler (print_elsewhere);
  return TRUE;
}

/**
 * cli_stream_write:
 * @contents: bytes
 * @error: return location for an error
 *
 * Returns: whether standard output took all of them
 */
gboolean
cli_stream_write (GBytes *contents, GError **error)
{
  const gsize size = g_bytes_get_size (contents);

  cli_terminal_use_bytes (stdout);
  if ((size == 0 || fwrite (g_bytes_get_data (contents, NULL), size, 1, stdout) == 1) &&
      fflush (stdout) == 0)
    return TRUE;

  return set_error ("Standard output", error);
}

/**
 * cli_stream_check_output:
 *
 * Returns: whether standard output took all that was printed; else it was said on standard error
 */
gboolean
cli_stream_check_output (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;

  if (fflush (stdout) == 0 && ferror (stdout) == 0)
    return TRUE;

  /* Which error it was is forgotten by now. */
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "Standard output did not take all that was printed");
  message = wording_message_new_for_saving (error);
  cli_print_failure (_ ("Failed"), message);
  return FALSE;
}
