/* firmware-json.h: JSON that may be anything, for the formats only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean firmware_json_is_object (GBytes *contents);
JsonObject *firmware_json_parse (GBytes *contents, GError **error);

gboolean firmware_json_is_string (JsonNode *node);
gboolean
firmware_json_get_object (JsonObject *object, const char *name, JsonObject **value, GError **error);
gboolean
firmware_json_get_string (JsonObject *object, const char *name, const char **value, GError **error);
gboolean
firmware_json_dup_strings (JsonObject *object, const char *name, char ***value, GError **error);

void firmware_json_locate (GError **error, GBytes *contents, const char *name);

G_END_DECLS
