/* firmware-dfuse.h: ST's container of bytes with addresses, UM0391
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

/* Section 2.1: "DfuSe", bVersion, DFUImageSize and bTargets. */
#define FIRMWARE_DFUSE_SIGNATURE "DfuSe"
#define FIRMWARE_DFUSE_VERSION 1
#define FIRMWARE_DFUSE_IMAGE_SIZE_OFFSET 6
#define FIRMWARE_DFUSE_TARGETS_OFFSET 10
#define FIRMWARE_DFUSE_PREFIX_LENGTH 11

/* Section 2.3.2: "Target", bAlternateSetting, bTargetNamed (4 bytes), szTargetName, dwTargetSize
 * and dwNbElements. */
#define FIRMWARE_DFUSE_TARGET_SIGNATURE "Target"
#define FIRMWARE_DFUSE_TARGET_SIZE_OFFSET 266
#define FIRMWARE_DFUSE_ELEMENTS_OFFSET 270
#define FIRMWARE_DFUSE_TARGET_LENGTH 274
#define FIRMWARE_DFUSE_NAME_LENGTH 255 /* with its NUL */

/* Section 2.3.3: dwElementAddress and dwElementSize. */
#define FIRMWARE_DFUSE_ELEMENT_LENGTH 8

/* Real files have a handful; each one costs memory beyond its bytes. */
#define FIRMWARE_DFUSE_MAX_ELEMENTS 4096

/* Addresses have 32 bits. */
#define FIRMWARE_DFUSE_ADDRESS_END (G_GUINT64_CONSTANT (1) << 32)

gboolean firmware_dfuse_is_present (GBytes *contents);
char *firmware_dfuse_dup_default_name (guint8 alternate);
gboolean firmware_dfuse_has_room (guint64 address, guint64 size);
GBytes *firmware_dfuse_write (GListModel *segments, const FirmwareDfuSuffix *ids, GError **error);

G_END_DECLS
