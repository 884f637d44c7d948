/* board-generic-dfu.c: a device that follows DFU 1.1's state diagram to the letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "generic-dfu.h"

#include <string.h>

#define PRODUCT_RUNTIME 0x0001
#define PRODUCT_DFU 0x0002
#define ATTRIBUTE_CAN_UPLOAD 0x02
#define ATTRIBUTE_TOLERANT 0x04
#define ATTRIBUTE_WILL_DETACH 0x08
#define OFFSET_ATTRIBUTES 2 /* in the functional descriptor */
#define OFFSET_VERSION 7
#define FUNCTIONAL_LENGTH 9
#define INTERFACE_LENGTH 9
#define SECOND_ALTERNATE_OFFSET 18
#define FIRST_FUNCTIONAL_OFFSET 18 /* of two interfaces */
#define PROTOCOL_OFFSET 16         /* in the configuration, of the first alternate setting */
#define REAPPEAR_US (20 * 1000)
#define N_ALTERNATES 2

/* clang-format off */
static const guint8 device_template[BOARD_DEVICE_DESCRIPTOR_LENGTH] = {
  0x12, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x40, 0x09,
  0x12, 0x00, 0x00, 0x00, 0x01, 0x01, 0x02, 0x03, 0x01,
};

static const guint8 runtime_configuration[] = {
  0x09, 0x02, 0x1b, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32,
  0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x01, 0x00,
  0x09, 0x21, 0x03, 0xe8, 0x03, 0x00, 0x10, 0x10, 0x01,
};

static const guint8 dfu_configuration[] = {
  0x09, 0x02, 0x24, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32,
  0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x04,
  0x09, 0x04, 0x00, 0x01, 0x00, 0xfe, 0x01, 0x02, 0x05,
  0x09, 0x21, 0x03, 0xe8, 0x03, 0x00, 0x10, 0x10, 0x01,
};

static const guint8 dfu_configuration_of_two[] = {
  0x09, 0x02, 0x2d, 0x00, 0x02, 0x01, 0x00, 0x80, 0x32,
  0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x04,
  0x09, 0x21, 0x03, 0xe8, 0x03, 0x00, 0x10, 0x10, 0x01,
  0x09, 0x04, 0x01, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x05,
  0x09, 0x21, 0x03, 0xe8, 0x03, 0x00, 0x10, 0x10, 0x01,
};
/* clang-format on */

static const char *const strings[] = {
  "Generic", "Generic DFU device", "GENERIC-1", "Firmware", "Settings", NULL,
};

static const char *const strings_with_comma[] = {
  "Generic", "Generic DFU device", "GENERIC,1", "Firmware", "Settings", NULL,
};

/* As dfu-util knows them. */
static const BoardGenericDfuPersona personas[] = {
  { "maple", 0x1eaf, 0x0003, 0x0200, 2, 0x011a, FALSE },
  { "lpc43xx", 0x1fc9, 0x000c, 0x0100, 1, 0x0100, FALSE },
  { "freerunner", 0x1d50, 0x5119, 0x0000, 2, 0x0100, TRUE },
};

const BoardGenericDfuPersona *
board_generic_dfu_find_persona (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (personas); i++)
    if (g_str_equal (kind, personas[i].kind))
      return &personas[i];

  return NULL;
}

static void
put_u16 (guint8 *bytes, guint16 value)
{
  bytes[0] = value & 0xff;
  bytes[1] = value >> 8;
}

static guint
count_alternates (const BoardGenericDfu *self)
{
  return self->is_dfu_mode && !self->options.has_one_memory && !self->options.has_two_interfaces
           ? N_ALTERNATES
           : 1;
}

static void
put_on (BoardGenericDfu *self, const BoardGenericDfuPersona *persona)
{
  guint8 *functional =
    self->configuration_descriptor + self->configuration_descriptor[2] - FUNCTIONAL_LENGTH;

  put_u16 (self->device_descriptor + 8, persona->vendor);
  put_u16 (self->device_descriptor + 10, persona->product);
  put_u16 (self->device_descriptor + 12, persona->release);
  for (guint i = 0; i < count_alternates (self); i++)
    self->configuration_descriptor[PROTOCOL_OFFSET + i * INTERFACE_LENGTH] = persona->protocol;
  put_u16 (functional + OFFSET_VERSION, persona->version);
}

static void
leave_one_alternate (BoardGenericDfu *self)
{
  guint8 *second = self->configuration_descriptor + SECOND_ALTERNATE_OFFSET;

  self->configuration_descriptor[2] -= INTERFACE_LENGTH;
  memmove (second, second + INTERFACE_LENGTH, FUNCTIONAL_LENGTH);
}

static const guint8 *
choose_configuration (BoardGenericDfu *self)
{
  if (!self->is_dfu_mode)
    return runtime_configuration;

  return self->options.has_two_interfaces ? dfu_configuration_of_two : dfu_configuration;
}

static void
set_mode (BoardGenericDfu *self, gboolean is_dfu_mode)
{
  guint product = is_dfu_mode ? PRODUCT_DFU : PRODUCT_RUNTIME;
  const guint8 *configuration = NULL;
  guint8 *attributes = NULL;

  self->is_dfu_mode = is_dfu_mode;
  self->state = is_dfu_mode ? STATE_IDLE : STATE_APP_IDLE;
  self->status = self->pending_status = STATUS_OK;
  self->configuration = 0;
  self->alternate = 0;

  memcpy (self->device_descriptor, device_template, sizeof device_template);
  self->device_descriptor[10] = product;
  configuration = choose_configuration (self);
  memcpy (self->configuration_descriptor, configuration, configuration[2]);
  if (is_dfu_mode && self->options.has_one_memory)
    leave_one_alternate (self);

  attributes = self->configuration_descriptor + self->configuration_descriptor[2] -
               FUNCTIONAL_LENGTH + OFFSET_ATTRIBUTES;
  if (self->options.uploads == BOARD_GENERIC_DFU_UPLOADS_UNOFFERED)
    *attributes &= ~ATTRIBUTE_CAN_UPLOAD;
  if (!self->options.is_intolerant)
    *attributes |= ATTRIBUTE_TOLERANT;
  if (!self->options.waits_for_reset)
    *attributes |= ATTRIBUTE_WILL_DETACH;
  if (is_dfu_mode && self->options.has_two_interfaces)
    memcpy (self->configuration_descriptor + FIRST_FUNCTIONAL_OFFSET,
            attributes - OFFSET_ATTRIBUTES, FUNCTIONAL_LENGTH);
  if (self->options.persona != NULL && is_dfu_mode)
    put_on (self, self->options.persona);
}

BoardDeparture
generic_dfu_change_mode (BoardGenericDfu *self, gboolean is_dfu_mode)
{
  set_mode (self, is_dfu_mode);

  return (BoardDeparture){ .leaves = TRUE, .return_us = REAPPEAR_US };
}

/* Out of DFU mode, into what was written if that is any good. */
BoardDeparture
generic_dfu_start_application (BoardGenericDfu *self)
{
  BoardDeparture departure =
    generic_dfu_change_mode (self, self->options.returns == BOARD_GENERIC_DFU_RETURNS_DFU);

  if (self->options.returns == BOARD_GENERIC_DFU_RETURNS_NEVER)
    departure.return_us = BOARD_NEVER;

  return departure;
}

static void
handle_standard_request (BoardGenericDfu *self,
                         const BoardSetup *setup,
                         guint8 *data,
                         BoardReply *reply)
{
  const BoardDescriptors descriptors = {
    .device = self->device_descriptor,
    .configuration = self->configuration_descriptor,
    .configuration_length = self->configuration_descriptor[2],
    .strings = self->options.has_comma ? strings_with_comma : strings,
  };
  if (board_descriptors_choose (&self->alternate, count_alternates (self), setup, data, reply))
    return;

  board_descriptors_control (&descriptors, &self->configuration, setup, data, reply);
}

static gint64
board_generic_dfu_power_on (Board *board)
{
  BoardGenericDfu *self = (BoardGenericDfu *) board;

  set_mode (self, self->options.starts_in_dfu_mode);

  return 0;
}

static void
board_generic_dfu_control (Board *board, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  BoardGenericDfu *self = (BoardGenericDfu *) board;

  switch (setup->request_type & 0x60) {
  case 0x00:
    handle_standard_request (self, setup, data, reply);
    return;
  case 0x20:
    generic_dfu_class_request (self, setup, data, reply);
    return;
  default:
    board_reply_stall (reply);
    return;
  }
}

/* The reset that enumeration begins with changes nothing: nothing is configured then. */
static BoardDeparture
board_generic_dfu_bus_reset (Board *board)
{
  BoardGenericDfu *self = (BoardGenericDfu *) board;

  generic_dfu_let_time_pass (self);
  if (self->configuration == 0)
    return (BoardDeparture){ 0 };
  if (self->is_dfu_mode)
    return generic_dfu_start_application (self);
  if (self->state == STATE_APP_DETACH)
    return generic_dfu_change_mode (self, TRUE);

  return (BoardDeparture){ 0 };
}

static BoardDeparture
board_generic_dfu_press_reset (Board *board)
{
  return generic_dfu_change_mode ((BoardGenericDfu *) board, FALSE);
}

/* A block that is being taken in reports it by and by; otherwise it is so at once. */
static void
board_generic_dfu_set_error (Board *board, guint8 status)
{
  BoardGenericDfu *self = (BoardGenericDfu *) board;

  if (self->state == STATE_DNLOAD_SYNC)
    self->pending_status = status;
  else if (self->is_dfu_mode)
    generic_dfu_fail (self, status);
}

static const char *
board_generic_dfu_get_mode (Board *board)
{
  return ((BoardGenericDfu *) board)->is_dfu_mode ? "dfu" : "runtime";
}

static NorFlash *
board_generic_dfu_get_flash (Board *board)
{
  return ((BoardGenericDfu *) board)->flash;
}

static void
board_generic_dfu_finalize (Board *board)
{
  BoardGenericDfu *self = (BoardGenericDfu *) board;

  nor_flash_free (self->flash);
  g_free (self);
}

static const BoardClass generic_dfu_class = {
  .kind = "generic-dfu",
  .speed = 12,
  .power_on = board_generic_dfu_power_on,
  .control = board_generic_dfu_control,
  .bus_reset = board_generic_dfu_bus_reset,
  .press_reset = board_generic_dfu_press_reset,
  .set_error = board_generic_dfu_set_error,
  .get_mode = board_generic_dfu_get_mode,
  .get_flash = board_generic_dfu_get_flash,
  .finalize = board_generic_dfu_finalize,
};

Board *
board_generic_dfu_new (const BoardGenericDfuOptions *options)
{
  BoardGenericDfu *self = g_new0 (BoardGenericDfu, 1);

  self->parent.klass = &generic_dfu_class;
  self->options = *options;
  self->flash = nor_flash_new (N_ALTERNATES * BOARD_GENERIC_DFU_MEMORY_SIZE);
  nor_flash_set_timing (self->flash, &options->flash_timing);
  set_mode (self, options->starts_in_dfu_mode);

  return (Board *) self;
}
