/* dfu-memory-layout.h: what memory a DfuSe device has, as it says itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DfuMemoryFlags:
 * @DFU_MEMORY_READABLE: UPLOAD may read it
 * @DFU_MEMORY_ERASABLE: it is erased sector by sector, and must be before it is written
 * @DFU_MEMORY_WRITEABLE: DNLOAD may write it
 *
 * What may be done with memory.
 */
typedef enum {
  DFU_MEMORY_READABLE = 1 << 0,
  DFU_MEMORY_ERASABLE = 1 << 1,
  DFU_MEMORY_WRITEABLE = 1 << 2,
} DfuMemoryFlags;

/**
 * DfuMemoryRegion:
 * @address: where it begins
 * @sector_size: how many bytes are erased at once
 * @n_sectors: how many of these it has
 * @flags: what may be done with it
 *
 * Sectors of one size, one behind the other.
 */
typedef struct {
  guint32 address;
  guint32 sector_size;
  guint32 n_sectors;
  DfuMemoryFlags flags;
} DfuMemoryRegion;

/**
 * DfuMemoryLayout:
 *
 * The memory behind one alternate setting. Immutable, so any thread may use it.
 */
typedef struct _DfuMemoryLayout DfuMemoryLayout;

DfuMemoryLayout *dfu_memory_layout_parse (const char *text, GError **error);
void dfu_memory_layout_free (DfuMemoryLayout *self);

const char *dfu_memory_layout_get_name (const DfuMemoryLayout *self);
guint dfu_memory_layout_get_n_regions (const DfuMemoryLayout *self);
const DfuMemoryRegion *dfu_memory_layout_get_region (const DfuMemoryLayout *self, guint i);
const DfuMemoryRegion *dfu_memory_layout_find (const DfuMemoryLayout *self, guint64 address);

guint64 dfu_memory_region_get_end (const DfuMemoryRegion *self);
guint32 dfu_memory_region_get_sector (const DfuMemoryRegion *self, guint64 address);

gboolean dfu_memory_layout_check (const DfuMemoryLayout *self,
                                  guint64 address,
                                  guint64 size,
                                  DfuMemoryFlags flags,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DfuMemoryLayout, dfu_memory_layout_free)

G_END_DECLS
