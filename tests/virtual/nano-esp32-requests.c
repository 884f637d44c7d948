/* nano-esp32-requests.c: what TinyUSB answers in which state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: TinyUSB, src/class/dfu; arduino-esp32, variants/arduino_nano_nora/dfu_callbacks.cpp.
 */

#include "nano-esp32.h"

#include <string.h>

#define WRITE_POLL_MS 10
#define MANIFEST_POLL_MS 100

/* The program starts at once, but lets people see its lamp first. */
#define RESTART_US (20 * 1000)

static gint64
get_time (BoardNanoEsp32 *self)
{
  return self->options.get_time != NULL ? self->options.get_time () : g_get_monotonic_time ();
}

void
nano_reset_state (BoardNanoEsp32 *self)
{
  self->state = NANO_IDLE;
  self->status = NANO_OK;
  self->planned_status = NANO_OK;
  self->has_work = FALSE;
}

BoardDeparture
nano_restart (BoardNanoEsp32 *self)
{
  nano_reset_state (self);
  self->update = (NanoUpdate){ 0 };
  self->running = self->start;
  self->configuration = 0;

  return (BoardDeparture){ .leaves = TRUE, .return_us = RESTART_US };
}

/* What the state is does not matter for anything but this. */
static void
handle_dnload (BoardNanoEsp32 *self, const BoardSetup *setup, const guint8 *data, BoardReply *reply)
{
  if ((self->state != NANO_IDLE && self->state != NANO_DNLOAD_IDLE) ||
      setup->length > BOARD_NANO_ESP32_TRANSFER_SIZE) {
    board_reply_stall (reply);
    return;
  }

  self->has_work = TRUE;
  self->block_length = setup->length;
  self->state = setup->length > 0 ? NANO_DNLOAD_SYNC : NANO_MANIFEST_SYNC;
  if (setup->length > 0)
    memcpy (self->block, data, setup->length);
  reply->result = setup->length;
}

/* Nobody answers meanwhile. */
static void
work (BoardNanoEsp32 *self)
{
  const guint8 status =
    self->state == NANO_DNLOAD_SYNC ? nano_update_write (self) : nano_update_end (self);

  self->has_work = FALSE;
  self->status = self->planned_status != NANO_OK ? self->planned_status : status;
  if (self->status != NANO_OK)
    self->state = NANO_ERROR;
  self->busy_until_us = get_time (self) + (gint64) nor_flash_take_busy_us (self->flash);
}

/* The work begins when the answer is out, which speaks of what is to come. */
static void
handle_getstatus (BoardNanoEsp32 *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  const gboolean is_block = self->state == NANO_DNLOAD_SYNC;

  if (self->has_work) {
    board_reply_status (reply, setup, data, self->status,
                        is_block ? WRITE_POLL_MS : MANIFEST_POLL_MS,
                        is_block ? NANO_DNBUSY : NANO_MANIFEST);
    work (self);
    return;
  }

  if (self->state == NANO_DNLOAD_SYNC)
    self->state = NANO_DNLOAD_IDLE;
  else if (self->state == NANO_MANIFEST_SYNC)
    self->state = NANO_IDLE;
  board_reply_status (reply, setup, data, self->status, 0, self->state);
}

/* A request that finds the program busy is answered when it is done. */
static void
wait_for_work (BoardNanoEsp32 *self, BoardReply *reply)
{
  const gint64 left = self->busy_until_us - get_time (self);

  reply->busy_us = left > 0 ? left : 0;
}

void
nano_class_request (BoardNanoEsp32 *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint8 state;

  wait_for_work (self, reply);

  switch (setup->request) {
  case BOARD_DFU_DETACH:
    reply->departure = nano_restart (self);
    reply->departure.keeps_status = TRUE;
    return;
  case BOARD_DFU_DNLOAD:
    handle_dnload (self, setup, data, reply);
    return;
  case BOARD_DFU_UPLOAD:
    /* It says that it can, and has nothing to give. */
    reply->result = 0;
    return;
  case BOARD_DFU_GETSTATUS:
    handle_getstatus (self, setup, data, reply);
    return;
  case BOARD_DFU_CLRSTATUS:
  case BOARD_DFU_ABORT:
    nano_reset_state (self);
    return;
  case BOARD_DFU_GETSTATE:
    state = self->state;
    board_reply_bytes (reply, setup, data, &state, 1);
    return;
  default:
    board_reply_stall (reply);
    return;
  }
}
