/* firmware-esp-chip.h: Espressif's chips that have a DFU loader in their ROM, and their relatives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ESP_VENDOR 0x303a
#define FIRMWARE_ESP_SECTOR_SIZE 4096 /* the least that the flash can erase */

/**
 * FirmwareEspChip:
 * @name: as Espressif writes it, "ESP32-S2"
 * @id: chip_id in the header of an ESP image
 * @product: idProduct of the ROM's DFU loader, 0 when the chip has none
 * @bootloader_address: where the ROM looks for the second-stage bootloader
 *
 * What tells one chip from another, as far as files are concerned.
 */
typedef struct {
  const char *name;
  guint16 id;
  guint16 product;
  guint32 bootloader_address;
} FirmwareEspChip;

const FirmwareEspChip *firmware_esp_chip_find_by_product (guint16 product);
const FirmwareEspChip *firmware_esp_chip_find_by_id (guint16 id);
const FirmwareEspChip *firmware_esp_chip_find_by_name (const char *name);
const FirmwareEspChip *firmware_esp_chip_find_loader (guint16 id, const char *part, GError **error);
gboolean firmware_esp_chip_check_loader (const FirmwareEspChip *self, GError **error);
const char *firmware_esp_chip_name (guint16 product);

G_END_DECLS
