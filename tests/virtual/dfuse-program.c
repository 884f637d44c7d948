/* dfuse-program.c: a program on a DfuSe board, which speaks plain DFU in run-time mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As programs do that are made with ST's library: another idProduct, DFU 1.1, and the jump into the
 * ROM once DETACH was answered.
 */

#include "dfuse.h"

#include <string.h>

#define STATE_APP_IDLE 0

/* clang-format off */
static const guint8 configuration_descriptor[] = {
  0x09, 0x02, 0x1b, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32,
  0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x01, 0x00,
  0x09, 0x21, 0x0b, 0xff, 0x00, 0x00, 0x04, 0x10, 0x01,
};
/* clang-format on */

static void
handle_standard_request (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint8 device[BOARD_DEVICE_DESCRIPTOR_LENGTH];
  const BoardDescriptors descriptors = {
    .device = device,
    .configuration = configuration_descriptor,
    .configuration_length = sizeof configuration_descriptor,
    .strings = self->strings,
  };

  memcpy (device, self->device_descriptor, sizeof device);
  device[10] = BOARD_DFUSE_PROGRAM_PRODUCT & 0xff;
  device[11] = BOARD_DFUSE_PROGRAM_PRODUCT >> 8;

  board_descriptors_control (&descriptors, &self->configuration, setup, data, reply);
}

void
dfuse_program_control (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  const guint8 state = STATE_APP_IDLE;

  if ((setup->request_type & 0x60) == 0) {
    handle_standard_request (self, setup, data, reply);
    return;
  }

  switch (setup->request) {
  case BOARD_DFU_DETACH:
    reply->departure = dfuse_start (self, FALSE);
    reply->departure.keeps_status = TRUE;
    return;
  case BOARD_DFU_GETSTATUS:
    board_reply_status (reply, setup, data, DFUSE_OK, 0, STATE_APP_IDLE);
    return;
  case BOARD_DFU_GETSTATE:
    board_reply_bytes (reply, setup, data, &state, 1);
    return;
  default:
    board_reply_stall (reply);
    return;
  }
}
