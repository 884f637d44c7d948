/* dfu-dfuse-erase.c: erasing without writing, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-erase.h"

#include "dfu-contents.h"
#include "dfu-dfuse-contents.h"
#include "dfu-error.h"

static gboolean
check_erasable (const DfuMemoryLayout *layout, guint8 alternate, GError **error)
{
  const guint n_regions = layout != NULL ? dfu_memory_layout_get_n_regions (layout) : 0;

  for (guint i = 0; i < n_regions; i++)
    if ((dfu_memory_layout_get_region (layout, i)->flags & DFU_MEMORY_ERASABLE) != 0)
      return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_NOT_ERASABLE,
               "Nothing in alternate setting %u can be erased", alternate);
  return FALSE;
}

static void
begin (DfuVisit *visit)
{
  dfu_operation_enter_phase (visit->operation, DFU_PHASE_ERASING);
  dfu_operation_advance (visit->operation, 0, NULL);
  dfu_operation_start_work (visit->operation, DFU_PROGRESS_UNFORETOLD);
}

/**
 * dfu_dfuse_erase_memory:
 * @visit: a visit with a session and an idle device that speaks DfuSe
 * @cancellable: (nullable): ends waiting for the busy device, which goes on all the same
 * @error: return location for an error; %DFU_ERROR_NOT_ERASABLE before anything was erased
 *
 * Erases all of the memory that is chosen. Worker thread.
 *
 * Returns: whether it was erased
 */
gboolean
dfu_dfuse_erase_memory (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const DfuDfuse dfuse = dfu_dfuse_new_from_visit (visit);
  const guint8 alternate = visit->interface.alternate;
  g_autoptr (DfuMemories) memories = dfu_memories_read (visit, cancellable, error);

  if (memories == NULL ||
      !check_erasable (dfu_memories_find (memories, alternate), alternate, error))
    return FALSE;

  dfu_log_append (dfuse.log, "Erasing all of alternate setting %u", alternate);
  begin (visit);

  return dfu_dfuse_mass_erase (&dfuse, cancellable, error) &&
         dfu_session_make_idle (dfuse.session, NULL, error);
}

/**
 * dfu_dfuse_erase_protection:
 * @visit: a visit with a session and an idle device that speaks DfuSe
 * @cancellable: (nullable): ends waiting
 * @error: return location for an error; %DFU_ERROR_NOT_RETURNED when nobody knows what became of it
 *
 * Takes the protection against reading away. The device erases all of itself and restarts; with its
 * BOOT pin as it was, it comes back, and has no session any more. Worker thread.
 *
 * Returns: whether the device has come back
 */
gboolean
dfu_dfuse_erase_protection (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const DfuDfuse dfuse = dfu_dfuse_new_from_visit (visit);

  dfu_log_append (dfuse.log, "Taking the protection against reading away");
  begin (visit);

  return dfu_dfuse_read_unprotect (&dfuse, error) &&
         dfu_visit_wait_for_return (visit, visit->timeouts.mass_erase + visit->timeouts.comeback,
                                    cancellable, error);
}

/* Erased flash is all ones, or on some chips all zeros. */
static gboolean
is_blank (GBytes *contents)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (contents, &size);

  return (data[0] == 0xff || data[0] == 0x00) && memcmp (data, data + 1, size - 1) == 0;
}

/* The beginning of what was erased and can be read, a block of it at most. Returns whether there is
 * any. */
static gboolean
find_sample (const DfuVisit *visit, const DfuMemoryLayout *layout, DfuContentsRange *range)
{
  const guint n_regions = dfu_memory_layout_get_n_regions (layout);

  for (guint i = 0; i < n_regions; i++) {
    const DfuMemoryRegion *region = dfu_memory_layout_get_region (layout, i);

    if ((region->flags & DFU_MEMORY_ERASABLE) == 0 || (region->flags & DFU_MEMORY_READABLE) == 0)
      continue;

    range->has_address = TRUE;
    range->address = region->address;
    range->length = MIN (dfu_memory_region_get_end (region) - region->address,
                         dfu_visit_get_transfer_size (visit));
    return dfu_contents_check_readable (visit, NULL);
  }

  return FALSE;
}

/* A device that does not answer is not one that nobody may read. */
static gboolean
check_described (const DfuMemoryLayout *layout, guint8 alternate, GError **error)
{
  if (layout != NULL)
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
               "The device does not describe alternate setting %u any more, so nobody has "
               "looked at what was erased",
               alternate);
  return FALSE;
}

static gboolean
go_unchecked (DfuVisit *visit)
{
  dfu_log_append (dfu_operation_get_log (visit->operation),
                  "Nothing that was erased can be read, so nobody has looked");
  dfu_operation_set_read_back (visit->operation, DFU_READ_BACK_IMPOSSIBLE);
  return TRUE;
}

/**
 * dfu_dfuse_erase_check:
 * @visit: a visit with a session and an idle device that speaks DfuSe
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Looks at the first block of the memory that is open that can be erased and read. A device that
 * was plugged out and in again is as protected, or as full, as it was. The operation is told that
 * it was read back partly, or that there is no such block. Worker thread.
 *
 * Returns: whether nothing is known against its being erased
 */
gboolean
dfu_dfuse_erase_check (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const guint8 alternate = visit->interface.alternate;
  DfuContentsRange block = { 0 };
  g_autoptr (DfuMemories) memories = dfu_memories_read (visit, cancellable, error);
  g_autoptr (GBytes) contents = NULL;

  if (memories == NULL ||
      !check_described (dfu_memories_find (memories, alternate), alternate, error))
    return FALSE;

  if (!find_sample (visit, dfu_memories_find (memories, alternate), &block))
    return go_unchecked (visit);

  contents = dfu_contents_read (visit, &block, cancellable, error);
  if (contents == NULL)
    return FALSE;

  if (!is_blank (contents)) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_DEVICE,
                         "The device has not erased what it was told to");
    return FALSE;
  }

  dfu_log_append (dfu_operation_get_log (visit->operation), "The first block is blank");
  dfu_operation_set_read_back (visit->operation, DFU_READ_BACK_PARTLY);
  return TRUE;
}
