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
 * FirmwareEspMd5:
 * @FIRMWARE_ESP_MD5_VERIFY: every MD5 is computed and compared
 * @FIRMWARE_ESP_MD5_TRUST: they were computed from these very bytes a moment ago
 *
 * What to do about the MD5s of an archive.
 */
typedef enum {
  FIRMWARE_ESP_MD5_VERIFY,
  FIRMWARE_ESP_MD5_TRUST,
} FirmwareEspMd5;

GArray *firmware_esp_parts_read (GBytes *archive,
                                 FirmwareEspMd5 md5,
                                 guint32 *flash_size,
                                 gboolean *has_parameters,
                                 GError **error);

G_END_DECLS
