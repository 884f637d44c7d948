/* dfu-dfuse-contents.c: all or some of what a memory of a DfuSe device holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-contents.h"

#include "dfu-dfuse-read.h"
#include "dfu-error.h"

/**
 * dfu_dfuse_new_from_visit: (skip)
 * @visit: a visit with a session
 *
 * Returns: what the commands need to talk to it
 */
DfuDfuse
dfu_dfuse_new_from_visit (const DfuVisit *visit)
{
  return (DfuDfuse){
    .session = visit->session,
    .quirks = visit->quirks,
    .timeout = visit->timeouts.download,
    .mass_erase_timeout = visit->timeouts.mass_erase,
    .log = dfu_operation_get_log (visit->operation),
  };
}

/**
 * dfu_dfuse_find_readable:
 * @layout: a memory
 * @address: (out): where it begins
 *
 * Finds what can be read in one go: from the first region that can be, up to the next gap or to
 * what cannot. Pure; any thread.
 *
 * Returns: how many bytes that are; 0 when nothing can be read
 */
guint64
dfu_dfuse_find_readable (const DfuMemoryLayout *layout, guint32 *address)
{
  guint64 end = 0;

  *address = 0;
  for (guint i = 0; i < dfu_memory_layout_get_n_regions (layout); i++) {
    const DfuMemoryRegion *region = dfu_memory_layout_get_region (layout, i);
    const gboolean is_readable = (region->flags & DFU_MEMORY_READABLE) != 0;

    if (end == 0 && !is_readable)
      continue;

    if (end == 0)
      *address = region->address;
    else if (!is_readable || region->address != end)
      break;

    end = dfu_memory_region_get_end (region);
  }

  return end - *address;
}

/**
 * dfu_dfuse_find_readable_from:
 * @layout: a memory
 * @address: an address in it
 *
 * Does what dfu_dfuse_find_readable() does, for what begins in the middle. Pure; any thread.
 *
 * Returns: how many bytes can be read from @address on; 0 when nothing can be read there
 */
guint64
dfu_dfuse_find_readable_from (const DfuMemoryLayout *layout, guint32 address)
{
  guint64 end = address;

  for (guint i = 0; i < dfu_memory_layout_get_n_regions (layout); i++) {
    const DfuMemoryRegion *region = dfu_memory_layout_get_region (layout, i);
    const guint64 region_end = dfu_memory_region_get_end (region);

    if ((region->flags & DFU_MEMORY_READABLE) != 0 && region->address <= end && end < region_end)
      end = region_end;
  }

  return end - address;
}

typedef struct {
  DfuOperation *operation;
  DfuUploadSink sink;
  gpointer user_data;
  DfuUploadEnd *end;
} Watched;

static gboolean
watch (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  Watched *self = user_data;

  if (!self->sink (offset, data, length, self->user_data, error))
    return FALSE;

  self->end->size = offset + length;
  dfu_operation_advance (self->operation, offset + length, NULL);
  return TRUE;
}

/* Returns how many bytes there are, or 0 with @error set. */
static guint64
find_range (const DfuVisit *visit,
            const DfuMemoryLayout *layout,
            const DfuContentsRange *range,
            guint32 *address,
            GError **error)
{
  guint64 size = 0;

  *address = range->address;
  if (layout != NULL)
    size = range->has_address ? dfu_dfuse_find_readable_from (layout, range->address)
                              : dfu_dfuse_find_readable (layout, address);
  if (size > 0)
    return size;

  if (range->has_address)
    g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_MEMORY,
                 "Alternate setting %u of the device cannot be read at 0x%08x",
                 visit->interface.alternate, range->address);
  else
    g_set_error (error, DFU_ERROR, DFU_ERROR_NOT_READABLE,
                 "The device does not let alternate setting %u be read",
                 visit->interface.alternate);

  return 0;
}

/**
 * dfu_dfuse_contents_feed:
 * @visit: a visit with a session and an idle device that speaks DfuSe
 * @range: what to read of the present memory
 * @sink: takes the bytes
 * @user_data: data for @sink
 * @end: (out caller-allocates): how much there was
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Does for a DfuSe device what dfu_contents_feed() does for others: there, the device's own
 * description says where the memory begins and how much it is.
 *
 * Returns: whether as many bytes were read as @range has, or all that the memory has
 */
gboolean
dfu_dfuse_contents_feed (DfuVisit *visit,
                         const DfuContentsRange *range,
                         DfuUploadSink sink,
                         gpointer user_data,
                         DfuUploadEnd *end,
                         GCancellable *cancellable,
                         GError **error)
{
  const DfuDfuse dfuse = dfu_dfuse_new_from_visit (visit);
  Watched watched = { visit->operation, sink, user_data, end };
  g_autoptr (DfuMemories) memories = dfu_memories_read (visit, cancellable, error);
  guint64 size = 0;
  guint32 address = 0;

  *end = (DfuUploadEnd){ 0, FALSE };
  if (memories == NULL)
    return FALSE;

  size = find_range (visit, dfu_memories_find (memories, visit->interface.alternate), range,
                     &address, error);
  if (size == 0)
    return FALSE;

  end->is_all = range->length == 0 || range->length >= size;
  size = range->length > 0 ? MIN (range->length, size) : size;
  dfu_log_append (dfuse.log, "Reading %" G_GUINT64_FORMAT " bytes from 0x%08x on", size, address);
  dfu_operation_set_bytes_total (visit->operation, size);
  dfu_operation_advance (visit->operation, 0, NULL);

  return dfu_dfuse_read (&dfuse, dfu_visit_get_transfer_size (visit), address, size, watch,
                         &watched, cancellable, error);
}
