/* firmware-esp-flash.h: the bytes of an ESP chip's flash, and what is where in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "firmware-esp-chip.h"
#include "firmware-memory.h"

G_BEGIN_DECLS

#define FIRMWARE_ESP_TABLE_ADDRESS 0x8000 /* unless the project says otherwise */
#define FIRMWARE_ESP_APP_ADDRESS 0x10000  /* the same */

/* No part of the flash has this address. */
#define FIRMWARE_ESP_NOWHERE G_MAXUINT32

/**
 * FirmwareEspFlash:
 * @runs: (element-type FirmwareRun): what is known of the flash, ascending; no sector is in two
 * @chip: (nullable): the chip it is for: of those that bootloader and applications name, the first
 *   that has a DFU loader, or else the first
 * @bootloader: where the bootloader is, or %FIRMWARE_ESP_NOWHERE
 * @table: where the partition table is, or %FIRMWARE_ESP_NOWHERE
 * @apps: (element-type guint32): where applications begin, ascending
 * @partitions: (element-type FirmwarePartition): what the partition table lists; empty without one
 * @size: how large the flash is: as the first image says, or as large as the bytes need
 *
 * A survey of bytes with addresses.
 */
typedef struct {
  GArray *runs;
  const FirmwareEspChip *chip;
  guint32 bootloader;
  guint32 table;
  GArray *apps;
  GPtrArray *partitions;
  guint32 size;
} FirmwareEspFlash;

gboolean firmware_esp_flash_survey (FirmwareEspFlash *self,
                                    const FirmwareRun *runs,
                                    gsize n_runs,
                                    const FirmwareEspChip *chip,
                                    GError **error);
gboolean firmware_esp_flash_check_chip (const FirmwareEspFlash *self, GError **error);
void firmware_esp_flash_clear (FirmwareEspFlash *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspFlash, firmware_esp_flash_clear)

G_END_DECLS
