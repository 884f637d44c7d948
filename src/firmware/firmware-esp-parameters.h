/* firmware-esp-parameters.h: flash_params.dat, which tells the ROM how large the flash is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ESP_PARAMETERS_NAME "flash_params.dat"
#define FIRMWARE_ESP_PARAMETERS_LENGTH 32

/* What the ROM works with until it has seen flash_params.dat. */
#define FIRMWARE_ESP_FLASH_SIZE_DEFAULT (2 * 1024 * 1024)

gboolean firmware_esp_parameters_check_size (guint32 flash_size, GError **error);
guint32 firmware_esp_parameters_size_from_text (const char *text);
gboolean
firmware_esp_parameters_parse (guint32 *flash_size, const guint8 *data, gsize size, GError **error);
GBytes *firmware_esp_parameters_new (guint32 flash_size);

G_END_DECLS
