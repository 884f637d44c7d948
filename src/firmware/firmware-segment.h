/* firmware-segment.h: bytes that belong at one address of the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "firmware-esp-facts.h"

G_BEGIN_DECLS

/**
 * FirmwareRole:
 * @FIRMWARE_ROLE_DATA: anything not recognised
 * @FIRMWARE_ROLE_BOOTLOADER: an ESP second-stage bootloader
 * @FIRMWARE_ROLE_PARTITION_TABLE: an ESP partition table
 * @FIRMWARE_ROLE_OTA_DATA: an ESP OTA selection record
 * @FIRMWARE_ROLE_APPLICATION: an application
 *
 * What a segment is, told by its content first and by its name last. The nicks are
 * "data", "bootloader", "partition-table", "ota-data" and "application".
 */
typedef enum {
  FIRMWARE_ROLE_DATA,
  FIRMWARE_ROLE_BOOTLOADER,
  FIRMWARE_ROLE_PARTITION_TABLE,
  FIRMWARE_ROLE_OTA_DATA,
  FIRMWARE_ROLE_APPLICATION,
} FirmwareRole;

#define FIRMWARE_TYPE_ROLE (firmware_role_get_type ())
GType firmware_role_get_type (void);

/**
 * FirmwareSegment:
 *
 * One part of a firmware as a person thinks of it: pieces into which a format cut it are
 * joined again. Immutable. Properties: "name", "address", "size" (bytes), "role", "alternate".
 */
#define FIRMWARE_TYPE_SEGMENT (firmware_segment_get_type ())
G_DECLARE_FINAL_TYPE (FirmwareSegment, firmware_segment, FIRMWARE, SEGMENT, GObject)

FirmwareSegment *
firmware_segment_new (const char *name, guint64 address, GBytes *data, FirmwareRole role);
FirmwareSegment *firmware_segment_new_for_alternate (const char *name,
                                                     guint8 alternate,
                                                     guint64 address,
                                                     GBytes *data);
FirmwareSegment *firmware_segment_new_with_facts (const char *name,
                                                  guint64 address,
                                                  GBytes *data,
                                                  FirmwareRole role,
                                                  const FirmwareEspFacts *facts);

const char *firmware_segment_get_name (FirmwareSegment *self);
guint64 firmware_segment_get_address (FirmwareSegment *self);
guint64 firmware_segment_get_size (FirmwareSegment *self);
GBytes *firmware_segment_get_data (FirmwareSegment *self);
FirmwareRole firmware_segment_get_role (FirmwareSegment *self);
guint8 firmware_segment_get_alternate (FirmwareSegment *self);
const FirmwareEspFacts *firmware_segment_get_facts (FirmwareSegment *self);
const char *firmware_segment_get_md5 (FirmwareSegment *self);
gboolean firmware_segment_find_table_md5 (FirmwareSegment *self, FirmwareEspProof *md5);

G_END_DECLS
