/* cli-terminal.h: what the system makes of arguments and of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

void cli_terminal_set_up (int *argc, char ***argv);
gboolean cli_terminal_parse (GOptionContext *context, int *argc, char ***argv, GError **error);
guint cli_terminal_get_width (void);
void cli_terminal_use_bytes (FILE *stream);

G_END_DECLS
