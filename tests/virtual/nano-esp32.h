/* nano-esp32.h: the inside of the virtual Nano ESP32
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * board-nano-esp32.c    what it is on the bus
 * nano-esp32-requests.c what TinyUSB answers in which state
 * nano-esp32-update.c   what Arduino's core does with what it is given
 */

#pragma once

#include "board-nano-esp32.h"

#include "board-descriptors.h"

G_BEGIN_DECLS

#define NANO_DFU_INTERFACE 2

/* bState, DFU 1.1 section 6.1.2, as far as somebody can see them */
typedef enum {
  NANO_IDLE = 2,
  NANO_DNLOAD_SYNC = 3,
  NANO_DNBUSY = 4,
  NANO_DNLOAD_IDLE = 5,
  NANO_MANIFEST_SYNC = 6,
  NANO_MANIFEST = 7,
  NANO_ERROR = 10,
} NanoState;

/* bStatus */
enum {
  NANO_OK = 0x00,
  NANO_ERR_TARGET = 0x01,
  NANO_ERR_WRITE = 0x03,
  NANO_ERR_VERIFY = 0x07,
};

/* What Arduino's "Update" remembers. */
typedef struct {
  gboolean is_running;
  guint32 length;  /* of what was taken */
  guint8 head[16]; /* held back until the end, so that nothing unfinished can be started */
} NanoUpdate;

typedef struct {
  Board parent;
  BoardNanoEsp32Options options;
  NorFlash *flash;
  guint32 running; /* where the program that runs begins; 0 for the recovery program */
  guint32 start;   /* the same of the one that is started next */
  NanoUpdate update;

  NanoState state;
  guint8 status;
  guint8 planned_status; /* what somebody wants to see fail */
  gboolean has_work;     /* a block, or the end, that is done once the status was asked for */
  guint16 block_length;
  guint8 block[BOARD_NANO_ESP32_TRANSFER_SIZE];
  gint64 busy_until_us;
  guint8 configuration;
} BoardNanoEsp32;

/* Both return a bStatus. */
guint8 nano_update_write (BoardNanoEsp32 *self);
guint8 nano_update_end (BoardNanoEsp32 *self);

void nano_reset_state (BoardNanoEsp32 *self);
BoardDeparture nano_restart (BoardNanoEsp32 *self);
void
nano_class_request (BoardNanoEsp32 *self, const BoardSetup *setup, guint8 *data, BoardReply *reply);

G_END_DECLS
