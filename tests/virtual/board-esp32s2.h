/* board-esp32s2.h: a board with an ESP32-S2 (or S3), its flash, and the buttons BOOT and RESET
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"
#include "esp32s2-rom.h"

G_BEGIN_DECLS

/* What somebody does while plugging the board in. */
typedef enum {
  BOARD_ESP32S2_HOLD_BOOT,   /* it starts the loader in run-time mode */
  BOARD_ESP32S2_REQUEST_DFU, /* an application has asked for DFU mode: the loader is in it at once
                              */
  BOARD_ESP32S2_NOTHING,     /* it starts the application, which is a CDC device (303a:4001) */
} BoardEsp32s2Start;

typedef struct {
  const Esp32s2RomChip *chip;
  BoardEsp32s2Start start;
  gboolean has_usb_application; /* the application shows on the bus; else the board is gone then */
  NorFlashTiming flash_timing;
  guint64 md5_us_per_mib;
  gsize flash_size;
} BoardEsp32s2Options;

/**
 * board_esp32s2_new:
 * @options: what kind of board
 *
 * Returns: a board without power, its flash erased
 */
Board *board_esp32s2_new (const BoardEsp32s2Options *options);

/**
 * board_esp32s2_get_rom:
 * @board: such a board
 *
 * Returns: its loader, for tests that look inside
 */
Esp32s2Rom *board_esp32s2_get_rom (Board *board);

G_END_DECLS
