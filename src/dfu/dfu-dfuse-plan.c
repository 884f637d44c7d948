/* dfu-dfuse-plan.c: what to erase and what to write of a DfuSe device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-plan.h"

#include "dfu-error.h"

static void
clear_run (gpointer data)
{
  g_clear_pointer (&((DfuDfuseRun *) data)->data, g_byte_array_unref);
}

static gboolean
check_segment (FirmwareSegment *segment,
               guint8 alternate,
               const DfuMemories *memories,
               GError **error)
{
  const guint64 address = firmware_segment_get_address (segment);
  const guint64 size = firmware_segment_get_size (segment);
  const DfuMemoryLayout *layout = dfu_memories_find (memories, alternate);

  if (layout == NULL) {
    g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE,
                 "The device has no memory with alternate setting %u", alternate);
    return FALSE;
  }

  return dfu_memory_layout_check (layout, address, size, DFU_MEMORY_WRITEABLE, error);
}

static gboolean
is_planned (const DfuDfusePlan *self, guint8 alternate, guint32 address)
{
  const DfuDfuseSector *last = NULL;

  if (self->sectors->len == 0)
    return FALSE;

  last = &g_array_index (self->sectors, DfuDfuseSector, self->sectors->len - 1);
  return last->alternate == alternate && last->address >= address;
}

/* What is written without being erased (option bytes, RAM) has no such bit in its description.
 * Segments come in the order of addresses, so a sector that two of them share is the last one. */
static void
plan_sectors (DfuDfusePlan *self,
              FirmwareSegment *segment,
              guint8 alternate,
              const DfuMemoryLayout *layout)
{
  const guint64 end = firmware_segment_get_address (segment) + firmware_segment_get_size (segment);
  guint64 place = firmware_segment_get_address (segment);

  while (place < end) {
    const DfuMemoryRegion *region = dfu_memory_layout_find (layout, place);
    const DfuDfuseSector sector = {
      .alternate = alternate,
      .address = dfu_memory_region_get_sector (region, place),
      .size = region->sector_size,
    };

    if ((region->flags & DFU_MEMORY_ERASABLE) != 0 &&
        !is_planned (self, alternate, sector.address)) {
      g_array_append_val (self->sectors, sector);
      self->erase_size += sector.size;
    }

    place = sector.address + (guint64) sector.size;
  }
}

static DfuDfuseRun *
find_run_before (DfuDfusePlan *self, guint8 alternate, guint32 address)
{
  DfuDfuseRun *last = NULL;

  if (self->runs->len == 0)
    return NULL;

  last = &g_array_index (self->runs, DfuDfuseRun, self->runs->len - 1);
  if (last->alternate == alternate && (guint64) last->address + last->data->len == address)
    return last;

  return NULL;
}

static DfuDfuseRun *
add_run (DfuDfusePlan *self, guint8 alternate, guint32 address)
{
  const DfuDfuseRun run = { alternate, address, g_byte_array_new () };

  g_array_append_val (self->runs, run);
  return &g_array_index (self->runs, DfuDfuseRun, self->runs->len - 1);
}

static void
plan_run (DfuDfusePlan *self, FirmwareSegment *segment, guint8 alternate)
{
  const guint32 address = (guint32) firmware_segment_get_address (segment);
  DfuDfuseRun *run = find_run_before (self, alternate, address);
  gsize size;
  const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

  if (run == NULL)
    run = add_run (self, alternate, address);

  g_byte_array_append (run->data, data, (guint) size);
  self->size += size;
}

static guint8
choose_alternate (FirmwareSegment *segment, int alternate)
{
  return alternate != DFU_DFUSE_PLAN_AS_FILED ? (guint8) alternate
                                              : firmware_segment_get_alternate (segment);
}

/**
 * dfu_dfuse_plan_check:
 * @segments: as for dfu_dfuse_plan_new()
 * @alternate: as for dfu_dfuse_plan_new()
 * @memories: what the device has
 * @error: return location for %DFU_ERROR_NO_SUCH_PLACE
 *
 * Pure; any thread.
 *
 * Returns: whether every byte has a place that may be written
 */
gboolean
dfu_dfuse_plan_check (GListModel *segments,
                      int alternate,
                      const DfuMemories *memories,
                      GError **error)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (segments), FALSE);
  g_return_val_if_fail (memories != NULL, FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (!check_segment (segment, choose_alternate (segment, alternate), memories, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * dfu_dfuse_plan_free:
 * @self: (transfer full): a plan
 *
 * Frees a plan.
 */
void
dfu_dfuse_plan_free (DfuDfusePlan *self)
{
  g_clear_pointer (&self->sectors, g_array_unref);
  g_clear_pointer (&self->runs, g_array_unref);
  g_free (self);
}

/**
 * dfu_dfuse_plan_new:
 * @segments: a list of #FirmwareSegment in the order of alternate settings and addresses, without
 *   overlaps, as images have them
 * @alternate: the alternate setting that all of them go to, which must then be of one memory; or
 *   %DFU_DFUSE_PLAN_AS_FILED for those that they are for
 * @memories: what the device has
 * @error: return location for %DFU_ERROR_NO_SUCH_PLACE
 *
 * Makes a plan. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): what to do, or %NULL when a byte has no place that may be
 *   written
 */
DfuDfusePlan *
dfu_dfuse_plan_new (GListModel *segments,
                    int alternate,
                    const DfuMemories *memories,
                    GError **error)
{
  g_autoptr (DfuDfusePlan) self = NULL;

  if (!dfu_dfuse_plan_check (segments, alternate, memories, error))
    return NULL;

  self = g_new0 (DfuDfusePlan, 1);
  self->sectors = g_array_new (FALSE, FALSE, sizeof (DfuDfuseSector));
  self->runs = g_array_new (FALSE, FALSE, sizeof (DfuDfuseRun));
  g_array_set_clear_func (self->runs, clear_run);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    const guint8 place = choose_alternate (segment, alternate);

    plan_sectors (self, segment, place, dfu_memories_find (memories, place));
    plan_run (self, segment, place);
  }

  return g_steal_pointer (&self);
}
