/* board-serial.c: devices that have a serial port and no DFU
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-serial.h"

#include <string.h>

typedef struct {
  Board parent;
  const BoardDescriptors *descriptors;
  guint8 configuration;
} BoardSerial;

/* clang-format off */
static const guint8 cp2102_device[] = {
  0x12, 0x01, 0x10, 0x01, 0x00, 0x00, 0x00, 0x40, 0xc4,
  0x10, 0x60, 0xea, 0x00, 0x01, 0x01, 0x02, 0x03, 0x01,
};

static const guint8 cp2102_configuration[] = {
  /* one configuration, bus-powered, 100 mA */
  0x09, 0x02, 0x20, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32,
  /* interface 0: vendor */
  0x09, 0x04, 0x00, 0x00, 0x02, 0xff, 0x00, 0x00, 0x02,
  0x07, 0x05, 0x81, 0x02, 0x40, 0x00, 0x00,
  0x07, 0x05, 0x01, 0x02, 0x40, 0x00, 0x00,
};

static const guint8 application_device[] = {
  0x12, 0x01, 0x00, 0x02, 0xef, 0x02, 0x01, 0x40, 0x3a,
  0x30, 0x01, 0x40, 0x00, 0x01, 0x01, 0x02, 0x03, 0x01,
};

static const guint8 application_configuration[] = {
  /* one configuration, bus-powered, 100 mA */
  0x09, 0x02, 0x4b, 0x00, 0x02, 0x01, 0x00, 0x80, 0x32,
  /* association of interfaces 0 and 1: CDC ACM */
  0x08, 0x0b, 0x00, 0x02, 0x02, 0x02, 0x00, 0x00,
  /* interface 0: CDC control */
  0x09, 0x04, 0x00, 0x00, 0x01, 0x02, 0x02, 0x00, 0x00,
  0x05, 0x24, 0x00, 0x20, 0x01,
  0x05, 0x24, 0x01, 0x00, 0x01,
  0x04, 0x24, 0x02, 0x02,
  0x05, 0x24, 0x06, 0x00, 0x01,
  0x07, 0x05, 0x81, 0x03, 0x08, 0x00, 0x10,
  /* interface 1: CDC data */
  0x09, 0x04, 0x01, 0x00, 0x02, 0x0a, 0x00, 0x00, 0x00,
  0x07, 0x05, 0x02, 0x02, 0x40, 0x00, 0x00,
  0x07, 0x05, 0x82, 0x02, 0x40, 0x00, 0x00,
};
/* clang-format on */

static const char *const cp2102_strings[] = {
  "Silicon Labs",
  "CP2102 USB to UART Bridge Controller",
  "0001",
  NULL,
};

static const char *const application_strings[] = {
  "Espressif Systems",
  "Espressif Device",
  "123456",
  NULL,
};

const BoardDescriptors board_serial_cp2102 = {
  .device = cp2102_device,
  .configuration = cp2102_configuration,
  .configuration_length = sizeof cp2102_configuration,
  .strings = cp2102_strings,
};

const BoardDescriptors board_serial_espressif_application = {
  .device = application_device,
  .configuration = application_configuration,
  .configuration_length = sizeof application_configuration,
  .strings = application_strings,
};

static void
board_serial_control (Board *board, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  BoardSerial *self = (BoardSerial *) board;

  if ((setup->request_type & 0x60) == 0) {
    board_descriptors_control (self->descriptors, &self->configuration, setup, data, reply);
    return;
  }

  /* Line coding, modem lines and the like: whatever it is, it is zero. */
  reply->result = setup->length;
  if (board_setup_is_in (setup) && setup->length > 0)
    memset (data, 0, setup->length);
}

static BoardDeparture
board_serial_bus_reset (Board *board)
{
  ((BoardSerial *) board)->configuration = 0;

  return (BoardDeparture){ 0 };
}

static void
board_serial_finalize (Board *board)
{
  g_free (board);
}

static const BoardClass serial_class = {
  .kind = "serial",
  .speed = 12,
  .control = board_serial_control,
  .bus_reset = board_serial_bus_reset,
  .finalize = board_serial_finalize,
};

Board *
board_serial_new (const BoardDescriptors *descriptors)
{
  BoardSerial *self = g_new0 (BoardSerial, 1);

  self->parent.klass = &serial_class;
  self->descriptors = descriptors;

  return (Board *) self;
}
