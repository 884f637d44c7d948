/* firmware-partition.h: one entry of an ESP partition table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Types of ESP-IDF's partition tables that have a meaning here. */
#define FIRMWARE_PARTITION_TYPE_APP 0x00
#define FIRMWARE_PARTITION_TYPE_DATA 0x01
#define FIRMWARE_PARTITION_TYPE_BOOTLOADER 0x02
#define FIRMWARE_PARTITION_TYPE_TABLE 0x03

/* Subtypes that have a meaning here; each belongs to one of the types. */
#define FIRMWARE_PARTITION_SUBTYPE_FACTORY 0x00
#define FIRMWARE_PARTITION_SUBTYPE_OTA_FIRST 0x10
#define FIRMWARE_PARTITION_SUBTYPE_OTA_LAST 0x1f
#define FIRMWARE_PARTITION_SUBTYPE_OTA_DATA 0x00
#define FIRMWARE_PARTITION_SUBTYPE_PRIMARY 0x00

/**
 * FirmwarePartition:
 *
 * A region of the flash and what it is for. Immutable. Properties: "label", "address" and "size"
 * (bytes), "kind" (type and subtype in ESP-IDF's words, such as "app, factory").
 */
#define FIRMWARE_TYPE_PARTITION (firmware_partition_get_type ())
G_DECLARE_FINAL_TYPE (FirmwarePartition, firmware_partition, FIRMWARE, PARTITION, GObject)

FirmwarePartition *firmware_partition_new (const char *label,
                                           guint8 type,
                                           guint8 subtype,
                                           guint32 address,
                                           guint32 size,
                                           guint32 flags);

const char *firmware_partition_get_label (FirmwarePartition *self);
guint8 firmware_partition_get_partition_type (FirmwarePartition *self);
guint8 firmware_partition_get_subtype (FirmwarePartition *self);
guint32 firmware_partition_get_address (FirmwarePartition *self);
guint32 firmware_partition_get_size (FirmwarePartition *self);
const char *firmware_partition_get_kind (FirmwarePartition *self);
gboolean firmware_partition_is_encrypted (FirmwarePartition *self);
gboolean firmware_partition_is_read_only (FirmwarePartition *self);

G_END_DECLS
