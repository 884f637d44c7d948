/* board-dfuse.c: microcontrollers whose ROM speaks ST's DfuSe dialect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfuse.h"

#include <string.h>

#define CONFIGURATION_LENGTH 9
#define INTERFACE_LENGTH 9
#define FUNCTIONAL_LENGTH 9
#define FIRST_MEMORY_STRING 4
#define SERIAL_STRING 3

/* clang-format off */
static const guint8 device_template[BOARD_DEVICE_DESCRIPTOR_LENGTH] = {
  0x12, 0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x40, 0x00,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x01,
};

/* Download, upload, will detach; not tolerant of manifestation. 255 ms, version 1.1a. */
static const guint8 functional_template[FUNCTIONAL_LENGTH] = {
  0x09, 0x21, 0x0b, 0xff, 0x00, 0x00, 0x00, 0x1a, 0x01,
};
/* clang-format on */

static void
put_u16 (guint8 *bytes, guint16 value)
{
  bytes[0] = value & 0xff;
  bytes[1] = value >> 8;
}

static void
make_device_descriptor (BoardDfuse *self)
{
  const DfusePart *part = self->options.part;

  memcpy (self->device_descriptor, device_template, sizeof device_template);
  put_u16 (self->device_descriptor + 8, part->vendor);
  put_u16 (self->device_descriptor + 10, part->product);
  put_u16 (self->device_descriptor + 12, part->release);
}

/* Returns where it ends. */
static guint8 *
append_functional (const BoardDfuse *self, guint8 *at)
{
  memcpy (at, functional_template, sizeof functional_template);
  put_u16 (at + 5, self->options.part->transfer_size);

  return at + sizeof functional_template;
}

static void
make_configuration_descriptor (BoardDfuse *self)
{
  const guint n_memories = dfuse_part_count_memories (self->options.part);
  const gboolean has_interfaces = self->options.has_interfaces;
  const guint8 n_interfaces = has_interfaces ? n_memories : 1;
  const guint8 length =
    CONFIGURATION_LENGTH + n_memories * INTERFACE_LENGTH + n_interfaces * FUNCTIONAL_LENGTH;
  const guint8 head[] = { 0x09, 0x02, length, 0x00, n_interfaces, 0x01, 0x00, 0xc0, 0x32 };
  guint8 *end = self->configuration_descriptor;

  memcpy (end, head, sizeof head);
  end += sizeof head;

  for (guint i = 0; i < n_memories; i++) {
    const guint8 interface[] = {
      0x09, 0x04, has_interfaces ? i : 0, has_interfaces ? 0 : i, 0x00, 0xfe,
      0x01, 0x02, FIRST_MEMORY_STRING + i
    };

    memcpy (end, interface, sizeof interface);
    end += sizeof interface;
    if (has_interfaces || i == n_memories - 1)
      end = append_functional (self, end);
  }
}

static void
collect_strings (BoardDfuse *self)
{
  const DfusePart *part = self->options.part;
  guint n_strings = 0;

  for (guint i = 0; i < G_N_ELEMENTS (part->strings); i++)
    self->strings[n_strings++] = part->strings[i];
  for (guint i = 0; i < dfuse_part_count_memories (part); i++)
    self->strings[n_strings++] = part->memories[i].name;
}

/* Bytes where characters of two bytes each belong. */
static void
reply_byte_string (const char *text, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  const gsize length = strlen (text);
  guint8 descriptor[255] = { length + 2, 3 };

  memcpy (descriptor + 2, text, length);
  board_reply_bytes (reply, setup, data, descriptor, length + 2);
}

static guint
count_alternates (const BoardDfuse *self)
{
  return self->options.has_interfaces ? 1 : dfuse_part_count_memories (self->options.part);
}

static void
handle_standard_request (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  const BoardDescriptors descriptors = {
    .device = self->device_descriptor,
    .configuration = self->configuration_descriptor,
    .configuration_length = self->configuration_descriptor[2],
    .strings = self->strings,
  };

  if (board_descriptors_choose (&self->alternate, count_alternates (self), setup, data, reply))
    return;

  if (setup->request == BOARD_REQUEST_GET_DESCRIPTOR && setup->value == (3 << 8 | SERIAL_STRING) &&
      (self->options.part->manner & DFUSE_MANNER_BYTE_STRINGS) != 0) {
    reply_byte_string (self->strings[SERIAL_STRING - 1], setup, data, reply);
    return;
  }

  board_descriptors_control (&descriptors, &self->configuration, setup, data, reply);
}

static gint64
board_dfuse_power_on (Board *board)
{
  board->boot_held = !((BoardDfuse *) board)->options.has_program;
  dfuse_restart ((BoardDfuse *) board);

  return 0;
}

static void
board_dfuse_control (Board *board, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  BoardDfuse *self = (BoardDfuse *) board;

  if (self->is_application) {
    dfuse_program_control (self, setup, data, reply);
    return;
  }

  switch (setup->request_type & 0x60) {
  case 0x00:
    handle_standard_request (self, setup, data, reply);
    return;
  case 0x20:
    if (self->options.has_interfaces)
      self->alternate = setup->index % dfuse_part_count_memories (self->options.part);
    dfuse_class_request (self, setup, data, reply);
    return;
  default:
    board_reply_stall (reply);
    return;
  }
}

/* The ROM stays in charge, and forgets what it was doing. */
static BoardDeparture
board_dfuse_bus_reset (Board *board)
{
  BoardDfuse *self = (BoardDfuse *) board;

  self->state = DFUSE_IDLE;
  self->status = self->pending_status = DFUSE_OK;
  self->block_length = 0;
  self->is_stuck = FALSE;

  return (BoardDeparture){ 0 };
}

static BoardDeparture
board_dfuse_press_reset (Board *board)
{
  return dfuse_restart ((BoardDfuse *) board);
}

/* A block that was taken reports it by and by; otherwise it is so at once. */
static void
board_dfuse_set_error (Board *board, guint8 status)
{
  BoardDfuse *self = (BoardDfuse *) board;

  if (self->state == DFUSE_DNLOAD_SYNC || self->state == DFUSE_DNBUSY) {
    self->pending_status = status;
  } else {
    self->state = DFUSE_ERROR;
    self->status = status;
  }
}

static const char *
board_dfuse_get_mode (Board *board)
{
  BoardDfuse *self = (BoardDfuse *) board;

  if (!self->is_application)
    return "dfu";

  return self->options.has_program ? "runtime" : "application";
}

static NorFlash *
board_dfuse_get_flash (Board *board)
{
  return ((BoardDfuse *) board)->flash;
}

static void
board_dfuse_finalize (Board *board)
{
  dfuse_memory_clear ((BoardDfuse *) board);
  g_free (board);
}

static const BoardClass dfuse_class = {
  .kind = "dfuse",
  .speed = 12,
  .power_on = board_dfuse_power_on,
  .control = board_dfuse_control,
  .bus_reset = board_dfuse_bus_reset,
  .press_reset = board_dfuse_press_reset,
  .set_error = board_dfuse_set_error,
  .get_mode = board_dfuse_get_mode,
  .get_flash = board_dfuse_get_flash,
  .finalize = board_dfuse_finalize,
};

guint32
board_dfuse_get_start (Board *board)
{
  return ((BoardDfuse *) board)->start;
}

Board *
board_dfuse_new (const BoardDfuseOptions *options)
{
  BoardDfuse *self = g_new0 (BoardDfuse, 1);

  self->parent.klass = &dfuse_class;
  self->parent.boot_held = !options->has_program;
  self->options = *options;
  self->is_protected = options->is_protected;
  dfuse_memory_init (self);
  make_device_descriptor (self);
  make_configuration_descriptor (self);
  collect_strings (self);
  dfuse_restart (self);

  return (Board *) self;
}
