/* cli-wrap.h: lines that fit a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cli_wrap (const char *text, guint width);

G_END_DECLS
