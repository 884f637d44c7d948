/* board-nano-esp32.h: an Arduino Nano ESP32, whose program takes its successor over DFU
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No bootloader is at work here: TinyUSB and Arduino's core, which every sketch for this board
 * brings along, offer an interface that is always in DFU mode. What is downloaded goes into that
 * one of two partitions that is not running, and is examined before it is made the one to start.
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

#define BOARD_NANO_ESP32_TRANSFER_SIZE 4096
#define BOARD_NANO_ESP32_FIRST_SLOT 0x10000          /* where app0 begins */
#define BOARD_NANO_ESP32_SLOT_SIZE (3 * 1024 * 1024) /* of app0 and of app1 behind it */

typedef struct {
  gsize slot_size; /* 0: BOARD_NANO_ESP32_SLOT_SIZE */
  NorFlashTiming flash_timing;
  gint64 (*get_time) (void); /* microseconds; g_get_monotonic_time() if NULL */
} BoardNanoEsp32Options;

Board *board_nano_esp32_new (const BoardNanoEsp32Options *options);

/**
 * board_nano_esp32_get_start:
 * @board: a Nano ESP32
 *
 * Returns: where in its flash the program begins that it starts next, or 0 for the recovery program
 *   that it came with
 */
guint32 board_nano_esp32_get_start (Board *board);

G_END_DECLS
