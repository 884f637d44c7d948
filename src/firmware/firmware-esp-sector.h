/* firmware-esp-sector.h: the units in which a flash is erased, for the formats only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"

G_BEGIN_DECLS

static inline guint64
firmware_esp_align_down (guint64 address, guint32 unit)
{
  return address / unit * unit;
}

static inline guint64
firmware_esp_align_up (guint64 address, guint32 unit)
{
  return firmware_esp_align_down (address + unit - 1, unit);
}

/* Where the sector begins that an address is in. */
static inline guint64
firmware_esp_sector_start (guint64 address)
{
  return firmware_esp_align_down (address, FIRMWARE_ESP_SECTOR_SIZE);
}

/* Where the first sector begins that has nothing before an address. */
static inline guint64
firmware_esp_sector_end (guint64 address)
{
  return firmware_esp_align_up (address, FIRMWARE_ESP_SECTOR_SIZE);
}

G_END_DECLS
