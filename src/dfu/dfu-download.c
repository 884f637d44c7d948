/* dfu-download.c: transfer and manifestation, DFU 1.1 sections 6 and 7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-download.h"

#include "dfu-error.h"
#include "dfu-wait.h"

/* A device that is busy and asks for no time at all still gets this much between two questions,
 * in milliseconds: asking without a pause would keep it from its work. */
#define MIN_POLL_TIMEOUT 1

typedef struct {
  const guint8 *data;
  gsize size;
  guint16 transfer_size;
} Blocks;

static Blocks
get_blocks (const DfuDownload *self)
{
  GBytes *payload = firmware_image_get_payload (self->image);
  Blocks blocks = { NULL, 0, self->transfer_size };

  blocks.data = g_bytes_get_data (payload, &blocks.size);
  return blocks;
}

static gsize
count_blocks (const Blocks *blocks)
{
  return (blocks->size + blocks->transfer_size - 1) / blocks->transfer_size;
}

static void
prefix_block (const DfuDownload *self, const Blocks *blocks, gsize number, GError **error)
{
  gsize offset = number * blocks->transfer_size;
  guint64 address;

  if (firmware_image_locate (self->image, offset, &address) != NULL)
    g_prefix_error (error,
                    "Block %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                    ", flash address 0x%08" G_GINT64_MODIFIER "x: ",
                    number, count_blocks (blocks), address);
  else
    g_prefix_error (error, "Block %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ": ", number,
                    count_blocks (blocks));
}

static void
set_unexpected (GError **error, const DfuStatus *status)
{
  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
               "The device is in state %s, which does not follow here",
               dfu_enum_nick (DFU_TYPE_STATE, status->state));
}

/* Waits as the device asks, never past the deadline, and asks again. */
static gboolean
poll_again (const DfuDownload *self, DfuStatus *status, gint64 deadline, GError **error)
{
  gint64 left = (deadline - g_get_monotonic_time ()) / 1000;

  if (left <= 0) {
    g_set_error (error, USB_ERROR, USB_ERROR_TIMED_OUT, "The device stays in state %s",
                 dfu_enum_nick (DFU_TYPE_STATE, status->state));
    return FALSE;
  }

  dfu_wait (CLAMP (status->poll_timeout, MIN_POLL_TIMEOUT, left), NULL);
  return dfu_session_get_status (self->session, status, error);
}

static gboolean
is_taking_block (DfuState state)
{
  return state == DFU_STATE_DNLOAD_SYNC || state == DFU_STATE_DNBUSY;
}

static gboolean
wait_until_taken (const DfuDownload *self, DfuStatus *status, gint64 deadline, GError **error)
{
  if (!dfu_status_check (status, error))
    return FALSE;

  while (is_taking_block (status->state))
    if (!poll_again (self, status, deadline, error) || !dfu_status_check (status, error))
      return FALSE;

  if (status->state != DFU_STATE_DNLOAD_IDLE) {
    set_unexpected (error, status);
    return FALSE;
  }

  return TRUE;
}

static gboolean
send_block (const DfuDownload *self, const Blocks *blocks, gsize number, GError **error)
{
  gsize offset = number * blocks->transfer_size;
  guint16 length = MIN (blocks->size - offset, blocks->transfer_size);
  gint64 deadline = g_get_monotonic_time () + self->block_timeout * G_GINT64_CONSTANT (1000);
  DfuStatus status;

  return dfu_session_download (self->session, number & 0xffff, blocks->data + offset, length,
                               self->block_timeout, &status, error) &&
         wait_until_taken (self, &status, deadline, error);
}

/**
 * dfu_download_transfer:
 * @self: what to send where
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Sends the payload block by block (DFU 1.1 section 6.1), each when the status of the one before
 * allows it. Worker thread.
 *
 * Returns: whether the device took every block
 */
gboolean
dfu_download_transfer (const DfuDownload *self, GCancellable *cancellable, GError **error)
{
  Blocks blocks = get_blocks (self);
  gsize n_blocks = count_blocks (&blocks);

  g_return_val_if_fail (self->transfer_size > 0, FALSE);

  dfu_log_append (self->log,
                  "Sending %" G_GSIZE_FORMAT " bytes in %" G_GSIZE_FORMAT " blocks of %u",
                  blocks.size, n_blocks, self->transfer_size);

  for (gsize number = 0; number < n_blocks; number++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error)) {
      prefix_block (self, &blocks, number, error);
      return FALSE;
    }

    if (number == 0)
      self->progress (0, self->user_data);

    if (!send_block (self, &blocks, number, error)) {
      prefix_block (self, &blocks, number, error);
      return FALSE;
    }

    self->progress (MIN ((number + 1) * blocks.transfer_size, blocks.size), self->user_data);
  }

  return TRUE;
}

static gboolean
is_manifesting (DfuState state)
{
  return state == DFU_STATE_MANIFEST_SYNC || state == DFU_STATE_MANIFEST;
}

/* A device that is not manifestation tolerant leaves when it is done: that is its success. */
static gboolean
is_good_leave (const DfuDownload *self, const GError *error)
{
  return !self->manifestation_tolerant && usb_error_is_gone (error);
}

/* From here on such a device takes no request, so what it said last is all that it says. */
static gboolean
is_past_answering (const DfuDownload *self, DfuState state)
{
  return !self->manifestation_tolerant &&
         (state == DFU_STATE_MANIFEST || state == DFU_STATE_MANIFEST_WAIT_RESET);
}

/* Such a device needs its time and then a bus reset, unless it leaves by itself (DFU 1.1 section
 * 7). */
static gboolean
let_manifest (const DfuDownload *self,
              const DfuStatus *status,
              gint64 deadline,
              gboolean *restarted,
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

  *restarted = dfu_session_reset (self->session, &reset_error) || usb_error_is_gone (reset_error);
  if (reset_error != NULL)
    dfu_log_append (self->log, "Bus reset: %s", reset_error->message);

  return TRUE;
}

static gboolean
wait_for_manifestation (const DfuDownload *self,
                        DfuStatus *status,
                        gboolean *restarted,
                        GError **error)
{
  gint64 deadline = g_get_monotonic_time () + self->manifest_timeout * G_GINT64_CONSTANT (1000);

  while (is_manifesting (status->state) && !is_past_answering (self, status->state)) {
    g_autoptr (GError) local_error = NULL;

    if (!dfu_status_check (status, error))
      return FALSE;

    if (!poll_again (self, status, deadline, &local_error)) {
      if (is_good_leave (self, local_error)) {
        *restarted = TRUE;
        return TRUE;
      }
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }

  if (!dfu_status_check (status, error))
    return FALSE;

  if (is_past_answering (self, status->state))
    return let_manifest (self, status, deadline, restarted, error);

  if (status->state == DFU_STATE_DFU_IDLE)
    return TRUE;

  set_unexpected (error, status);
  return FALSE;
}

/**
 * dfu_download_manifest:
 * @self: a download whose blocks were all taken
 * @restarted: (out): whether the device left or was reset, to run what was written
 * @error: return location for an error
 *
 * Sends the empty block and follows the device through manifestation (DFU 1.1 section 7) until it
 * says how that went. Not cancellable: the device is at work, and only its answer is the truth.
 * Worker thread.
 *
 * Returns: whether the device reports success, or left as devices do that are not manifestation
 *   tolerant
 */
gboolean
dfu_download_manifest (const DfuDownload *self, gboolean *restarted, GError **error)
{
  Blocks blocks = get_blocks (self);
  DfuStatus status;

  *restarted = FALSE;
  dfu_log_append (self->log, "Sending the empty block that ends the transfer");

  if (!dfu_session_download (self->session, count_blocks (&blocks) & 0xffff, NULL, 0,
                             self->manifest_timeout, &status, error) ||
      !wait_for_manifestation (self, &status, restarted, error)) {
    g_prefix_error (error, "After the last block: ");
    return FALSE;
  }

  return TRUE;
}
