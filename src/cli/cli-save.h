/* cli-save.h: the file that a command writes, or standard output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "cli-exit.h"

G_BEGIN_DECLS

gboolean cli_save_prepare (const char *path);
CliExit cli_save (const char *path, GBytes *contents, GPtrArray *inputs);

G_END_DECLS
