/* dfu-dfuse-plan.h: what to erase and what to write of a DfuSe device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-memories.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

/**
 * DfuDfuseSector:
 * @alternate: the alternate setting of its memory
 * @address: where it begins
 * @size: how many bytes are erased at once
 *
 * What one erase command erases.
 */
typedef struct {
  guint8 alternate;
  guint32 address;
  guint32 size;
} DfuDfuseSector;

/**
 * DfuDfuseRun:
 * @alternate: the alternate setting of its memory
 * @address: where the first byte goes
 * @data: the bytes, one behind the other
 *
 * Bytes without a gap between them, whatever the parts that they came in.
 */
typedef struct {
  guint8 alternate;
  guint32 address;
  GByteArray *data;
} DfuDfuseRun;

/**
 * DfuDfusePlan:
 * @sectors: (element-type DfuDfuseSector): what to erase, each once, in the order of alternate
 *   settings and addresses
 * @runs: (element-type DfuDfuseRun): what to write, in the same order
 * @erase_size: bytes of all sectors
 * @size: bytes of all runs
 *
 * Checked against the device's memories as a whole before anything is erased.
 */
typedef struct {
  GArray *sectors;
  GArray *runs;
  guint64 erase_size;
  guint64 size;
} DfuDfusePlan;

/* Where the image says that its parts go. */
#define DFU_DFUSE_PLAN_AS_FILED (-1)

gboolean dfu_dfuse_plan_check (GListModel *segments,
                               int alternate,
                               const DfuMemories *memories,
                               GError **error);
DfuDfusePlan *dfu_dfuse_plan_new (GListModel *segments,
                                  int alternate,
                                  const DfuMemories *memories,
                                  GError **error);
void dfu_dfuse_plan_free (DfuDfusePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DfuDfusePlan, dfu_dfuse_plan_free)

G_END_DECLS
