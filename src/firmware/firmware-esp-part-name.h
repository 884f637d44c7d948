/* firmware-esp-part-name.h: names for parts whose files have others than an archive takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean firmware_esp_part_name_fits (const char *name, gsize size, guint32 part_size);
char *firmware_esp_part_name_new (const char *name, guint number);

G_END_DECLS
