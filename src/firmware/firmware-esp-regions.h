/* firmware-esp-regions.h: what each stretch of an ESP chip's flash is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-flash.h"

G_BEGIN_DECLS

/**
 * FirmwareEspRegionKind:
 * @FIRMWARE_ESP_REGION_NOTHING: nobody says
 * @FIRMWARE_ESP_REGION_BOOTLOADER: for the second-stage bootloader
 * @FIRMWARE_ESP_REGION_TABLE: for the partition table
 * @FIRMWARE_ESP_REGION_APPLICATION: for an application
 * @FIRMWARE_ESP_REGION_OTA_DATA: for the record of which application starts
 * @FIRMWARE_ESP_REGION_DATA: for anything else that is listed
 *
 * What a stretch of the flash is for.
 */
typedef enum {
  FIRMWARE_ESP_REGION_NOTHING,
  FIRMWARE_ESP_REGION_BOOTLOADER,
  FIRMWARE_ESP_REGION_TABLE,
  FIRMWARE_ESP_REGION_APPLICATION,
  FIRMWARE_ESP_REGION_OTA_DATA,
  FIRMWARE_ESP_REGION_DATA,
} FirmwareEspRegionKind;

/**
 * FirmwareEspRegion:
 * @start: its first address
 * @end: the address behind its last
 * @kind: what it is for
 * @name: its partition's label, or a word for what it is
 *
 * A stretch of the flash.
 */
typedef struct {
  guint64 start;
  guint64 end;
  FirmwareEspRegionKind kind;
  char *name;
} FirmwareEspRegion;

GArray *firmware_esp_regions_find (const FirmwareEspFlash *flash);

G_END_DECLS
