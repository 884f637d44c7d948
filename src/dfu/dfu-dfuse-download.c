/* dfu-dfuse-download.c: erasing and writing by plan, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-download.h"

/* wBlockNum has 16 bits; behind the last block the address is set anew. */
#define BLOCKS_PER_ADDRESS (0x10000u - DFU_DFUSE_FIRST_BLOCK)

/**
 * dfu_dfuse_download_select:
 * @self: a download
 * @alternate: an alternate setting
 * @error: return location for an error
 *
 * Turns to another memory, unless it is the present one. Worker thread, as all of these.
 *
 * Returns: whether it is the present one
 */
gboolean
dfu_dfuse_download_select (DfuDfuseDownload *self, guint8 alternate, GError **error)
{
  if (self->alternate == alternate)
    return TRUE;

  if (!dfu_session_make_idle (self->dfuse.session, NULL, error) ||
      !dfu_session_set_alternate (self->dfuse.session, alternate, error))
    return FALSE;

  self->alternate = alternate;
  return TRUE;
}

static const DfuDfuseSector *
get_sector (const DfuDfuseDownload *self, guint i)
{
  return &g_array_index (self->plan->sectors, DfuDfuseSector, i);
}

/**
 * dfu_dfuse_download_erase:
 * @self: a download
 * @cancellable: (nullable): honoured between sectors, and while the device is busy with one
 * @error: return location for an error
 *
 * Erases the sectors of the plan, each once.
 *
 * Returns: whether all were erased
 */
gboolean
dfu_dfuse_download_erase (DfuDfuseDownload *self, GCancellable *cancellable, GError **error)
{
  guint64 bytes_done = 0;

  dfu_log_append (self->dfuse.log, "Erasing %u sectors", self->plan->sectors->len);
  self->progress (0, self->user_data);

  for (guint i = 0; i < self->plan->sectors->len; i++) {
    const DfuDfuseSector *sector = get_sector (self, i);

    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !dfu_dfuse_download_select (self, sector->alternate, error) ||
        !dfu_dfuse_erase_sector (&self->dfuse, sector->address, cancellable, error))
      return FALSE;

    bytes_done += sector->size;
    self->progress (bytes_done, self->user_data);
  }

  return TRUE;
}

/**
 * dfu_dfuse_download_mass_erase:
 * @self: a download
 * @cancellable: (nullable): honoured between memories, and while the device is busy with one
 * @error: return location for an error
 *
 * Erases the memories in which the plan has sectors, all of each.
 *
 * Returns: whether all were erased
 */
gboolean
dfu_dfuse_download_mass_erase (DfuDfuseDownload *self, GCancellable *cancellable, GError **error)
{
  guint64 bytes_done = 0;

  self->progress (0, self->user_data);

  for (guint i = 0; i < self->plan->sectors->len; i++) {
    const DfuDfuseSector *sector = get_sector (self, i);
    const gboolean is_first = i == 0 || get_sector (self, i - 1)->alternate != sector->alternate;

    bytes_done += sector->size;
    if (!is_first)
      continue;

    dfu_log_append (self->dfuse.log, "Erasing all of alternate setting %u", sector->alternate);
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !dfu_dfuse_download_select (self, sector->alternate, error) ||
        !dfu_dfuse_mass_erase (&self->dfuse, cancellable, error))
      return FALSE;
  }

  self->progress (bytes_done, self->user_data);
  return TRUE;
}

static guint16
get_length (const DfuDfuseDownload *self, const DfuDfuseRun *run, gsize offset)
{
  return (guint16) MIN (run->data->len - offset, self->transfer_size);
}

/**
 * dfu_dfuse_number_block:
 * @number: which block of a run, from 0 on
 * @block_number: (out): its wBlockNum
 *
 * The address is set once, and the blocks count from there; but wBlockNum has 16 bits, and the
 * first two numbers mean something else. Pure; any thread.
 *
 * Returns: whether the address has to be set before this block
 */
gboolean
dfu_dfuse_number_block (gsize number, guint16 *block_number)
{
  const guint within = number % BLOCKS_PER_ADDRESS;

  *block_number = (guint16) (DFU_DFUSE_FIRST_BLOCK + within);
  return within == 0;
}

static gboolean
send_block (DfuDfuseDownload *self,
            const DfuDfuseRun *run,
            gsize number,
            GCancellable *cancellable,
            GError **error)
{
  const gsize offset = number * self->transfer_size;
  const guint32 address = run->address + (guint32) offset;
  guint16 block_number;

  if (dfu_dfuse_number_block (number, &block_number) &&
      !dfu_dfuse_set_address (&self->dfuse, address, cancellable, error))
    return FALSE;

  if (dfu_dfuse_write (&self->dfuse, block_number, run->data->data + offset,
                       get_length (self, run, offset), cancellable, error))
    return TRUE;

  g_prefix_error (error, "Block at 0x%08x: ", address);
  return FALSE;
}

static gboolean
write_run (DfuDfuseDownload *self,
           const DfuDfuseRun *run,
           guint64 bytes_before,
           GCancellable *cancellable,
           GError **error)
{
  const gsize n_blocks = (run->data->len + self->transfer_size - 1) / self->transfer_size;

  if (!dfu_dfuse_download_select (self, run->alternate, error))
    return FALSE;

  for (gsize number = 0; number < n_blocks; number++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !send_block (self, run, number, cancellable, error))
      return FALSE;

    self->progress (bytes_before + MIN ((number + 1) * self->transfer_size, run->data->len),
                    self->user_data);
  }

  return TRUE;
}

/**
 * dfu_dfuse_download_write:
 * @self: a download
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Writes the runs of the plan.
 *
 * Returns: whether the device took every block
 */
gboolean
dfu_dfuse_download_write (DfuDfuseDownload *self, GCancellable *cancellable, GError **error)
{
  guint64 bytes_before = 0;

  g_return_val_if_fail (self->transfer_size > 0, FALSE);

  dfu_log_append (self->dfuse.log,
                  "Writing %" G_GUINT64_FORMAT " bytes to %u places in blocks of %u",
                  self->plan->size, self->plan->runs->len, self->transfer_size);
  self->progress (0, self->user_data);

  for (guint i = 0; i < self->plan->runs->len; i++) {
    const DfuDfuseRun *run = &g_array_index (self->plan->runs, DfuDfuseRun, i);

    if (!write_run (self, run, bytes_before, cancellable, error))
      return FALSE;

    bytes_before += run->data->len;
  }

  return TRUE;
}
