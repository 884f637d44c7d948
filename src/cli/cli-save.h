/* cli-save.h: the file that a command writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "cli-exit.h"

G_BEGIN_DECLS

CliExit cli_save (const char *path, GBytes *contents, GPtrArray *inputs);

G_END_DECLS
