/* generic-dfu.h: the inside of the virtual device that follows DFU 1.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * board-generic-dfu.c    what it is on the bus
 * generic-dfu-requests.c what it answers in which state
 */

#pragma once

#include "board-generic-dfu.h"

#include "board-descriptors.h"

G_BEGIN_DECLS

/* bState, DFU 1.1 section 6.1.2 */
typedef enum {
  STATE_APP_IDLE,
  STATE_APP_DETACH,
  STATE_IDLE,
  STATE_DNLOAD_SYNC,
  STATE_DNBUSY,
  STATE_DNLOAD_IDLE,
  STATE_MANIFEST_SYNC,
  STATE_MANIFEST,
  STATE_MANIFEST_WAIT_RESET,
  STATE_UPLOAD_IDLE,
  STATE_ERROR,
} State;

/* bStatus */
enum {
  STATUS_OK = 0x00,
  STATUS_ADDRESS = 0x08,
  STATUS_STALLED_PACKET = 0x0f,
};

typedef struct {
  Board parent;
  BoardGenericDfuOptions options;
  NorFlash *flash;
  gboolean is_dfu_mode;
  State state;
  guint8 status;
  guint8 pending_status; /* of the block that was taken last */
  guint8 configuration;
  guint8 alternate;
  guint8 memory;        /* that the present request is about */
  gint64 busy_until_us; /* or, in appDETACH, when the request is forgotten */
  gboolean has_manifested;
  guint8 device_descriptor[BOARD_DEVICE_DESCRIPTOR_LENGTH];
  guint8 configuration_descriptor[64];
} BoardGenericDfu;

/* Moves on to the state in which time alone has brought it. */
void generic_dfu_let_time_pass (BoardGenericDfu *self);
void generic_dfu_fail (BoardGenericDfu *self, guint8 status);
BoardDeparture generic_dfu_change_mode (BoardGenericDfu *self, gboolean is_dfu_mode);
BoardDeparture generic_dfu_start_application (BoardGenericDfu *self);
void generic_dfu_class_request (BoardGenericDfu *self,
                                const BoardSetup *setup,
                                guint8 *data,
                                BoardReply *reply);

G_END_DECLS
