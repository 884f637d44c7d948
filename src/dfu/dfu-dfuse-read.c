/* dfu-dfuse-read.c: what a DfuSe device holds, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-read.h"

#include "dfu-dfuse-download.h"
#include "dfu-error.h"

/* Blocks count from the address that was set, which a device only takes in a download; an upload
 * begins in dfuIDLE. */
static gboolean
turn_to (const DfuDfuse *self, guint32 address, GCancellable *cancellable, GError **error)
{
  return dfu_session_make_idle (self->session, NULL, error) &&
         dfu_dfuse_set_address (self, address, cancellable, error) &&
         dfu_session_make_idle (self->session, NULL, error);
}

/* A device that refuses a block says why in its status; when it is protected, it says that. */
static void
explain_refusal (const DfuDfuse *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  DfuStatus status;

  if (!usb_error_is_stall (*error) || !dfu_session_get_status (self->session, &status, NULL) ||
      dfu_status_check (&status, &reason))
    return;

  g_clear_error (error);
  *error = g_steal_pointer (&reason);
  if (status.code == DFU_STATUS_ERR_VENDOR)
    (*error)->code = DFU_ERROR_PROTECTED;
}

/* No more is asked for than is wanted: behind it there may be no memory. */
static gboolean
read_block (const DfuDfuse *self,
            guint16 block_number,
            guint8 *data,
            guint16 length,
            GError **error)
{
  GError *local_error = NULL;
  const gssize actual =
    dfu_session_upload (self->session, block_number, data, length, &local_error);

  if (actual < 0) {
    explain_refusal (self, &local_error);
    g_propagate_error (error, local_error);
    return FALSE;
  }

  if (actual == length)
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
               "The device gave %" G_GSSIZE_FORMAT " of %u bytes", actual, length);
  return FALSE;
}

/**
 * dfu_dfuse_read:
 * @self: what to talk to
 * @transfer_size: bytes a block
 * @address: where to begin, in the memory of the present alternate setting
 * @size: how many bytes
 * @sink: takes the bytes
 * @user_data: data for @sink
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Reads memory block by block. After a success the device is idle. Worker thread.
 *
 * Returns: whether all bytes were read
 */
gboolean
dfu_dfuse_read (const DfuDfuse *self,
                guint16 transfer_size,
                guint32 address,
                guint64 size,
                DfuUploadSink sink,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree guint8 *data = g_malloc (transfer_size);
  guint64 offset = 0;

  g_return_val_if_fail (transfer_size > 0, FALSE);

  for (gsize number = 0; offset < size; number++) {
    const guint16 length = (guint16) MIN (transfer_size, size - offset);
    guint16 block_number;

    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        (dfu_dfuse_number_block (number, &block_number) &&
         !turn_to (self, address + (guint32) offset, cancellable, error)))
      return FALSE;

    if (!read_block (self, block_number, data, length, error)) {
      g_prefix_error (error, "Read 0x%08x: ", address + (guint32) offset);
      return FALSE;
    }

    if (!sink (offset, data, length, user_data, error))
      return FALSE;

    offset += length;
  }

  return dfu_session_make_idle (self->session, NULL, error);
}

/**
 * dfu_dfuse_can_compare:
 * @run: bytes that were written
 * @memories: what the device has
 *
 * What is not erased is not compared: option bytes, and what else is written as it is, have bits
 * that the part keeps or sets by itself, which nobody has published for all parts.
 *
 * Returns: whether all of @run can be read, and should then be what was written
 */
gboolean
dfu_dfuse_can_compare (const DfuDfuseRun *run, const DfuMemories *memories)
{
  return dfu_memory_layout_check (dfu_memories_find (memories, run->alternate), run->address,
                                  run->data->len, DFU_MEMORY_READABLE | DFU_MEMORY_ERASABLE, NULL);
}

typedef struct {
  const DfuDfuseRun *run;
  DfuUploadSink watch;
  gpointer user_data;
} Comparison;

static gboolean
compare (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  const Comparison *self = user_data;
  const guint8 *expected = self->run->data->data + offset;

  for (gsize i = 0; i < length; i++) {
    if (data[i] == expected[i])
      continue;

    g_set_error (error, DFU_ERROR, DFU_ERROR_DIFFERS, "At 0x%08x is 0x%02x instead of 0x%02x",
                 self->run->address + (guint32) (offset + i), data[i], expected[i]);
    return FALSE;
  }

  return self->watch (offset, data, length, self->user_data, error);
}

/**
 * dfu_dfuse_compare:
 * @self: what to talk to, with the memory of @run being the present one
 * @transfer_size: bytes a block
 * @run: bytes that were written
 * @watch: called for every block that is as it should be
 * @user_data: data for @watch
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error, %DFU_ERROR_DIFFERS with the first address that differs
 *
 * Reads back what was written. Worker thread.
 *
 * Returns: whether every byte is as it was written
 */
gboolean
dfu_dfuse_compare (const DfuDfuse *self,
                   guint16 transfer_size,
                   const DfuDfuseRun *run,
                   DfuUploadSink watch,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  Comparison comparison = { run, watch, user_data };

  return dfu_dfuse_read (self, transfer_size, run->address, run->data->len, compare, &comparison,
                         cancellable, error);
}
