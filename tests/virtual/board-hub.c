/* board-hub.c: the hubs between the host and the boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-hub.h"

#include "board-descriptors.h"

#define HUB_DESCRIPTOR 0x29

typedef struct {
  Board parent;
  const BoardDescriptors *descriptors;
  guint8 configuration;
} BoardHub;

/* clang-format off */
static const guint8 root_device[] = {
  0x12, 0x01, 0x00, 0x02, 0x09, 0x00, 0x01, 0x40, 0x6b,
  0x1d, 0x02, 0x00, 0x01, 0x06, 0x03, 0x02, 0x01, 0x01,
};

static const guint8 hub_device[] = {
  0x12, 0x01, 0x00, 0x02, 0x09, 0x00, 0x01, 0x40, 0xe3,
  0x05, 0x08, 0x06, 0x00, 0x01, 0x00, 0x01, 0x00, 0x01,
};

static const guint8 configuration_descriptor[] = {
  0x09, 0x02, 0x19, 0x00, 0x01, 0x01, 0x00, 0xe0, 0x32,
  0x09, 0x04, 0x00, 0x00, 0x01, 0x09, 0x00, 0x00, 0x00,
  0x07, 0x05, 0x81, 0x03, 0x04, 0x00, 0x0c,
};

static const guint8 class_descriptor[] = {
  0x0b, HUB_DESCRIPTOR, BOARD_HUB_N_PORTS, 0x09, 0x00, 0x32, 0x64, 0x00, 0x00, 0xff, 0xff,
};
/* clang-format on */

static const char *const root_strings[] = { "virtual-usb", "xHCI Host Controller", "1d6b", NULL };
static const char *const hub_strings[] = { "USB2.0 Hub", NULL };

static const BoardDescriptors root_descriptors = {
  .device = root_device,
  .configuration = configuration_descriptor,
  .configuration_length = sizeof configuration_descriptor,
  .strings = root_strings,
};

static const BoardDescriptors hub_descriptors = {
  .device = hub_device,
  .configuration = configuration_descriptor,
  .configuration_length = sizeof configuration_descriptor,
  .strings = hub_strings,
};

/* Ports have power; what is in them is told by hotplug events, not here. */
static void
answer_class_request (const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  static const guint8 hub_status[] = { 0x00, 0x00, 0x00, 0x00 };
  static const guint8 port_status[] = { 0x00, 0x01, 0x00, 0x00 };
  gboolean is_for_port = (setup->request_type & 0x1f) == 3;

  if (setup->request == BOARD_REQUEST_GET_DESCRIPTOR)
    board_reply_bytes (reply, setup, data, class_descriptor, sizeof class_descriptor);
  else if (setup->request == BOARD_REQUEST_GET_STATUS)
    board_reply_bytes (reply, setup, data, is_for_port ? port_status : hub_status, 4);
  else
    board_reply_stall (reply);
}

static void
board_hub_control (Board *board, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  BoardHub *self = (BoardHub *) board;

  if ((setup->request_type & 0x60) == 0)
    board_descriptors_control (self->descriptors, &self->configuration, setup, data, reply);
  else
    answer_class_request (setup, data, reply);
}

static void
board_hub_finalize (Board *board)
{
  g_free (board);
}

static const BoardClass hub_class = {
  .kind = "hub",
  .speed = 480,
  .control = board_hub_control,
  .finalize = board_hub_finalize,
};

Board *
board_hub_new (gboolean is_root)
{
  BoardHub *self = g_new0 (BoardHub, 1);

  self->parent.klass = &hub_class;
  self->descriptors = is_root ? &root_descriptors : &hub_descriptors;

  return (Board *) self;
}
