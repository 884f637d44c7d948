/* dfuse-requests.c: what a microcontroller's ROM that speaks DfuSe answers in which state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After ST's AN3156 and what hosts tell of the parts. A block is only looked at when the host asks
 * for the status; then the work is done, and whoever asks meanwhile waits (or is stalled).
 */

#include "dfuse.h"

#include <string.h>

#define FIRST_DATA_BLOCK 2
#define RESTART_US (50 * 1000)

static gint64
get_time (BoardDfuse *self)
{
  return self->options.get_time != NULL ? self->options.get_time () : g_get_monotonic_time ();
}

static void
fail (BoardDfuse *self, guint8 status)
{
  self->state = DFUSE_ERROR;
  self->status = status;
}

static void
refuse (BoardDfuse *self, BoardReply *reply)
{
  board_reply_stall (reply);
  fail (self, DFUSE_ERR_STALLEDPKT);
}

static gboolean
has_manner (BoardDfuse *self, DfuseManner manner)
{
  return (self->options.part->manner & manner) != 0;
}

static guint32
read_address (const guint8 *bytes)
{
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (guint32) bytes[3] << 24;
}

/* Starts the ROM, or a program, of which most do not know USB and never come back. */
BoardDeparture
dfuse_start (BoardDfuse *self, gboolean is_application)
{
  self->is_application = is_application;
  self->state = DFUSE_IDLE;
  self->status = self->pending_status = DFUSE_OK;
  self->configuration = 0;
  self->alternate = 0;
  self->address = self->options.part->memories[0].address;
  self->busy_until_us = 0;
  self->is_stuck = FALSE;

  return (BoardDeparture){ .leaves = TRUE,
                           .return_us = is_application && !self->options.has_program ? BOARD_NEVER
                                                                                     : RESTART_US };
}

/* The ROM is left, or entered once more, depending on BOOT0. */
BoardDeparture
dfuse_restart (BoardDfuse *self)
{
  return dfuse_start (self, !self->parent.boot_held);
}

/* Does what block 0 says. Returns how long that takes, in milliseconds. */
static guint
execute_command (BoardDfuse *self, guint *poll_ms)
{
  const guint8 *block = self->block;
  const guint32 address = self->block_length == 5 ? read_address (block + 1) : 0;

  *poll_ms = self->options.busy_ms;
  if (block[0] == DFUSE_SET_ADDRESS && self->block_length == 5) {
    self->pending_status = dfuse_memory_check (self, address, 1);
    if (self->pending_status == DFUSE_OK)
      self->address = address;
  } else if (block[0] == DFUSE_ERASE && self->block_length == 5) {
    *poll_ms = self->options.erase_ms;
    self->pending_status = dfuse_memory_erase (self, address);
    self->is_stuck = self->pending_status == DFUSE_OK &&
                     has_manner (self, DFUSE_MANNER_STUCK_BUSY) &&
                     address >= self->options.part->stuck_from;
    return self->options.erase_ms;
  } else if (block[0] == DFUSE_ERASE && self->block_length == 1) {
    *poll_ms = self->options.part->mass_erase_poll_ms;
    self->pending_status = dfuse_memory_erase_all (self);
    return self->options.mass_erase_ms;
  } else {
    self->pending_status = DFUSE_ERR_UNKNOWN;
  }

  return self->options.busy_ms;
}

static guint
execute_block (BoardDfuse *self, guint *poll_ms)
{
  const guint32 offset =
    (guint32) (self->block_number - FIRST_DATA_BLOCK) * self->options.part->transfer_size;

  if (self->block_number == 0)
    return execute_command (self, poll_ms);

  *poll_ms = self->options.busy_ms;
  self->pending_status =
    dfuse_memory_write (self, self->address + offset, self->block, self->block_length);
  return self->options.busy_ms;
}

static gboolean
is_read_unprotect (BoardDfuse *self)
{
  return self->block_number == 0 && self->block_length == 1 &&
         self->block[0] == DFUSE_READ_UNPROTECT;
}

/* All is erased, and the chip starts again. */
static void
read_unprotect (BoardDfuse *self, BoardReply *reply)
{
  self->is_protected = FALSE;
  dfuse_memory_erase_all (self);
  reply->departure = dfuse_restart (self);
  reply->departure.keeps_status = TRUE;
}

static void
handle_dnload (BoardDfuse *self, const BoardSetup *setup, const guint8 *data, BoardReply *reply)
{
  if ((self->state != DFUSE_IDLE && self->state != DFUSE_DNLOAD_IDLE) ||
      setup->length > self->options.part->transfer_size ||
      (setup->length > 0 && setup->value == 1)) {
    refuse (self, reply);
    return;
  }

  if (setup->length == 0) {
    self->start = self->address;
    if (has_manner (self, DFUSE_MANNER_LEAVES_AT_ONCE)) {
      self->parent.boot_held = FALSE;
      reply->departure = dfuse_restart (self);
    } else {
      self->state = DFUSE_MANIFEST_SYNC;
    }
    return;
  }

  self->block_number = setup->value;
  self->block_length = setup->length;
  memcpy (self->block, data, setup->length);
  self->pending_status = DFUSE_OK;
  self->state = DFUSE_DNLOAD_SYNC;
  reply->result = setup->length;
}

static void
handle_upload (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  static const guint8 commands[] = { DFUSE_GET_COMMANDS, DFUSE_SET_ADDRESS, DFUSE_ERASE,
                                     DFUSE_READ_UNPROTECT };
  const guint32 offset =
    (guint32) (setup->value - FIRST_DATA_BLOCK) * self->options.part->transfer_size;
  guint8 status = DFUSE_OK;

  if ((self->state != DFUSE_IDLE && self->state != DFUSE_UPLOAD_IDLE) || setup->value == 1 ||
      setup->length > self->options.part->transfer_size) {
    refuse (self, reply);
    return;
  }

  if (setup->value == 0) {
    board_reply_bytes (reply, setup, data, commands, sizeof commands);
    self->state = DFUSE_IDLE;
    return;
  }

  status = dfuse_memory_read (self, self->address + offset, data, setup->length);
  if (status != DFUSE_OK) {
    board_reply_stall (reply);
    fail (self, status);
    return;
  }

  self->state = DFUSE_UPLOAD_IDLE;
  reply->result = setup->length;
}

/* The work begins with the answer that announces it. Returns bwPollTimeout. */
static guint
begin_work (BoardDfuse *self)
{
  const guint8 injected = self->pending_status;
  guint poll_ms = 0;
  const guint busy_ms = execute_block (self, &poll_ms);

  if (injected != DFUSE_OK)
    self->pending_status = injected;

  self->state = DFUSE_DNBUSY;
  self->busy_until_us = get_time (self) + (gint64) busy_ms * 1000;

  return has_manner (self, DFUSE_MANNER_STALLS_BUSY) ? (poll_ms + 1) / 2 : poll_ms;
}

static void
handle_getstatus (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint poll_timeout = 0;

  if (self->state == DFUSE_DNLOAD_SYNC && self->block_length > 0 && is_read_unprotect (self)) {
    self->state = DFUSE_DNBUSY;
    board_reply_status (reply, setup, data, self->status, self->options.part->mass_erase_poll_ms,
                        self->state);
    read_unprotect (self, reply);
    return;
  }

  if (self->state == DFUSE_MANIFEST_SYNC) {
    self->state = DFUSE_MANIFEST;
    board_reply_status (reply, setup, data, self->status, 1, self->state);
    self->parent.boot_held = FALSE;
    reply->departure = dfuse_restart (self);
    reply->departure.keeps_status = TRUE;
    return;
  }

  if (self->state == DFUSE_DNLOAD_SYNC && self->block_length > 0) {
    poll_timeout = begin_work (self);
    self->block_length = 0;
  } else if (self->state == DFUSE_DNBUSY) {
    poll_timeout = self->options.erase_ms;
  } else if (self->state == DFUSE_DNLOAD_SYNC) {
    self->state = DFUSE_DNLOAD_IDLE;
  }

  board_reply_status (reply, setup, data, self->status, poll_timeout, self->state);
}

/* Where there is nothing to clear, the ROM makes an error of the request. */
static void
handle_clrstatus (BoardDfuse *self)
{
  if (self->state != DFUSE_ERROR) {
    fail (self, DFUSE_ERR_UNKNOWN);
    self->is_stuck = FALSE;
    return;
  }

  self->state = DFUSE_IDLE;
  self->status = DFUSE_OK;
}

static void
handle_abort (BoardDfuse *self, BoardReply *reply)
{
  if (self->state == DFUSE_ERROR || self->state == DFUSE_DNBUSY) {
    refuse (self, reply);
    return;
  }

  self->state = DFUSE_IDLE;
  self->block_length = 0;
}

/* Returns whether the request can be answered now: perhaps late, but not with a stall. */
static gboolean
end_work (BoardDfuse *self, BoardReply *reply)
{
  const gint64 left = self->busy_until_us - get_time (self);

  if (self->state != DFUSE_DNBUSY || self->is_stuck)
    return TRUE;

  if (left > 0 && has_manner (self, DFUSE_MANNER_STALLS_BUSY)) {
    board_reply_stall (reply);
    return FALSE;
  }

  reply->busy_us += MAX (left, 0);
  if (self->pending_status != DFUSE_OK)
    fail (self, self->pending_status);
  else
    self->state = DFUSE_DNLOAD_SYNC;

  return TRUE;
}

void
dfuse_class_request (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint8 state;

  if (!end_work (self, reply))
    return;

  switch (setup->request) {
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
    handle_clrstatus (self);
    return;
  case BOARD_DFU_GETSTATE:
    state = self->state;
    board_reply_bytes (reply, setup, data, &state, 1);
    return;
  case BOARD_DFU_ABORT:
    handle_abort (self, reply);
    return;
  case BOARD_DFU_DETACH:
  default:
    refuse (self, reply);
    return;
  }
}
