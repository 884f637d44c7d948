/* setup-board-table.h: the USB ids that are known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain C, because the helper that runs as root needs it and nothing else.
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * SetupBoardKind:
 * @SETUP_BOARD_KIND_UNKNOWN: nothing is known about it
 * @SETUP_BOARD_KIND_ROM: a chip's ROM that speaks DFU, or an application with the ROM's ids
 * @SETUP_BOARD_KIND_APPLICATION: a board that runs its application, which speaks no DFU
 * @SETUP_BOARD_KIND_SERIAL_BRIDGE: the serial converter on a board's other socket
 * @SETUP_BOARD_KIND_SERIAL_JTAG: Espressif's USB-Serial-JTAG unit, which speaks no DFU
 * @SETUP_BOARD_KIND_DEBUG_PROBE: what programs a chip over other wires, often beside it on a board
 * @SETUP_BOARD_KIND_UF2: a bootloader that is a drive for UF2 files; below it the chip has another
 * @SETUP_BOARD_KIND_UF2_ONLY: a chip whose only bootloader is a drive for UF2 files
 * @SETUP_BOARD_KIND_DFU: another device that speaks DFU or DfuSe
 * @SETUP_BOARD_KIND_FOREIGN: a bootloader with a protocol of its own, even if it looks like DFU
 *
 * What a device is, as far as its ids tell. The nicks are the words behind SETUP_BOARD_KIND_ in
 * lower case with hyphens.
 */
typedef enum {
  SETUP_BOARD_KIND_UNKNOWN,
  SETUP_BOARD_KIND_ROM,
  SETUP_BOARD_KIND_APPLICATION,
  SETUP_BOARD_KIND_SERIAL_BRIDGE,
  SETUP_BOARD_KIND_SERIAL_JTAG,
  SETUP_BOARD_KIND_DEBUG_PROBE,
  SETUP_BOARD_KIND_UF2,
  SETUP_BOARD_KIND_UF2_ONLY,
  SETUP_BOARD_KIND_DFU,
  SETUP_BOARD_KIND_FOREIGN,
} SetupBoardKind;

/**
 * SetupBoardId:
 * @vendor: idVendor
 * @first: the first idProduct
 * @last: the last idProduct
 * @kind: what they are
 * @name: what they are called; English, marked for translation where it is more than a name
 * @source: where that is known from
 *
 * Ids that are known.
 */
typedef struct {
  uint16_t vendor;
  uint16_t first;
  uint16_t last;
  SetupBoardKind kind;
  const char *name;
  const char *source;
} SetupBoardId;

const SetupBoardId *setup_board_table_get (size_t i);
