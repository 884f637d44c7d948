/* cli-print.h: telling a failure on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "wording-message.h"

G_BEGIN_DECLS

void cli_print_board (const char *name, const char *port_path);
void cli_print_field (const char *label, const char *format, ...) G_GNUC_PRINTF (2, 3);
void cli_print_failure (const char *subject, const WordingMessage *message);
CliExit cli_print_error (const char *subject, const GError *error);

G_END_DECLS
