/* esp32s2-rom-requests.c: what the loader answers in which state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "esp32s2-rom.h"

#include <string.h>

#define POLL_TIMEOUT 256 /* bwPollTimeout, always, in milliseconds */
#define DEFAULT_CHIP_SIZE (2 * 1024 * 1024)
#define MIB (1024 * 1024)
#define OFF_THE_BUS_US (10 * 1000)
#define UPLOAD_CORRUPTS 72
#define UPLOAD_CRASHES 128

/* Requests 0x20 to 0x22 of CDC's PSTN subclass */
enum {
  CDC_SET_LINE_CODING = 0x20,
  CDC_GET_LINE_CODING = 0x21,
  CDC_SET_CONTROL_LINE_STATE = 0x22,
};

static gboolean
is_application_state (Esp32s2Rom *self)
{
  return self->state == ROM_APP_IDLE || self->state == ROM_APP_DETACH;
}

static void
enter_error (Esp32s2Rom *self)
{
  self->state = ROM_ERROR;
  self->status = self->intake.error != ROM_STATUS_OK ? self->intake.error : ROM_STATUS_UNKNOWN;
}

static void
refuse (Esp32s2Rom *self, BoardReply *reply)
{
  board_reply_stall (reply);
  if (!is_application_state (self) && self->state != ROM_ERROR)
    enter_error (self);
}

static void
never_answer (BoardReply *reply)
{
  reply->result = BOARD_NO_ANSWER;
}

/* The loader goes off the bus before it has acknowledged the request. */
static void
handle_detach (Esp32s2Rom *self, BoardReply *reply)
{
  if (!is_application_state (self)) {
    self->state = ROM_APP_IDLE;
    self->status = ROM_STATUS_OK;
    board_reply_stall (reply);
    return;
  }

  self->state = ROM_APP_DETACH;
  self->is_dfu_mode = TRUE;
  self->is_configured = FALSE;
  self->configuration = 0;
  reply->departure.leaves = TRUE;
  reply->departure.return_us = OFF_THE_BUS_US;
}

static void
handle_dnload (Esp32s2Rom *self, const BoardSetup *setup, const guint8 *data, BoardReply *reply)
{
  if (self->state != ROM_DFU_IDLE && self->state != ROM_DNLOAD_IDLE) {
    refuse (self, reply);
    return;
  }

  /* The buffer holds one packet. The second is never taken. */
  if (setup->length > ESP32S2_ROM_TRANSFER_SIZE) {
    never_answer (reply);
    return;
  }

  if (setup->length == 0) {
    if (self->state == ROM_DNLOAD_IDLE)
      esp32s2_rom_intake_end (&self->intake);
    self->state = ROM_MANIFEST_SYNC;
    return;
  }

  if (self->state == ROM_DFU_IDLE) {
    esp32s2_rom_writer_attach (&self->writer);
    esp32s2_rom_intake_begin (&self->intake, &self->writer);
  }

  memcpy (self->buffer, data, setup->length);
  esp32s2_rom_intake_take (&self->intake, data, setup->length);
  self->state = ROM_DNLOAD_IDLE;
  reply->result = setup->length;
}

static void
begin_upload (Esp32s2Rom *self)
{
  guint32 mib = self->alternate & 0xff;

  self->upload_block = 0;
  self->upload_address = (self->alternate >> 8) * MIB;
  self->upload_end = self->upload_address + (mib != 0 ? mib : 4) * MIB;
}

/* Longer requests run over the loader's variables. */
static gboolean
survive_long_upload (Esp32s2Rom *self, const BoardSetup *setup, BoardReply *reply)
{
  if (setup->length >= UPLOAD_CRASHES) {
    self->hangs = TRUE;
    never_answer (reply);
    return FALSE;
  }

  if (setup->length >= UPLOAD_CORRUPTS)
    self->status = 0xff;

  return TRUE;
}

static void
handle_upload (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint32 length;

  if (self->state != ROM_DFU_IDLE && self->state != ROM_UPLOAD_IDLE) {
    refuse (self, reply);
    return;
  }

  if (!survive_long_upload (self, setup, reply))
    return;

  if (self->state == ROM_DFU_IDLE)
    begin_upload (self);

  /* What is asked out of order is answered with whatever is in the buffer. */
  if (setup->value != self->upload_block || setup->length == 0) {
    board_reply_bytes (reply, setup, data, self->buffer, sizeof self->buffer);
    enter_error (self);
    return;
  }

  length = MIN (MIN (setup->length, sizeof self->buffer), self->upload_end - self->upload_address);
  if (length > 0)
    memcpy (self->buffer, esp32s2_rom_writer_read (&self->writer, self->upload_address, length),
            length);
  board_reply_bytes (reply, setup, data, self->buffer, length);
  self->upload_address += length;
  self->upload_block++;
  self->state = length < setup->length ? ROM_DFU_IDLE : ROM_UPLOAD_IDLE;
}

/* An error that the intake has met shows when the host next asks, and not before. */
static void
notice_error (Esp32s2Rom *self)
{
  if (!is_application_state (self) && self->intake.error != ROM_STATUS_OK)
    enter_error (self);
}

static void
handle_getstatus (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  notice_error (self);
  if (self->state == ROM_MANIFEST_SYNC)
    self->state = ROM_DFU_IDLE;
  if (self->state == ROM_APP_DETACH)
    self->state = ROM_APP_IDLE;

  board_reply_status (reply, setup, data, self->status, POLL_TIMEOUT, self->state);
}

static void
handle_getstate (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint8 state;

  notice_error (self);
  state = self->state;
  board_reply_bytes (reply, setup, data, &state, 1);
}

static void
return_to_idle (Esp32s2Rom *self, BoardReply *reply)
{
  if (is_application_state (self)) {
    refuse (self, reply);
    return;
  }

  self->state = ROM_DFU_IDLE;
  self->status = ROM_STATUS_OK;
}

static void
handle_clrstatus (Esp32s2Rom *self, BoardReply *reply)
{
  return_to_idle (self, reply);
  if (reply->result == 0)
    self->intake.error = ROM_STATUS_OK;
}

/* The recipient and wIndex are not looked at. */
static void
handle_class_request (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  switch (setup->request) {
  case ROM_DETACH:
    handle_detach (self, reply);
    return;
  case ROM_DNLOAD:
    handle_dnload (self, setup, data, reply);
    return;
  case ROM_UPLOAD:
    handle_upload (self, setup, data, reply);
    return;
  case ROM_GETSTATUS:
    handle_getstatus (self, setup, data, reply);
    return;
  case ROM_CLRSTATUS:
    handle_clrstatus (self, reply);
    return;
  case ROM_GETSTATE:
    handle_getstate (self, setup, data, reply);
    return;
  case ROM_ABORT:
    return_to_idle (self, reply);
    return;
  case CDC_SET_LINE_CODING:
    reply->result = MIN (setup->length, sizeof self->line_coding);
    memcpy (self->line_coding, data, reply->result);
    return;
  case CDC_GET_LINE_CODING:
    board_reply_bytes (reply, setup, data, self->line_coding, sizeof self->line_coding);
    return;
  case CDC_SET_CONTROL_LINE_STATE:
    return;
  default:
    board_reply_stall (reply);
    return;
  }
}

/* After the host gave up on a transfer, the loader owes the next one: it comes back empty, and the
 * one after never. */
static gboolean
stumble (Esp32s2Rom *self, const BoardSetup *setup, BoardReply *reply)
{
  if (!self->hangs && self->was_abandoned && board_setup_is_in (setup)) {
    self->hangs = TRUE;
    return TRUE;
  }

  if (self->hangs || self->was_abandoned) {
    self->hangs = TRUE;
    never_answer (reply);
    return TRUE;
  }

  return FALSE;
}

void
esp32s2_rom_start (Esp32s2Rom *self,
                   const Esp32s2RomChip *chip,
                   NorFlash *flash,
                   gboolean is_dfu_mode)
{
  guint64 md5_us_per_mib = self->writer.md5_us_per_mib;
  Esp32s2RomTrace trace = self->writer.trace;
  gpointer trace_data = self->writer.trace_data;

  memset (self, 0, sizeof *self);
  self->chip = chip;
  self->is_dfu_mode = is_dfu_mode;
  self->state = is_dfu_mode ? ROM_DFU_IDLE : ROM_APP_IDLE;
  self->writer.flash = flash;
  self->writer.chip_size = DEFAULT_CHIP_SIZE;
  self->writer.md5_us_per_mib = md5_us_per_mib;
  self->writer.trace = trace;
  self->writer.trace_data = trace_data;
  esp32s2_rom_set_up_descriptors (self);
}

void
esp32s2_rom_control (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  if (stumble (self, setup, reply))
    return;

  switch (setup->request_type & 0x60) {
  case 0x00:
    esp32s2_rom_standard_request (self, setup, data, reply);
    break;
  case 0x20:
    handle_class_request (self, setup, data, reply);
    break;
  default:
    board_reply_stall (reply);
    break;
  }

  reply->busy_us = nor_flash_take_busy_us (self->writer.flash);
  reply->busy_us += self->writer.bytes_checked * self->writer.md5_us_per_mib / MIB;
  self->writer.bytes_checked = 0;
}

gboolean
esp32s2_rom_bus_reset (Esp32s2Rom *self)
{
  if (self->hangs)
    return FALSE;

  if (self->is_dfu_mode && self->is_configured)
    return TRUE;

  if (self->state == ROM_APP_DETACH)
    self->state = ROM_DFU_IDLE;

  return FALSE;
}

/* The second packet of a DNLOAD that was too long is the one transfer that may be given up. An
 * answer that was never fetched is the worst. */
void
esp32s2_rom_abandon (Esp32s2Rom *self, const BoardSetup *setup)
{
  gboolean is_too_long = (setup->request_type & 0x60) == 0x20 && setup->request == ROM_DNLOAD &&
                         setup->length > ESP32S2_ROM_TRANSFER_SIZE;

  if (board_setup_is_in (setup))
    self->hangs = TRUE;
  else if (!is_too_long)
    self->was_abandoned = TRUE;
}

void
esp32s2_rom_set_error (Esp32s2Rom *self, guint8 status)
{
  self->intake.error = status;
}
