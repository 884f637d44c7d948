/* dfu-stream.c: blocks sent one behind the other, with the queue kept full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-stream.h"

/* A block and the question behind it. */
#define REQUESTS_A_BLOCK 2

/* How long a device that has met an error may be sent more, in microseconds. */
#define ASK_EVERY (G_USEC_PER_SEC / 10)

/* However fast blocks go, the device is asked after this many: 0.4 % of the transfers. */
#define MAX_INTERVAL 256

/* Until it is known how fast they go. */
#define FIRST_INTERVAL 16

/* A request in flight: a block, or the question behind it. */
typedef struct {
  UsbTransfer transfer;
  guint8 answer[DFU_STATUS_LENGTH];
  gsize block;
  gboolean is_question;
} Request;

struct _DfuStream {
  DfuSession *session; /* borrowed */

  Request requests[DFU_STREAM_DEPTH]; /* a ring */
  guint oldest;
  guint n_in_flight;

  gsize n_sent;   /* blocks */
  gsize n_taken;  /* blocks that the device acknowledged */
  gsize n_asked;  /* blocks sent when the last question was */
  gsize n_good;   /* blocks that the device has answered for */
  guint interval; /* blocks from one question to the next */
  gint64 good_since;

  GError *error; /* what went wrong first */
  gsize suspect_first;
  gsize suspect_last;
  gboolean is_refusal; /* whether error is a STALL that the device has not explained */
};

/**
 * dfu_stream_choose_interval:
 * @n_blocks: how many blocks went
 * @elapsed: in which time, in microseconds
 *
 * Returns: after how many blocks to ask for the status, at that speed
 */
guint
dfu_stream_choose_interval (gsize n_blocks, gint64 elapsed)
{
  if (elapsed <= 0)
    return MAX_INTERVAL;

  return (guint) CLAMP (n_blocks * (guint64) ASK_EVERY / elapsed, 1, MAX_INTERVAL);
}

/**
 * dfu_stream_is_full:
 * @self: a stream
 *
 * Returns: whether something must be reaped before more can be sent
 */
gboolean
dfu_stream_is_full (const DfuStream *self)
{
  return self->n_in_flight + REQUESTS_A_BLOCK > DFU_STREAM_DEPTH;
}

/**
 * dfu_stream_has_failed:
 * @self: a stream
 *
 * Returns: whether nothing more can be sent
 */
gboolean
dfu_stream_has_failed (const DfuStream *self)
{
  return self->error != NULL;
}

/**
 * dfu_stream_get_n_taken:
 * @self: a stream
 *
 * Returns: how many blocks the device has acknowledged, those before the stream among them
 */
gsize
dfu_stream_get_n_taken (const DfuStream *self)
{
  return self->n_taken;
}

/* Takes @error. What is found later follows from what went wrong first. */
static void
fail (DfuStream *self, gsize suspect_first, gsize suspect_last, GError *error)
{
  if (self->error != NULL) {
    g_error_free (error);
    return;
  }

  self->error = error;
  self->suspect_first = suspect_first;
  self->suspect_last = suspect_last;
}

/* Takes @error. The device says why it refused a block. */
static void
explain (DfuStream *self, GError *error)
{
  g_error_free (self->error);
  self->error = error;
  self->is_refusal = FALSE;
}

/* An error is of one of the blocks since the last answer, and what was answered for is good. */
static void
take_status (DfuStream *self, gsize block, const DfuStatus *status)
{
  const gint64 now = g_get_monotonic_time ();
  GError *error = NULL;

  if (self->is_refusal && !dfu_status_check (status, &error)) {
    explain (self, error);
  } else if (!dfu_status_expect (status, DFU_STATE_DNLOAD_IDLE, &error)) {
    fail (self, self->n_good, block, error);
  } else {
    self->interval = dfu_stream_choose_interval (block + 1 - self->n_good, now - self->good_since);
    self->n_good = block + 1;
    self->good_since = now;
  }
}

static void
take_answer (DfuStream *self, Request *request)
{
  GError *error = NULL;
  DfuStatus status;

  if (dfu_session_check_get_status (&request->transfer, &status, &error))
    take_status (self, request->block, &status);
  else
    fail (self, request->block, request->block, error);
}

static void
take_block (DfuStream *self, Request *request)
{
  GError *error = NULL;

  if (self->error == NULL)
    self->is_refusal = usb_error_is_stall (request->transfer.error);

  if (!dfu_session_check_download (&request->transfer, &error))
    fail (self, request->block, request->block, error);
  else if (self->error == NULL)
    self->n_taken++;
}

/**
 * dfu_stream_reap:
 * @self: a stream
 *
 * Waits for the end of what was sent first, if anything is in flight.
 *
 * Returns: whether anything was in flight
 */
gboolean
dfu_stream_reap (DfuStream *self)
{
  Request *request = &self->requests[self->oldest];
  UsbTransfer *transfer;

  if (self->n_in_flight == 0)
    return FALSE;

  transfer = dfu_session_reap (self->session);
  g_return_val_if_fail (transfer == &request->transfer, FALSE);

  self->oldest = (self->oldest + 1) % DFU_STREAM_DEPTH;
  self->n_in_flight--;

  if (request->is_question)
    take_answer (self, request);
  else
    take_block (self, request);

  usb_transfer_clear (&request->transfer);
  return TRUE;
}

static Request *
get_free_request (DfuStream *self)
{
  return &self->requests[(self->oldest + self->n_in_flight) % DFU_STREAM_DEPTH];
}

static gboolean
send_block (DfuStream *self, const guint8 *data, guint16 length, guint timeout, GError **error)
{
  Request *request = get_free_request (self);

  request->block = self->n_sent;
  request->is_question = FALSE;
  if (!dfu_session_submit_download (self->session, &request->transfer, self->n_sent & 0xffff, data,
                                    length, timeout, error))
    return FALSE;

  self->n_in_flight++;
  self->n_sent++;
  return TRUE;
}

static gboolean
send_question (DfuStream *self, guint timeout, GError **error)
{
  Request *request = get_free_request (self);

  request->block = self->n_sent - 1;
  request->is_question = TRUE;
  if (!dfu_session_submit_get_status (self->session, &request->transfer, request->answer, timeout,
                                      error))
    return FALSE;

  self->n_in_flight++;
  self->n_asked = self->n_sent;
  return TRUE;
}

/**
 * dfu_stream_send:
 * @self: a stream that is not full and has not failed
 * @data: the next block's bytes, which must stay until everything was reaped
 * @length: how many, at most the transfer size
 * @timeout: in milliseconds, counted from now, so it must cover what the up to %DFU_STREAM_DEPTH
 *   blocks before it need that are in flight
 * @is_last: whether no block follows, so that the device must be asked now
 *
 * Queues a block, and a question behind it when it is time for one. Does not wait.
 */
void
dfu_stream_send (DfuStream *self,
                 const guint8 *data,
                 guint16 length,
                 guint timeout,
                 gboolean is_last)
{
  const gsize block = self->n_sent;
  GError *error = NULL;
  gboolean was_sent;

  g_return_if_fail (!dfu_stream_is_full (self));
  g_return_if_fail (!dfu_stream_has_failed (self));

  was_sent = send_block (self, data, length, timeout, &error);
  if (was_sent && (is_last || self->n_sent - self->n_asked >= self->interval))
    was_sent = send_question (self, timeout, &error);

  if (was_sent)
    return;

  /* What is in flight comes first, and may know better what went wrong. */
  while (dfu_stream_reap (self))
    continue;
  fail (self, block, block, error);
}

/**
 * dfu_stream_end:
 * @self: a stream with nothing in flight
 * @first: (out): on failure, the first block that may be to blame
 * @last: (out): on failure, the last one
 * @error: return location for an error
 *
 * Tells how it went. Asks the device why it refused a block, when it has not said so yet.
 *
 * Returns: whether the device took every block that was sent
 */
gboolean
dfu_stream_end (DfuStream *self, gsize *first, gsize *last, GError **error)
{
  DfuStatus status;

  g_return_val_if_fail (self->n_in_flight == 0, FALSE);

  if (self->error == NULL)
    return TRUE;

  if (self->is_refusal && dfu_session_get_status (self->session, &status, NULL))
    take_status (self, self->suspect_last, &status);

  *first = self->suspect_first;
  *last = self->suspect_last;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/**
 * dfu_stream_free:
 * @self: a stream with nothing in flight
 */
void
dfu_stream_free (DfuStream *self)
{
  g_return_if_fail (self->n_in_flight == 0);

  g_clear_error (&self->error);
  g_free (self);
}

/**
 * dfu_stream_new:
 * @session: a session with a device in dfuIDLE or dfuDNLOAD-IDLE; borrowed
 * @n_before: how many blocks the device has taken already
 *
 * Returns: (transfer full): a stream that has sent nothing
 */
DfuStream *
dfu_stream_new (DfuSession *session, gsize n_before)
{
  DfuStream *self = g_new0 (DfuStream, 1);

  self->session = session;
  self->n_sent = self->n_taken = self->n_asked = self->n_good = n_before;
  self->interval = FIRST_INTERVAL;
  self->good_since = g_get_monotonic_time ();

  return self;
}
