/* dfu-upload.c: what the device holds, block by block, DFU 1.1 section 6.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-upload.h"

/* How many blocks are asked for at a time where the device allows it; as with blocks that are sent,
 * more makes nothing faster. */
#define DEPTH 16

typedef struct {
  UsbTransfer transfer;
  guint8 *data;
} Request;

/* An upload under way. */
typedef struct {
  const DfuUpload *upload;
  GCancellable *cancellable;

  Request requests[DEPTH]; /* a ring */
  guint oldest;
  guint n_in_flight;

  gsize n_asked; /* blocks */
  guint64 size;  /* bytes that the sink took */
  gboolean is_all;

  GError *error; /* what went wrong first */
  gboolean is_refusal;
} Reading;

static void
reading_init (Reading *self, const DfuUpload *upload, GCancellable *cancellable)
{
  *self = (Reading){ .upload = upload, .cancellable = cancellable };

  for (guint i = 0; i < (upload->streams ? DEPTH : 1); i++)
    self->requests[i].data = g_malloc (upload->transfer_size);
}

static void
reading_clear (Reading *self)
{
  g_return_if_fail (self->n_in_flight == 0);

  for (guint i = 0; i < DEPTH; i++)
    g_free (self->requests[i].data);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static guint
get_depth (const Reading *self)
{
  return self->upload->streams ? DEPTH : 1;
}

/* What is in flight comes in full, or it is the end. */
static gboolean
wants_more (const Reading *self)
{
  const guint64 n_asked = self->n_asked;

  return self->error == NULL && !self->is_all &&
         n_asked * self->upload->transfer_size < self->upload->size;
}

static void
ask (Reading *self)
{
  const DfuUpload *upload = self->upload;
  Request *request = &self->requests[(self->oldest + self->n_in_flight) % get_depth (self)];
  const guint16 block = (upload->first_block + self->n_asked) & 0xffff;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error) ||
      !dfu_session_submit_upload (upload->session, &request->transfer, block, request->data,
                                  upload->transfer_size, upload->block_timeout, &self->error))
    return;

  self->n_asked++;
  self->n_in_flight++;
}

static void
take_bytes (Reading *self, const guint8 *data, gsize length)
{
  const gsize wanted = MIN (length, self->upload->size - self->size);

  if (wanted == 0 ||
      !self->upload->sink (self->size, data, wanted, self->upload->user_data, &self->error))
    return;

  self->size += wanted;
}

/* What comes after an error or after the end says nothing any more. */
static void
take_block (Reading *self, const UsbTransfer *transfer)
{
  if (self->error != NULL || self->is_all)
    return;

  if (transfer->error != NULL) {
    self->error = g_error_copy (transfer->error);
    self->is_refusal = usb_error_is_stall (transfer->error);
    g_prefix_error (&self->error, "DFU_UPLOAD: ");
    return;
  }

  self->is_all = transfer->actual < self->upload->transfer_size;
  take_bytes (self, transfer->data, transfer->actual);
}

static void
reap (Reading *self)
{
  Request *request = &self->requests[self->oldest];
  UsbTransfer *transfer = dfu_session_reap (self->upload->session);

  g_return_if_fail (transfer == &request->transfer);

  self->oldest = (self->oldest + 1) % get_depth (self);
  self->n_in_flight--;
  take_block (self, transfer);
  usb_transfer_clear (transfer);
}

/* A device that refuses a block says why in its status. */
static void
explain_refusal (Reading *self)
{
  g_autoptr (GError) reason = NULL;
  DfuStatus status;

  if (!self->is_refusal || !dfu_session_get_status (self->upload->session, &status, NULL) ||
      dfu_status_check (&status, &reason))
    return;

  g_error_free (self->error);
  self->error = g_steal_pointer (&reason);
}

/**
 * dfu_upload_run:
 * @self: what to read from where
 * @end: (out caller-allocates): how it ended, valid on failure too
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Reads the device block by block. When this fails, what is in flight is waited for; when it is
 * cancelled, for no longer than the grace of the session. The device is then in whatever state it
 * came to, and in dfuUPLOAD-IDLE after a success that the device did not end. Worker thread.
 *
 * Returns: whether @self->size bytes were read, or all that the device has
 */
gboolean
dfu_upload_run (const DfuUpload *self, DfuUploadEnd *end, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) reading = { 0 };

  g_return_val_if_fail (self->transfer_size > 0, FALSE);
  g_return_val_if_fail (self->sink != NULL, FALSE);

  dfu_log_append (self->log, "Reading up to %" G_GUINT64_FORMAT " bytes in blocks of %u",
                  self->size, self->transfer_size);

  reading_init (&reading, self, cancellable);
  do {
    while (wants_more (&reading) && reading.n_in_flight < get_depth (&reading))
      ask (&reading);
    if (reading.n_in_flight > 0)
      reap (&reading);
  } while (wants_more (&reading) || reading.n_in_flight > 0);

  *end = (DfuUploadEnd){ reading.size, reading.is_all };
  if (reading.error == NULL)
    return TRUE;

  explain_refusal (&reading);
  g_propagate_prefixed_error (error, g_steal_pointer (&reading.error),
                              "At offset 0x%08" G_GINT64_MODIFIER "x: ", reading.size);
  return FALSE;
}
