/* firmware-esp-parts.h: what an archive for the ROM writes, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-table.h"

G_BEGIN_DECLS

/**
 * FirmwareEspPart:
 * @name: its name, as the table and the member have it
 * @address: where it goes in the flash
 * @offset: where its data begin in the archive
 * @size: how many bytes it has, at least one
 *
 * A member that goes to the flash.
 */
typedef struct {
  char name[FIRMWARE_ESP_RECORD_NAME_MAX + 1];
  guint32 address;
  gsize offset;
  gsize size;
} FirmwareEspPart;

/**
 * FirmwareEspParts:
 * @FIRMWARE_ESP_PARTS_VERIFY: every MD5 is computed and compared
 * @FIRMWARE_ESP_PARTS_TRUST: they were computed from these very bytes a moment ago
 *
 * How an archive is read.
 */
typedef enum {
  FIRMWARE_ESP_PARTS_VERIFY,
  FIRMWARE_ESP_PARTS_TRUST,
} FirmwareEspParts;

GArray *firmware_esp_parts_read (GBytes *archive,
                                 FirmwareEspParts trust,
                                 guint32 *flash_size,
                                 gboolean *has_parameters,
                                 GError **error);

G_END_DECLS
