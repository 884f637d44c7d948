/* firmware-esp-role.h: what a part of an ESP chip's flash is, by its content
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

#define FIRMWARE_ESP_OTA_DATA_LENGTH 0x2000 /* a sector for each of two records */

FirmwareRole firmware_esp_role_find (const char *name,
                                     guint64 address,
                                     GBytes *data,
                                     const FirmwareEspChip *chip);
gboolean firmware_esp_role_is_ota_data (const guint8 *data, gsize size);

G_END_DECLS
