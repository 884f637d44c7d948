/* cli-progress.h: an operation's progress on a terminal, or as plain lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-operation.h"

G_BEGIN_DECLS

/**
 * CliProgress:
 *
 * Follows an operation on standard output: one line that redraws itself on a terminal; elsewhere
 * a line for each phase and each tenth, so that a log stays readable.
 */
#define CLI_TYPE_PROGRESS (cli_progress_get_type ())
G_DECLARE_FINAL_TYPE (CliProgress, cli_progress, CLI, PROGRESS, GObject)

CliProgress *cli_progress_new (DfuOperation *operation);

void cli_progress_end (CliProgress *self);

G_END_DECLS
