/* cli-print.c: telling a failure on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-print.h"

/**
 * cli_print_failure:
 * @subject: what it is about: a file's name, a port path, a word
 * @message: what happened
 *
 * Prints to standard error: the sentences, then the technical text on a line of its own.
 */
void
cli_print_failure (const char *subject, const WordingMessage *message)
{
  g_autofree char *text = wording_message_dup_text (message);

  g_printerr ("%s: %s\n", subject, text);
  if (message->details != NULL)
    g_printerr ("  (%s)\n", message->details);
}
