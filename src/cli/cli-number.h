/* cli-number.h: numbers on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cli_number_parse (const char *text, const char *option, guint32 maximum, guint32 *number);

G_END_DECLS
