/* esp32s2-rom-descriptors.c: what the loader is on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "esp32s2-rom.h"

#include <string.h>

#define INTERFACE_PROTOCOL 82 /* where bInterfaceProtocol of the DFU interface is */

const Esp32s2RomChip esp32s2_rom_chip_s2 = {
  .product = "ESP32-S2",
  .serial = "0",
  .product_id = 0x0002,
  .release = 0x0723,
};

const Esp32s2RomChip esp32s2_rom_chip_s3 = {
  .product = "ESP32-S3",
  .serial = "7c:df:a1:e0:4b:9c",
  .product_id = 0x0009,
  .release = 0x0728,
};

static const guint8 device_descriptor[BOARD_DEVICE_DESCRIPTOR_LENGTH] = {
  0x12, 0x01, 0x00, 0x02, 0xef, 0x02, 0x01, 0x40, 0x3a,
  0x30, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x01,
};

/* clang-format off */
static const guint8 configuration_descriptor[] = {
  /* one configuration, self-powered, 500 mA */
  0x09, 0x02, 0x5d, 0x00, 0x03, 0x01, 0x00, 0xc0, 0xfa,
  /* association of interfaces 0 and 1: CDC ACM */
  0x08, 0x0b, 0x00, 0x02, 0x02, 0x02, 0x00, 0x00,
  /* interface 0: CDC control */
  0x09, 0x04, 0x00, 0x00, 0x01, 0x02, 0x02, 0x00, 0x00,
  0x05, 0x24, 0x00, 0x10, 0x01,
  0x04, 0x24, 0x02, 0x02,
  0x05, 0x24, 0x06, 0x00, 0x01,
  0x05, 0x24, 0x01, 0x03, 0x01,
  0x07, 0x05, 0x85, 0x03, 0x40, 0x00, 0x01,
  /* interface 1: CDC data */
  0x09, 0x04, 0x01, 0x00, 0x02, 0x0a, 0x02, 0x00, 0x00,
  0x07, 0x05, 0x03, 0x02, 0x40, 0x00, 0x01,
  0x07, 0x05, 0x84, 0x02, 0x40, 0x00, 0x01,
  /* interface 2: DFU, run-time protocol */
  0x09, 0x04, 0x02, 0x00, 0x00, 0xfe, 0x01, 0x01, 0x00,
  /* download, upload, manifestation tolerant, will detach; 700 ms; 64 bytes; DFU 1.10 */
  0x09, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01,
};
/* clang-format on */

void
esp32s2_rom_set_up_descriptors (Esp32s2Rom *self)
{
  memcpy (self->device_descriptor, device_descriptor, sizeof device_descriptor);
  self->device_descriptor[10] = self->chip->product_id & 0xff;
  self->device_descriptor[11] = self->chip->product_id >> 8;
  self->device_descriptor[12] = self->chip->release & 0xff;
  self->device_descriptor[13] = self->chip->release >> 8;

  self->strings[0] = "Espressif";
  self->strings[1] = self->chip->product;
  self->strings[2] = self->chip->serial;
  self->strings[3] = NULL;
}

static void
get_descriptor (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  guint8 configuration[sizeof configuration_descriptor];
  BoardDescriptors descriptors = {
    .device = self->device_descriptor,
    .configuration = configuration,
    .configuration_length = sizeof configuration,
    .strings = self->strings,
  };

  memcpy (configuration, configuration_descriptor, sizeof configuration);
  if (self->is_dfu_mode)
    configuration[INTERFACE_PROTOCOL] = 2;

  /* A second configuration crashes the loader. */
  if (setup->value >> 8 == 2 && (setup->value & 0xff) != 0) {
    self->hangs = TRUE;
    reply->result = BOARD_NO_ANSWER;
    return;
  }

  board_descriptors_reply (&descriptors, setup, data, reply);
}

static void
set_configuration (Esp32s2Rom *self, const BoardSetup *setup, BoardReply *reply)
{
  if (setup->value > 1) {
    self->hangs = TRUE;
    reply->result = BOARD_NO_ANSWER;
    return;
  }

  self->configuration = setup->value;
  if (setup->value != 0)
    self->is_configured = TRUE;
}

void
esp32s2_rom_standard_request (Esp32s2Rom *self,
                              const BoardSetup *setup,
                              guint8 *data,
                              BoardReply *reply)
{
  static const guint8 self_powered[] = { 1, 0 };
  static const guint8 zeros[] = { 0, 0 };
  gboolean is_for_device = (setup->request_type & 0x1f) == 0;

  switch (setup->request) {
  case BOARD_REQUEST_GET_STATUS:
    board_reply_bytes (reply, setup, data, is_for_device ? self_powered : zeros, 2);
    return;
  case BOARD_REQUEST_GET_DESCRIPTOR:
    /* Only the device has any: DFU's own cannot be had from the interface. */
    if (!is_for_device)
      break;
    get_descriptor (self, setup, data, reply);
    return;
  case BOARD_REQUEST_GET_CONFIGURATION:
    board_reply_bytes (reply, setup, data, &self->configuration, 1);
    return;
  case BOARD_REQUEST_SET_CONFIGURATION:
    set_configuration (self, setup, reply);
    return;
  case BOARD_REQUEST_GET_INTERFACE:
    board_reply_bytes (reply, setup, data, zeros, 1);
    return;
  case BOARD_REQUEST_SET_INTERFACE:
    self->alternate = setup->value;
    return;
  case BOARD_REQUEST_CLEAR_FEATURE:
    return;
  default:
    break;
  }

  board_reply_stall (reply);
}
