/* board-nano-esp32.c: an Arduino Nano ESP32, whose program takes its successor over DFU
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: arduino-esp32, cores/esp32 and variants/arduino_nano_nora; TinyUSB's descriptors.
 */

#include "nano-esp32.h"

/* clang-format off */
static const guint8 device_descriptor[BOARD_DEVICE_DESCRIPTOR_LENGTH] = {
  0x12, 0x01, 0x00, 0x02, 0xef, 0x02, 0x01, 0x40, 0x41,
  0x23, 0x70, 0x00, 0x00, 0x01, 0x01, 0x02, 0x03, 0x01,
};

/* A serial port, and DFU with bitCanDnload, bitCanUpload and bitManifestationTolerant. */
static const guint8 configuration_descriptor[] = {
  0x09, 0x02, 0x5d, 0x00, 0x03, 0x01, 0x00, 0xa0, 0xfa,
  0x08, 0x0b, 0x00, 0x02, 0x02, 0x02, 0x00, 0x00,
  0x09, 0x04, 0x00, 0x00, 0x01, 0x02, 0x02, 0x00, 0x04,
  0x05, 0x24, 0x00, 0x20, 0x01,
  0x05, 0x24, 0x01, 0x00, 0x01,
  0x04, 0x24, 0x02, 0x06,
  0x05, 0x24, 0x06, 0x00, 0x01,
  0x07, 0x05, 0x85, 0x03, 0x40, 0x00, 0x10,
  0x09, 0x04, 0x01, 0x00, 0x02, 0x0a, 0x00, 0x00, 0x00,
  0x07, 0x05, 0x03, 0x02, 0x40, 0x00, 0x00,
  0x07, 0x05, 0x84, 0x02, 0x40, 0x00, 0x00,
  0x09, 0x04, NANO_DFU_INTERFACE, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x05,
  0x09, 0x21, 0x07, 0x64, 0x00, 0x00, 0x10, 0x01, 0x01,
};
/* clang-format on */

static const char *const strings[] = {
  "Arduino", "Nano ESP32", "3485187B2E5C", "TinyUSB CDC", "Arduino DFU", NULL,
};

static const BoardDescriptors descriptors = {
  .device = device_descriptor,
  .configuration = configuration_descriptor,
  .configuration_length = sizeof configuration_descriptor,
  .strings = strings,
};

static gint64
board_nano_esp32_power_on (Board *board)
{
  nano_restart ((BoardNanoEsp32 *) board);

  return 0;
}

/* Choosing the alternate setting ends a download, without telling those who have begun to write. */
static void
handle_standard_request (BoardNanoEsp32 *self,
                         const BoardSetup *setup,
                         guint8 *data,
                         BoardReply *reply)
{
  if (setup->request == BOARD_REQUEST_SET_INTERFACE && setup->index == NANO_DFU_INTERFACE)
    nano_reset_state (self);

  board_descriptors_control (&descriptors, &self->configuration, setup, data, reply);
}

static void
board_nano_esp32_control (Board *board, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  BoardNanoEsp32 *self = (BoardNanoEsp32 *) board;

  switch (setup->request_type & 0x60) {
  case 0x00:
    handle_standard_request (self, setup, data, reply);
    return;
  case 0x20:
    if (setup->index == NANO_DFU_INTERFACE)
      nano_class_request (self, setup, data, reply);
    else
      reply->result = board_setup_is_in (setup) ? 0 : setup->length;
    return;
  default:
    board_reply_stall (reply);
    return;
  }
}

/* The program does not mind. */
static BoardDeparture
board_nano_esp32_bus_reset (Board *board)
{
  nano_reset_state ((BoardNanoEsp32 *) board);

  return (BoardDeparture){ 0 };
}

static BoardDeparture
board_nano_esp32_press_reset (Board *board)
{
  return nano_restart ((BoardNanoEsp32 *) board);
}

/* While there is work it ends so; otherwise it is so at once. */
static void
board_nano_esp32_set_error (Board *board, guint8 status)
{
  BoardNanoEsp32 *self = (BoardNanoEsp32 *) board;

  if (self->has_work) {
    self->planned_status = status;
  } else {
    self->state = NANO_ERROR;
    self->status = status;
  }
}

/* Whatever runs. */
static const char *
board_nano_esp32_get_mode (Board *board)
{
  return "dfu";
}

static NorFlash *
board_nano_esp32_get_flash (Board *board)
{
  return ((BoardNanoEsp32 *) board)->flash;
}

static void
board_nano_esp32_finalize (Board *board)
{
  BoardNanoEsp32 *self = (BoardNanoEsp32 *) board;

  nor_flash_free (self->flash);
  g_free (self);
}

static const BoardClass nano_esp32_class = {
  .kind = "nano-esp32",
  .speed = 12,
  .power_on = board_nano_esp32_power_on,
  .control = board_nano_esp32_control,
  .bus_reset = board_nano_esp32_bus_reset,
  .press_reset = board_nano_esp32_press_reset,
  .set_error = board_nano_esp32_set_error,
  .get_mode = board_nano_esp32_get_mode,
  .get_flash = board_nano_esp32_get_flash,
  .finalize = board_nano_esp32_finalize,
};

guint32
board_nano_esp32_get_start (Board *board)
{
  return ((BoardNanoEsp32 *) board)->start;
}

Board *
board_nano_esp32_new (const BoardNanoEsp32Options *options)
{
  BoardNanoEsp32 *self = g_new0 (BoardNanoEsp32, 1);

  self->parent.klass = &nano_esp32_class;
  self->options = *options;
  if (self->options.slot_size == 0)
    self->options.slot_size = BOARD_NANO_ESP32_SLOT_SIZE;
  self->flash = nor_flash_new (BOARD_NANO_ESP32_FIRST_SLOT + 2 * self->options.slot_size);
  nor_flash_set_timing (self->flash, &options->flash_timing);
  nano_restart (self);

  return (Board *) self;
}
