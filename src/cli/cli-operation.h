/* cli-operation.h: work on a board, on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "dfu-operation.h"
#include "dfu-visit.h"

G_BEGIN_DECLS

CliExit cli_operation_run (DfuOperation *operation, gboolean verbose);
gboolean cli_operation_parse_timeout (int seconds, DfuTimeouts *timeouts);

G_END_DECLS
