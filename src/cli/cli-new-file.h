/* cli-new-file.h: files that must not be there yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cli_new_file_check (const char *path, gboolean replace);

G_END_DECLS
