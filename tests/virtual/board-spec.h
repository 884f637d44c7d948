/* board-spec.h: boards described by a line of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

/* How fast the boards' chips are. */
typedef struct {
  NorFlashTiming flash;
  guint64 md5_us_per_mib;
} BoardTiming;

/* "esp32s2@1-10,flash=/tmp/flash.bin,mode=dfu" */
typedef struct {
  char *path;
  char *flash_path; /* NULL: the flash is not kept */
  Board *board;
} BoardSpec;

/**
 * board_spec_parse:
 * @text: KIND@PATH, then options as ",name=value"
 * @timing: how fast the board is to be
 * @error: return location for an error
 *
 * The kinds are esp32s2, esp32s3, cp2102, generic-dfu, stm32f4, stm32f4-mute, stm32h7, stm32l4,
 * gd32vf103, gd32vf103-old, maple, lpc43xx, freerunner and nano-esp32.
 *
 * Options of the first two: mode=runtime (the default: somebody holds BOOT while plugging),
 * mode=dfu, mode=app; flash=FILE, loaded if it exists; flash-mib=N; boot=held, which keeps the BOOT
 * button down after plugging too.
 *
 * Options of generic-dfu, maple, lpc43xx and freerunner: mode=runtime (the default), mode=dfu;
 * flash=FILE; busy-ms=N; manifest-ms=N; detach=reset, for one that waits for a bus reset;
 * intolerant; leaves=inside, after, status or done; returns=dfu or never; uploads=unoffered,
 * refused, nothing or endless; memories=1, of two; interfaces=2, one for each memory; serial=comma,
 * for a serial number with one.
 *
 * Options of stm32f4 to gd32vf103-old: flash=FILE; busy-ms=N; erase-ms=N;
 * mass-erase-ms=N; protected; mode=runtime, for one with a program that speaks plain DFU.
 *
 * Option of nano-esp32: flash=FILE, of which its program is no part.
 *
 * Returns: (nullable): the board and where it belongs
 */
BoardSpec *board_spec_parse (const char *text, const BoardTiming *timing, GError **error);
void board_spec_free (BoardSpec *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardSpec, board_spec_free)

G_END_DECLS
