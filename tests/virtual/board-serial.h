/* board-serial.h: devices that have a serial port and no DFU
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board-descriptors.h"

G_BEGIN_DECLS

/* The UART bridge on many boards' other socket (10c4:ea60). */
extern const BoardDescriptors board_serial_cp2102;

/* What TinyUSB shows by default for an application with a serial port (303a:4001). */
extern const BoardDescriptors board_serial_espressif_application;

/**
 * board_serial_new:
 * @descriptors: what it says it is; they have to outlive it
 *
 * Returns: a device that takes every CDC and vendor request and does nothing
 */
Board *board_serial_new (const BoardDescriptors *descriptors);

G_END_DECLS
