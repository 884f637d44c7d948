/* firmware-text.h: text that comes out of files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean firmware_text_is_printable (const char *text);
char *firmware_text_dup_field (const guint8 *field, gsize length);
char *firmware_text_dup_quoted (const char *text);
gboolean firmware_text_parse_number (const char *text, guint32 *number);
gboolean firmware_text_parse_literal (const char *text, guint32 *number);

G_END_DECLS
