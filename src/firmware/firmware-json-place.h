/* firmware-json-place.h: where in a JSON file something stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint firmware_json_place_find_member (const char *data, gsize size, const char *name);
void firmware_json_place_move_on (const char *data, gsize size, guint *line, guint *column);

G_END_DECLS
