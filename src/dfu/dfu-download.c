/* dfu-download.c: transfer and manifestation, DFU 1.1 sections 6 and 7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-download.h"

#include "dfu-esp-erase.h"
#include "dfu-poll.h"
#include "dfu-stream.h"
#include "dfu-wait.h"

/* Were one of the first blocks lost while others are under way, the ESP ROM would see no archive,
 * and write what follows over the start of its flash. It decides when it has this many bytes. */
#define BYTES_BEFORE_STREAM ((gsize) 256)

typedef struct {
  const guint8 *data;
  gsize size;
  guint16 transfer_size;
} Blocks;

static Blocks
get_blocks (const DfuDownload *self)
{
  Blocks blocks = { NULL, 0, self->transfer_size };

  blocks.data = g_bytes_get_data (self->payload, &blocks.size);
  return blocks;
}

static gsize
count_blocks (const Blocks *blocks)
{
  return (blocks->size + blocks->transfer_size - 1) / blocks->transfer_size;
}

static char *
describe_addresses (const DfuDownload *self, const Blocks *blocks, gsize first, gsize last)
{
  guint64 address, last_address;

  if (self->payload != firmware_image_get_payload (self->image) ||
      firmware_image_locate (self->image, first * blocks->transfer_size, &address) == NULL)
    return g_strdup ("");

  if (first == last ||
      firmware_image_locate (self->image, last * blocks->transfer_size, &last_address) == NULL)
    return g_strdup_printf (", flash address 0x%08" G_GINT64_MODIFIER "x", address);

  return g_strdup_printf (", flash addresses 0x%08" G_GINT64_MODIFIER "x to 0x%08" G_GINT64_MODIFIER
                          "x",
                          address, last_address);
}

/* Says which blocks may be to blame. */
static void
prefix_blocks (const DfuDownload *self,
               const Blocks *blocks,
               gsize first,
               gsize last,
               GError **error)
{
  const gsize n_blocks = count_blocks (blocks);
  g_autofree char *addresses = describe_addresses (self, blocks, first, last);

  if (first == last)
    g_prefix_error (error, "Block %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT "%s: ", first, n_blocks,
                    addresses);
  else
    g_prefix_error (error,
                    "Blocks %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT "%s: ",
                    first, last, n_blocks, addresses);
}

static guint16
get_length (const Blocks *blocks, gsize number)
{
  return MIN (blocks->size - number * blocks->transfer_size, blocks->transfer_size);
}

static void
report_progress (const DfuDownload *self, const Blocks *blocks, gsize n_taken)
{
  self->progress (MIN (n_taken * blocks->transfer_size, blocks->size), self->user_data);
}

static guint
choose_timeout (const DfuDownload *self, const Blocks *blocks, gsize number)
{
  if ((self->quirks & DFU_QUIRK_ESP_ARCHIVE) == 0)
    return self->block_timeout;

  return dfu_esp_erase_choose_timeout (self->image, (number + 1) * blocks->transfer_size,
                                       DFU_STREAM_DEPTH * (gsize) blocks->transfer_size,
                                       self->block_timeout);
}

static gboolean
send_block (const DfuDownload *self,
            const Blocks *blocks,
            gsize number,
            GCancellable *cancellable,
            GError **error)
{
  const guint timeout = choose_timeout (self, blocks, number);
  DfuStatus status;
  DfuPoll poll;

  dfu_poll_init (&poll, self->session, self->quirks, timeout, cancellable);

  return dfu_session_download (self->session, number & 0xffff,
                               blocks->data + number * blocks->transfer_size,
                               get_length (blocks, number), timeout, &status, error) &&
         dfu_poll_until_taken (&poll, &status, error);
}

/* The first blocks, each when the status of the one before allows it (DFU 1.1 section 6.1). */
static gboolean
send_one_by_one (const DfuDownload *self,
                 const Blocks *blocks,
                 gsize n_blocks,
                 GCancellable *cancellable,
                 GError **error)
{
  for (gsize number = 0; number < n_blocks; number++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !send_block (self, blocks, number, cancellable, error)) {
      prefix_blocks (self, blocks, number, number, error);
      return FALSE;
    }

    report_progress (self, blocks, number + 1);
  }

  return TRUE;
}

static gboolean
reap (const DfuDownload *self, const Blocks *blocks, DfuStream *stream)
{
  const gsize n_taken = dfu_stream_get_n_taken (stream);

  if (!dfu_stream_reap (stream))
    return FALSE;

  if (dfu_stream_get_n_taken (stream) > n_taken)
    report_progress (self, blocks, n_taken + 1);

  return TRUE;
}

/* Returns how many blocks have been sent. Nothing is in flight afterwards. */
static gsize
fill_stream (const DfuDownload *self,
             const Blocks *blocks,
             DfuStream *stream,
             GCancellable *cancellable)
{
  const gsize n_blocks = count_blocks (blocks);
  gsize number = dfu_stream_get_n_taken (stream);

  while (number < n_blocks && !g_cancellable_is_cancelled (cancellable)) {
    while (dfu_stream_is_full (stream))
      reap (self, blocks, stream);

    if (dfu_stream_has_failed (stream))
      break;

    dfu_stream_send (stream, blocks->data + number * blocks->transfer_size,
                     get_length (blocks, number), choose_timeout (self, blocks, number),
                     number + 1 == n_blocks);
    number++;
  }

  while (reap (self, blocks, stream))
    continue;

  return number;
}

/* The rest, block after block, for devices that allow it. */
static gboolean
send_in_a_stream (const DfuDownload *self,
                  const Blocks *blocks,
                  gsize n_before,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (DfuStream) stream = dfu_stream_new (self->session, n_before);
  gsize first, last, n_sent;

  n_sent = fill_stream (self, blocks, stream, cancellable);
  if (!dfu_stream_end (stream, &first, &last, error)) {
    prefix_blocks (self, blocks, first, last, error);
    return FALSE;
  }

  if (n_sent < count_blocks (blocks)) {
    g_cancellable_set_error_if_cancelled (cancellable, error);
    prefix_blocks (self, blocks, n_sent, n_sent, error);
    return FALSE;
  }

  return TRUE;
}

/**
 * dfu_download_transfer:
 * @self: what to send where
 * @cancellable: (nullable): honoured between blocks, and while the device is busy with one
 * @error: return location for an error
 *
 * Sends the payload block by block (DFU 1.1 section 6.1). When this fails, what is in flight is
 * waited for; when it is cancelled, for no longer than the grace of the session. Worker thread.
 *
 * Returns: whether the device took every block, and has no error to report
 */
gboolean
dfu_download_transfer (const DfuDownload *self, GCancellable *cancellable, GError **error)
{
  Blocks blocks = get_blocks (self);
  gsize n_before;

  g_return_val_if_fail (self->transfer_size > 0, FALSE);

  dfu_log_append (self->log,
                  "Sending %" G_GSIZE_FORMAT " bytes in %" G_GSIZE_FORMAT " blocks of %u, %s",
                  blocks.size, count_blocks (&blocks), self->transfer_size,
                  self->streams ? "with the status now and then" : "each with its status");

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  n_before = count_blocks (&blocks);
  if (self->streams)
    n_before =
      MIN (n_before, (BYTES_BEFORE_STREAM + self->transfer_size - 1) / self->transfer_size);

  self->progress (0, self->user_data);
  return send_one_by_one (self, &blocks, n_before, cancellable, error) &&
         send_in_a_stream (self, &blocks, n_before, cancellable, error);
}

static gboolean
is_manifesting (DfuState state)
{
  return state == DFU_STATE_MANIFEST_SYNC || state == DFU_STATE_MANIFEST;
}

/* From here on the device takes no request, so what it said last is all that it says: in
 * dfuMANIFEST because it is not manifestation tolerant, and in dfuMANIFEST-WAIT-RESET, which says
 * that manifestation is over, whatever else it said of itself. */
static gboolean
is_past_answering (const DfuDownload *self, DfuState state)
{
  return state == DFU_STATE_MANIFEST_WAIT_RESET ||
         (state == DFU_STATE_MANIFEST && !self->manifestation_tolerant);
}

/* Such a device needs its time and then a bus reset, unless it leaves by itself (DFU 1.1 section
 * 7). */
static gboolean
let_manifest (const DfuDownload *self,
              const DfuStatus *status,
              gint64 deadline,
              DfuDownloadEnd *end,
              GError **error)
{
  const gint64 left = MAX (deadline - g_get_monotonic_time (), 0) / 1000;
  g_autoptr (GError) reset_error = NULL;

  if (status->state == DFU_STATE_MANIFEST)
    dfu_wait (MIN (status->poll_timeout, left), NULL);

  if (status->state == DFU_STATE_MANIFEST && status->poll_timeout > left) {
    g_set_error (error, USB_ERROR, USB_ERROR_TIMED_OUT, "The device asks for %u ms to manifest",
                 status->poll_timeout);
    return FALSE;
  }

  end->is_silent = TRUE;
  dfu_session_reset (self->session, &reset_error);
  if (reset_error != NULL)
    dfu_log_append (self->log, "Bus reset: %s", reset_error->message);

  return TRUE;
}

static gboolean
wait_for_manifestation (const DfuDownload *self,
                        DfuStatus *status,
                        DfuDownloadEnd *end,
                        GError **error)
{
  DfuPoll poll;

  dfu_poll_init (&poll, self->session, self->quirks, self->manifest_timeout, NULL);
  while (is_manifesting (status->state) && !is_past_answering (self, status->state))
    if (!dfu_status_check (status, error) || !dfu_poll_again (&poll, status, error))
      return FALSE;

  if (!dfu_status_check (status, error))
    return FALSE;

  if (is_past_answering (self, status->state))
    return let_manifest (self, status, poll.deadline, end, error);

  return dfu_status_expect (status, DFU_STATE_DFU_IDLE, error);
}

/* A device that refuses the block says why in its status. */
static gboolean
send_empty_block (const DfuDownload *self, guint16 number, DfuStatus *status, GError **error)
{
  g_auto (UsbTransfer) block = { 0 };
  g_autoptr (GError) refusal = NULL;

  if (!dfu_session_submit_download (self->session, &block, number, NULL, 0, self->manifest_timeout,
                                    error))
    return FALSE;

  dfu_session_reap (self->session);
  if (usb_error_is_stall (block.error) && dfu_session_get_status (self->session, status, NULL) &&
      !dfu_status_check (status, &refusal)) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }

  return dfu_session_check_download (&block, error);
}

/**
 * dfu_download_manifest:
 * @self: a download whose blocks were all taken
 * @end: (out caller-allocates): what else is known, valid on failure too
 * @error: return location for an error
 *
 * Sends the empty block and follows the device through manifestation (DFU 1.1 section 7) until it
 * says how that went. Not cancellable: the device is at work, and only its answer is the truth.
 * Worker thread.
 *
 * Returns: whether the device reports success. When it has left instead,
 * dfu_outcome_judge_leave() knows what that means
 */
gboolean
dfu_download_manifest (const DfuDownload *self, DfuDownloadEnd *end, GError **error)
{
  Blocks blocks = get_blocks (self);
  DfuStatus status;

  *end = (DfuDownloadEnd){ FALSE, FALSE };
  dfu_log_append (self->log, "Sending the empty block that ends the transfer");

  end->was_taken = send_empty_block (self, count_blocks (&blocks) & 0xffff, &status, error);
  if (!end->was_taken || !dfu_session_get_status (self->session, &status, error) ||
      !wait_for_manifestation (self, &status, end, error)) {
    g_prefix_error (error, "After the last block: ");
    return FALSE;
  }

  return TRUE;
}
