/* cli-json.h: output for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void cli_json_add_string (JsonBuilder *builder, const char *key, const char *value);
void cli_json_add_int (JsonBuilder *builder, const char *key, gint64 value);
void cli_json_add_boolean (JsonBuilder *builder, const char *key, gboolean value);
void cli_json_add_null (JsonBuilder *builder, const char *key);
void cli_json_print (JsonBuilder *builder);

G_END_DECLS
