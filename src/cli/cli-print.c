/* cli-print.c: telling a failure on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-print.h"

#include <glib/gi18n.h>

#define LABEL_WIDTH 13 /* characters, the longest label and a gap */

/* What the doctor can tell more about; the rest is seen at the board or in the file. */
static gboolean
is_for_doctor (const char *help)
{
  static const char *const checks[] = { "usb", "access", "driver", "holder", NULL };

  return help != NULL && g_strv_contains (checks, help);
}

/**
 * cli_print_failure:
 * @subject: what it is about: a file's name, a port path, a word
 * @message: what happened
 *
 * Prints to standard error: the sentences, then what it mostly comes from and the technical text
 * on lines of their own.
 */
void
cli_print_failure (const char *subject, const WordingMessage *message)
{
  g_autofree char *text = wording_message_dup_text (message);

  g_printerr ("%s: %s\n", subject, text);
  /* Translators: %s is a sentence */
  g_printerr (_ ("  Likely cause: %s"), message->cause);
  g_printerr ("\n");
  if (message->details != NULL)
    g_printerr ("  (%s)\n", message->details);
  if (is_for_doctor (message->help))
    g_printerr ("  %s\n", _ ("“bootlace-cli doctor” finds out more."));
}

/**
 * cli_print_error:
 * @subject: what failed: a path
 * @error: why
 *
 * Does cli_print_failure() with what can be said about an error of which no more is known.
 *
 * Returns: the exit status of it
 */
CliExit
cli_print_error (const char *subject, const GError *error)
{
  g_autoptr (WordingMessage) message = wording_message_new (error);

  cli_print_failure (subject, message);
  return cli_exit_from_error (error);
}

/**
 * cli_print_board:
 * @name: (nullable): what the board is called; %NULL where nobody knows
 * @port_path: where it is plugged in
 *
 * Prints a line to standard output that says which board is meant.
 */
void
cli_print_board (const char *name, const char *port_path)
{
  /* Translators: the name of a board, then where it is plugged in */
  g_print (_ ("%s on USB port %s"), name != NULL ? name : _ ("DFU device"), port_path);
  g_print ("\n");
}

/**
 * cli_print_field:
 * @label: a translated word
 * @format: printf() format of what it stands for
 * @...: its arguments
 *
 * Prints one line of a list of fields to standard output, with the values in a column.
 */
void
cli_print_field (const char *label, const char *format, ...)
{
  const int gap = MAX (1, LABEL_WIDTH - (int) g_utf8_strlen (label, -1));
  g_autofree char *value = NULL;
  va_list arguments;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_print ("  %s%*s%s\n", label, gap, "", value);
}
