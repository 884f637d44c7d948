/* generic-dfu-requests.c: what the device that follows DFU 1.1 answers in which state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "generic-dfu.h"

#define DETACH_TIMEOUT_MS 1000

/* Four hours and a half, in milliseconds: what somebody's memory held. */
#define BOGUS_POLL_TIMEOUT 0xf7bdefu

static gint64
get_time (BoardGenericDfu *self)
{
  return self->options.get_time != NULL ? self->options.get_time () : g_get_monotonic_time ();
}

/* In run-time mode a wrong request is only stalled. */
static void
refuse (BoardGenericDfu *self, BoardReply *reply)
{
  board_reply_stall (reply);
  if (self->is_dfu_mode)
    generic_dfu_fail (self, STATUS_STALLED_PACKET);
}

static void
handle_detach (BoardGenericDfu *self, BoardReply *reply)
{
  if (self->state != STATE_APP_IDLE) {
    refuse (self, reply);
    return;
  }

  if (self->options.waits_for_reset) {
    self->state = STATE_APP_DETACH;
    self->busy_until_us = get_time (self) + DETACH_TIMEOUT_MS * 1000;
    return;
  }

  reply->departure = generic_dfu_change_mode (self, TRUE);
  reply->departure.keeps_status = TRUE;
}

/* In the place of an answer, or behind it. Returns whether that is so now. */
static gboolean
leave_if (BoardGenericDfu *self, BoardGenericDfuLeaves leaves, BoardReply *reply)
{
  if (self->options.leaves != leaves)
    return FALSE;

  reply->departure = generic_dfu_start_application (self);
  reply->departure.keeps_status =
    leaves == BOARD_GENERIC_DFU_LEAVES_AFTER || leaves == BOARD_GENERIC_DFU_LEAVES_IDLE;
  return TRUE;
}

static void
write_block (BoardGenericDfu *self, guint block, const guint8 *data, gsize length)
{
  guint32 offset = block * BOARD_GENERIC_DFU_TRANSFER_SIZE;
  guint32 address = self->memory * BOARD_GENERIC_DFU_MEMORY_SIZE + offset;

  if (offset + length > BOARD_GENERIC_DFU_MEMORY_SIZE) {
    self->pending_status = STATUS_ADDRESS;
    return;
  }

  nor_flash_erase_sector (self->flash, address);
  nor_flash_program (self->flash, address, data, length);
  self->busy_until_us =
    get_time (self) + nor_flash_take_busy_us (self->flash) + (gint64) self->options.busy_ms * 1000;
}

static void
handle_dnload (BoardGenericDfu *self,
               const BoardSetup *setup,
               const guint8 *data,
               BoardReply *reply)
{
  gboolean is_first = self->state == STATE_IDLE;

  if ((!is_first && self->state != STATE_DNLOAD_IDLE) || (is_first && setup->length == 0) ||
      setup->length > BOARD_GENERIC_DFU_TRANSFER_SIZE) {
    refuse (self, reply);
    return;
  }

  if (setup->length == 0) {
    self->state = STATE_MANIFEST_SYNC;
    self->has_manifested = FALSE;
    if (!leave_if (self, BOARD_GENERIC_DFU_LEAVES_INSIDE, reply))
      leave_if (self, BOARD_GENERIC_DFU_LEAVES_AFTER, reply);
    return;
  }

  self->pending_status = STATUS_OK;
  self->busy_until_us = 0;
  write_block (self, setup->value, data, setup->length);
  self->state = STATE_DNLOAD_SYNC;
  reply->result = setup->length;
}

static gboolean
allows_uploads (BoardGenericDfu *self)
{
  return self->options.uploads != BOARD_GENERIC_DFU_UPLOADS_UNOFFERED &&
         self->options.uploads != BOARD_GENERIC_DFU_UPLOADS_REFUSED;
}

/* Of the memory, from the byte on that a block begins with. */
static guint32
get_left (BoardGenericDfu *self, guint32 *offset)
{
  if (self->options.uploads == BOARD_GENERIC_DFU_UPLOADS_ENDLESS)
    *offset %= BOARD_GENERIC_DFU_MEMORY_SIZE;

  if (self->options.uploads == BOARD_GENERIC_DFU_UPLOADS_NOTHING ||
      *offset >= BOARD_GENERIC_DFU_MEMORY_SIZE)
    return 0;

  return BOARD_GENERIC_DFU_MEMORY_SIZE - *offset;
}

static void
handle_upload (BoardGenericDfu *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint32 offset = (guint32) setup->value * BOARD_GENERIC_DFU_TRANSFER_SIZE;
  gsize length = MIN (setup->length, get_left (self, &offset));

  if (!allows_uploads (self) || (self->state != STATE_IDLE && self->state != STATE_UPLOAD_IDLE) ||
      setup->length > BOARD_GENERIC_DFU_TRANSFER_SIZE) {
    refuse (self, reply);
    return;
  }

  nor_flash_read (self->flash, self->memory * BOARD_GENERIC_DFU_MEMORY_SIZE + offset, data, length);
  self->state = length < setup->length ? STATE_IDLE : STATE_UPLOAD_IDLE;
  reply->result = length;
}

/* The two synchronising states move on when they are asked. Returns bwPollTimeout. */
static guint
synchronise (BoardGenericDfu *self)
{
  gint64 now_us = get_time (self);

  if (self->state == STATE_DNLOAD_SYNC) {
    if (self->pending_status != STATUS_OK)
      generic_dfu_fail (self, self->pending_status);
    else
      self->state = now_us < self->busy_until_us ? STATE_DNBUSY : STATE_DNLOAD_IDLE;
  } else if (self->state == STATE_MANIFEST_SYNC && self->has_manifested) {
    self->state = self->options.wants_reset ? STATE_MANIFEST_WAIT_RESET : STATE_IDLE;
  } else if (self->state == STATE_MANIFEST_SYNC) {
    self->state = STATE_MANIFEST;
    self->has_manifested = TRUE;
    self->busy_until_us = now_us + (gint64) self->options.manifest_ms * 1000;
  }

  if (self->state != STATE_DNBUSY && self->state != STATE_MANIFEST)
    return 0;

  return (self->busy_until_us - now_us + 999) / 1000;
}

static void
handle_getstatus (BoardGenericDfu *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  const gboolean was_manifesting = self->state == STATE_MANIFEST_SYNC;
  guint poll_timeout;

  if (was_manifesting && leave_if (self, BOARD_GENERIC_DFU_LEAVES_STATUS, reply))
    return;

  poll_timeout = synchronise (self);
  if (was_manifesting && self->state == STATE_IDLE &&
      leave_if (self, BOARD_GENERIC_DFU_LEAVES_DONE, reply))
    return;

  if (self->options.persona != NULL && self->options.persona->has_bogus_poll_timeout)
    poll_timeout = BOGUS_POLL_TIMEOUT;
  board_reply_status (reply, setup, data, self->status, poll_timeout, self->state);
  if (was_manifesting && self->state == STATE_IDLE)
    leave_if (self, BOARD_GENERIC_DFU_LEAVES_IDLE, reply);
}

static void
handle_clrstatus (BoardGenericDfu *self, BoardReply *reply)
{
  if (self->state != STATE_ERROR) {
    refuse (self, reply);
    return;
  }

  self->state = STATE_IDLE;
  self->status = STATUS_OK;
}

static void
handle_abort (BoardGenericDfu *self, BoardReply *reply)
{
  if (self->state != STATE_IDLE && self->state != STATE_DNLOAD_IDLE &&
      self->state != STATE_DNLOAD_SYNC && self->state != STATE_MANIFEST_SYNC &&
      self->state != STATE_UPLOAD_IDLE) {
    refuse (self, reply);
    return;
  }

  self->state = STATE_IDLE;
}

void
generic_dfu_fail (BoardGenericDfu *self, guint8 status)
{
  self->state = STATE_ERROR;
  self->status = status;
}

/* What time does by itself. */
void
generic_dfu_let_time_pass (BoardGenericDfu *self)
{
  if (get_time (self) < self->busy_until_us)
    return;

  if (self->state == STATE_DNBUSY)
    self->state = STATE_DNLOAD_SYNC;
  else if (self->state == STATE_MANIFEST && self->options.is_intolerant)
    self->state = STATE_MANIFEST_WAIT_RESET;
  else if (self->state == STATE_MANIFEST)
    self->state = STATE_MANIFEST_SYNC;
  else if (self->state == STATE_APP_DETACH)
    self->state = STATE_APP_IDLE;
}

void
generic_dfu_class_request (BoardGenericDfu *self,
                           const BoardSetup *setup,
                           guint8 *data,
                           BoardReply *reply)
{
  const guint n_interfaces = self->is_dfu_mode && self->options.has_two_interfaces ? 2 : 1;
  guint8 state;

  generic_dfu_let_time_pass (self);
  if (setup->index >= n_interfaces) {
    board_reply_stall (reply);
    return;
  }
  self->memory = n_interfaces > 1 ? setup->index : self->alternate;

  /* Whoever does not wait for as long as the device asked is refused. */
  if (self->state == STATE_DNBUSY || self->state == STATE_MANIFEST ||
      self->state == STATE_MANIFEST_WAIT_RESET) {
    refuse (self, reply);
    return;
  }

  switch (setup->request) {
  case BOARD_DFU_DETACH:
    handle_detach (self, reply);
    return;
  case BOARD_DFU_DNLOAD:
    handle_dnload (self, setup, data, reply);
    return;
  case BOARD_DFU_UPLOAD:
    handle_upload (self, setup, data, reply);
    return;
  case BOARD_DFU_GETSTATUS:
    handle_getstatus (self, setup, data, reply);
    return;
  case BOARD_DFU_CLRSTATUS:
    handle_clrstatus (self, reply);
    return;
  case BOARD_DFU_GETSTATE:
    state = self->state;
    board_reply_bytes (reply, setup, data, &state, 1);
    return;
  case BOARD_DFU_ABORT:
    handle_abort (self, reply);
    return;
  default:
    refuse (self, reply);
    return;
  }
}
