/* cli-stream.h: "-" in the place of a file: standard input and output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cli_stream_is_meant (const char *path);
GBytes *cli_stream_read (gsize max_size, GError **error);

gboolean cli_stream_reserve_output (void);
gboolean cli_stream_write (GBytes *contents, GError **error);
gboolean cli_stream_check_output (void);

G_END_DECLS
