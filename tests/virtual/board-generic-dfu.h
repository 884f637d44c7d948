/* board-generic-dfu.h: a device that follows DFU 1.1's state diagram to the letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is what the ESP32-S2's loader is not: busy for as long as it says, with another idProduct in
 * DFU mode, two alternate settings, blocks of 4 KiB, and no patience with requests out of order.
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

#define BOARD_GENERIC_DFU_TRANSFER_SIZE 4096
#define BOARD_GENERIC_DFU_MEMORY_SIZE (512 * 1024) /* of each of the two alternate settings */

typedef struct {
  gboolean starts_in_dfu_mode;
  gboolean waits_for_reset; /* after DETACH, instead of leaving the bus by itself */
  gboolean is_intolerant;   /* of manifestation: it wants a bus reset in the end */
  guint busy_ms;            /* for each block, beyond what the flash takes */
  guint manifest_ms;
  NorFlashTiming flash_timing;
  gint64 (*get_time) (void); /* microseconds; g_get_monotonic_time() if NULL */
} BoardGenericDfuOptions;

Board *board_generic_dfu_new (const BoardGenericDfuOptions *options);

G_END_DECLS
