/* dfu-memories.h: what memories a DfuSe device has, one for each alternate setting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-alternates.h"
#include "dfu-memory-layout.h"
#include "dfu-visit.h"

G_BEGIN_DECLS

/**
 * DfuMemories:
 *
 * The layouts of a device's alternate settings. Immutable once it is filled.
 */
typedef struct _DfuMemories DfuMemories;

DfuMemories *dfu_memories_new (void);
void dfu_memories_free (DfuMemories *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DfuMemories, dfu_memories_free)

gboolean dfu_memories_add (DfuMemories *self, guint8 alternate, const char *text, GError **error);
const DfuMemoryLayout *dfu_memories_find (const DfuMemories *self, guint8 alternate);

DfuMemories *
dfu_memories_new_from_names (UsbDevice *device, GPtrArray *alternates, guint8 interface);
DfuMemories *dfu_memories_read (const DfuVisit *visit, GCancellable *cancellable, GError **error);

G_END_DECLS
