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
 * @size: how many bytes it has
 *
 * What a file is, and how much room it needs.
 */
typedef struct {
  const char *name;
  FirmwareRole role;
  gsize size;
} FirmwareEspStray;

gboolean firmware_esp_places_find (const FirmwareEspStray *file,
                                   const FirmwareEspChip *chip,
                                   GPtrArray *partitions,
                                   guint32 *address,
                                   gboolean *is_proposed,
                                   GError **error);

G_END_DECLS
