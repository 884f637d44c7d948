/* board-descriptors.h: a device's descriptors, and the standard requests that they answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

#define BOARD_DEVICE_DESCRIPTOR_LENGTH 18

/* bRequest of the standard requests, USB 2.0 table 9-4 */
enum {
  BOARD_REQUEST_GET_STATUS = 0,
  BOARD_REQUEST_CLEAR_FEATURE = 1,
  BOARD_REQUEST_SET_FEATURE = 3,
  BOARD_REQUEST_GET_DESCRIPTOR = 6,
  BOARD_REQUEST_GET_CONFIGURATION = 8,
  BOARD_REQUEST_SET_CONFIGURATION = 9,
  BOARD_REQUEST_GET_INTERFACE = 10,
  BOARD_REQUEST_SET_INTERFACE = 11,
};

/* bRequest of the class requests, DFU 1.1 table 3.2 */
enum {
  BOARD_DFU_DETACH,
  BOARD_DFU_DNLOAD,
  BOARD_DFU_UPLOAD,
  BOARD_DFU_GETSTATUS,
  BOARD_DFU_CLRSTATUS,
  BOARD_DFU_GETSTATE,
  BOARD_DFU_ABORT,
};

typedef struct {
  const guint8 *device; /* BOARD_DEVICE_DESCRIPTOR_LENGTH bytes */
  const guint8 *configuration;
  gsize configuration_length;
  const char *const *strings; /* index 1 is the first; NULL-terminated */
} BoardDescriptors;

/**
 * board_reply_bytes:
 * @reply: a reply
 * @setup: what was asked
 * @data: where the host wants the answer
 * @bytes: the whole answer
 * @length: its length
 *
 * Answers an IN request with as much of @bytes as the host asked for.
 */
void board_reply_bytes (BoardReply *reply,
                        const BoardSetup *setup,
                        guint8 *data,
                        const guint8 *bytes,
                        gsize length);

/**
 * board_reply_status:
 * @reply: a reply
 * @setup: a DFU_GETSTATUS request
 * @data: where the host wants the answer
 * @status: bStatus
 * @poll_timeout: bwPollTimeout, in milliseconds
 * @state: bState
 *
 * Answers DFU_GETSTATUS with its six bytes (DFU 1.1, section 6.1.2).
 */
void board_reply_status (BoardReply *reply,
                         const BoardSetup *setup,
                         guint8 *data,
                         guint8 status,
                         guint poll_timeout,
                         guint8 state);

void board_reply_stall (BoardReply *reply);

/**
 * board_descriptors_reply:
 * @self: descriptors
 * @setup: a GET_DESCRIPTOR request
 * @data: where the host wants the answer
 * @reply: (out): the answer, or a stall for what there is not
 *
 * Answers GET_DESCRIPTOR for the device, its one configuration and its strings.
 */
void board_descriptors_reply (const BoardDescriptors *self,
                              const BoardSetup *setup,
                              guint8 *data,
                              BoardReply *reply);

/**
 * board_descriptors_control:
 * @self: descriptors
 * @configuration: (inout): the configuration that is set
 * @setup: a standard request
 * @data: the data stage
 * @reply: (out): how it ended
 *
 * Answers any standard request as an ordinary device with one configuration does.
 */
void board_descriptors_control (const BoardDescriptors *self,
                                guint8 *configuration,
                                const BoardSetup *setup,
                                guint8 *data,
                                BoardReply *reply);

/**
 * board_descriptors_choose:
 * @alternate: (inout): the alternate setting that is set
 * @n_alternates: how many there are
 * @setup: a standard request
 * @data: the data stage
 * @reply: (out): how it ended
 *
 * Answers SET_INTERFACE and GET_INTERFACE for a device whose interface 0 has alternate settings,
 * and others but one each.
 *
 * Returns: whether it was one of these
 */
gboolean board_descriptors_choose (guint8 *alternate,
                                   guint n_alternates,
                                   const BoardSetup *setup,
                                   guint8 *data,
                                   BoardReply *reply);

G_END_DECLS
