/* firmware-esp-layout.h: where parts may lie in the flash so that the ROM writes all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean firmware_esp_layout_check_place (const char *name,
                                          guint32 address,
                                          gsize size,
                                          guint32 flash_size,
                                          GError **error);
gboolean firmware_esp_layout_check_neighbours (const char *first_name,
                                               guint64 first_end,
                                               const char *second_name,
                                               guint64 second_address,
                                               GError **error);

G_END_DECLS
