/* firmware-esp-checks.h: whether the parts of an ESP firmware fit together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-partitions.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * FirmwareEspContext:
 * @image: the firmware, with all of its segments; it gets the findings
 * @chip: the chip that it is for
 * @flash_size: how large the firmware says the flash is, in bytes, or 0 when it does not
 * @table_name: (nullable): the name of the part with the partition table, or %NULL without one
 * @is_table_good: whether there is one, and ESP-IDF's bootloader takes it
 * @inputs: (nullable) (array length=n_inputs): what the archive was made of, if that was just now
 * @n_inputs: how many
 *
 * What the checks need to know. Borrows everything.
 */
typedef struct {
  FirmwareImage *image;
  const FirmwareEspChip *chip;
  guint64 flash_size;
  const char *table_name;
  gboolean is_table_good;
  const FirmwareEspArchiveInput *inputs;
  gsize n_inputs;
} FirmwareEspContext;

void firmware_esp_checks_add_table (FirmwareEspContext *context,
                                    const char *name,
                                    const FirmwareEspPartitions *table);
void firmware_esp_checks_run (const FirmwareEspContext *context);

/* Steps of firmware_esp_checks_run(). */
void firmware_esp_check_image (const FirmwareEspContext *context, FirmwareSegment *segment);
void firmware_esp_check_headers (const FirmwareEspContext *context);
void firmware_esp_check_place (const FirmwareEspContext *context, FirmwareSegment *segment);
void firmware_esp_check_room (const FirmwareEspContext *context, FirmwareSegment *segment);
void firmware_esp_check_partitions (const FirmwareEspContext *context);

FirmwarePartition *firmware_esp_find_partition (FirmwareImage *image, guint64 address);
FirmwareSegment *firmware_esp_find_role (FirmwareImage *image, FirmwareRole role);

G_END_DECLS
