/* firmware-esp-partitions.h: an ESP partition table, from bytes to partitions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-verify.h"
#include "firmware-partition.h"
#include "firmware-table-fault.h"

G_BEGIN_DECLS

/* What a table may have of the sector that it stands in. */
#define FIRMWARE_ESP_PARTITIONS_SIZE_MAX 0xc00

/* The chip maps applications into memory in pages of this size. */
#define FIRMWARE_ESP_APP_ALIGNMENT 0x10000

/**
 * FirmwareEspPartitions:
 * @partitions: (element-type FirmwarePartition): what could be read, in the order of addresses
 * @faults: (element-type FirmwareTableFault): what makes no sense in it
 * @has_md5: whether an MD5 of the entries stands behind them; older tables have none
 *
 * What a partition table says, and what is wrong with it.
 */
typedef struct {
  GPtrArray *partitions;
  GArray *faults;
  gboolean has_md5;
} FirmwareEspPartitions;

gboolean firmware_esp_partitions_is_present (const guint8 *data, gsize size);
void firmware_esp_partitions_parse (FirmwareEspPartitions *self, const guint8 *data, gsize size);
FirmwareEspProof firmware_esp_partitions_get_md5 (const FirmwareEspPartitions *self);
gboolean firmware_esp_partitions_is_good (const FirmwareEspPartitions *self);
void firmware_esp_partitions_clear (FirmwareEspPartitions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspPartitions, firmware_esp_partitions_clear)

G_END_DECLS
