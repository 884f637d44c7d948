/* firmware-esp-places.h: where a file of an ESP chip's firmware belongs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

/**
 * FirmwareEspStray:
 * @name: the file's base name
 * @role: what it is
 *
 * What a file is.
 */
typedef struct {
  const char *name;
  FirmwareRole role;
} FirmwareEspStray;

/**
 * FirmwareEspSurroundings:
 * @chip: the chip that the files are for
 * @partitions: (nullable) (element-type FirmwarePartition): what the partition table lists, in the
 *   order of addresses, or %NULL without one
 * @bootloader_size: how many bytes the bootloader has, or 0 without one
 *
 * What says where a file belongs.
 */
typedef struct {
  const FirmwareEspChip *chip;
  GPtrArray *partitions;
  gsize bootloader_size;
} FirmwareEspSurroundings;

gboolean firmware_esp_places_find (const FirmwareEspStray *file,
                                   const FirmwareEspSurroundings *surroundings,
                                   guint32 *address,
                                   gboolean *is_proposed,
                                   GError **error);

G_END_DECLS
