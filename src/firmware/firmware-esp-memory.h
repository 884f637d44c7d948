/* firmware-esp-memory.h: where an ESP chip has flash and RAM in its address space
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"

G_BEGIN_DECLS

/**
 * FirmwareEspMemory:
 * @chip_id: the chip's id, as in #FirmwareEspChip
 * @start: the first address
 * @end: the address behind the last
 * @is_mapped: whether the flash is seen there through the cache; anything else is RAM, which the
 *   bootloader copies to
 *
 * A stretch of a chip's address space that a program can have bytes in.
 */
typedef struct {
  guint16 chip_id;
  guint32 start;
  guint32 end;
  gboolean is_mapped;
} FirmwareEspMemory;

const FirmwareEspMemory *
firmware_esp_memory_find (const FirmwareEspChip *chip, guint32 address, guint32 size);

G_END_DECLS
