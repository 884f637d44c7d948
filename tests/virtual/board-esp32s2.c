/* board-esp32s2.c: a board with an ESP32-S2 (or S3), its flash, and the buttons BOOT and RESET
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-esp32s2.h"

#include "board-serial.h"

#define RESTART_US (50 * 1000)

typedef struct {
  Board parent;
  BoardEsp32s2Options options;
  NorFlash *flash;
  Esp32s2Rom rom;
  gboolean runs_application;
  Board *application;
} BoardEsp32s2;

static void
start_rom (BoardEsp32s2 *self, gboolean is_dfu_mode)
{
  self->runs_application = FALSE;
  esp32s2_rom_start (&self->rom, self->options.chip, self->flash, is_dfu_mode);
}

static gint64
start_application (BoardEsp32s2 *self)
{
  self->runs_application = TRUE;

  return self->options.has_usb_application ? RESTART_US : BOARD_NEVER;
}

/* The strapping pins are read anew, and nothing is remembered. */
static BoardDeparture
restart (BoardEsp32s2 *self)
{
  BoardDeparture departure = { .leaves = TRUE, .return_us = RESTART_US };

  if (self->parent.boot_held)
    start_rom (self, FALSE);
  else
    departure.return_us = start_application (self);

  return departure;
}

static gint64
board_esp32s2_power_on (Board *board)
{
  BoardEsp32s2 *self = (BoardEsp32s2 *) board;

  switch (self->options.start) {
  case BOARD_ESP32S2_HOLD_BOOT:
    start_rom (self, FALSE);
    return 0;
  case BOARD_ESP32S2_REQUEST_DFU:
    start_rom (self, TRUE);
    return 0;
  case BOARD_ESP32S2_NOTHING:
    break;
  }

  return start_application (self) == BOARD_NEVER ? BOARD_NEVER : 0;
}

static void
board_esp32s2_control (Board *board, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  BoardEsp32s2 *self = (BoardEsp32s2 *) board;

  if (self->runs_application)
    board_control (self->application, setup, data, reply);
  else
    esp32s2_rom_control (&self->rom, setup, data, reply);
}

static BoardDeparture
board_esp32s2_bus_reset (Board *board)
{
  BoardEsp32s2 *self = (BoardEsp32s2 *) board;

  if (!self->runs_application && esp32s2_rom_bus_reset (&self->rom))
    return restart (self);

  return (BoardDeparture){ 0 };
}

static BoardDeparture
board_esp32s2_press_reset (Board *board)
{
  return restart ((BoardEsp32s2 *) board);
}

static void
board_esp32s2_abandon (Board *board, const BoardSetup *setup)
{
  BoardEsp32s2 *self = (BoardEsp32s2 *) board;

  if (!self->runs_application)
    esp32s2_rom_abandon (&self->rom, setup);
}

static void
board_esp32s2_set_error (Board *board, guint8 status)
{
  esp32s2_rom_set_error (&((BoardEsp32s2 *) board)->rom, status);
}

static const char *
board_esp32s2_get_mode (Board *board)
{
  BoardEsp32s2 *self = (BoardEsp32s2 *) board;

  if (self->runs_application)
    return "application";

  return self->rom.is_dfu_mode ? "dfu" : "runtime";
}

static NorFlash *
board_esp32s2_get_flash (Board *board)
{
  return ((BoardEsp32s2 *) board)->flash;
}

static void
board_esp32s2_finalize (Board *board)
{
  BoardEsp32s2 *self = (BoardEsp32s2 *) board;

  board_free (self->application);
  nor_flash_free (self->flash);
  g_free (self);
}

static const BoardClass esp32s2_class = {
  .kind = "esp32s2",
  .speed = 12,
  .power_on = board_esp32s2_power_on,
  .control = board_esp32s2_control,
  .bus_reset = board_esp32s2_bus_reset,
  .press_reset = board_esp32s2_press_reset,
  .abandon = board_esp32s2_abandon,
  .set_error = board_esp32s2_set_error,
  .get_mode = board_esp32s2_get_mode,
  .get_flash = board_esp32s2_get_flash,
  .finalize = board_esp32s2_finalize,
};

Board *
board_esp32s2_new (const BoardEsp32s2Options *options)
{
  BoardEsp32s2 *self = g_new0 (BoardEsp32s2, 1);

  self->parent.klass = &esp32s2_class;
  self->options = *options;
  self->flash = nor_flash_new (options->flash_size);
  nor_flash_set_timing (self->flash, &options->flash_timing);
  self->rom.writer.md5_us_per_mib = options->md5_us_per_mib;
  self->application = board_serial_new (&board_serial_espressif_application);
  start_rom (self, FALSE);

  return (Board *) self;
}

Esp32s2Rom *
board_esp32s2_get_rom (Board *board)
{
  g_return_val_if_fail (board->klass == &esp32s2_class, NULL);

  return &((BoardEsp32s2 *) board)->rom;
}
