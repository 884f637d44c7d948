/* board-descriptors.c: a device's descriptors, and the standard requests that they answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-descriptors.h"

#include <errno.h>
#include <string.h>

/* bDescriptorType, USB 2.0 table 9-5 */
#define TYPE_DEVICE 1
#define TYPE_CONFIGURATION 2
#define TYPE_STRING 3

static const guint8 languages[] = { 4, TYPE_STRING, 0x09, 0x04 };

static void
reply_string (const BoardDescriptors *self,
              guint index,
              const BoardSetup *setup,
              guint8 *data,
              BoardReply *reply)
{
  guint8 descriptor[255];
  gsize length = 2;

  if (index == 0) {
    board_reply_bytes (reply, setup, data, languages, sizeof languages);
    return;
  }

  for (guint i = 1; i < index; i++) {
    if (self->strings[i - 1] == NULL) {
      board_reply_stall (reply);
      return;
    }
  }

  if (self->strings[index - 1] == NULL) {
    board_reply_stall (reply);
    return;
  }

  /* All strings are ASCII, so UTF-16 is each character and a zero. */
  for (const char *text = self->strings[index - 1]; *text != '\0' && length < 254; text++) {
    descriptor[length++] = *text;
    descriptor[length++] = 0;
  }
  descriptor[0] = length;
  descriptor[1] = TYPE_STRING;

  board_reply_bytes (reply, setup, data, descriptor, length);
}

void
board_reply_bytes (BoardReply *reply,
                   const BoardSetup *setup,
                   guint8 *data,
                   const guint8 *bytes,
                   gsize length)
{
  reply->result = MIN (length, setup->length);
  if (reply->result > 0)
    memcpy (data, bytes, reply->result);
}

void
board_reply_status (BoardReply *reply,
                    const BoardSetup *setup,
                    guint8 *data,
                    guint8 status,
                    guint poll_timeout,
                    guint8 state)
{
  const guint8 answer[6] = {
    status, poll_timeout, poll_timeout >> 8, poll_timeout >> 16, state, 0,
  };

  board_reply_bytes (reply, setup, data, answer, sizeof answer);
}

void
board_reply_stall (BoardReply *reply)
{
  reply->result = -EPIPE;
}

void
board_descriptors_reply (const BoardDescriptors *self,
                         const BoardSetup *setup,
                         guint8 *data,
                         BoardReply *reply)
{
  guint index = setup->value & 0xff;

  switch (setup->value >> 8) {
  case TYPE_DEVICE:
    board_reply_bytes (reply, setup, data, self->device, BOARD_DEVICE_DESCRIPTOR_LENGTH);
    return;
  case TYPE_CONFIGURATION:
    if (index != 0)
      break;
    board_reply_bytes (reply, setup, data, self->configuration, self->configuration_length);
    return;
  case TYPE_STRING:
    reply_string (self, index, setup, data, reply);
    return;
  default:
    break;
  }

  board_reply_stall (reply);
}

void
board_descriptors_control (const BoardDescriptors *self,
                           guint8 *configuration,
                           const BoardSetup *setup,
                           guint8 *data,
                           BoardReply *reply)
{
  static const guint8 zeros[2] = { 0, 0 };

  switch (setup->request) {
  case BOARD_REQUEST_GET_STATUS:
    board_reply_bytes (reply, setup, data, zeros, 2);
    return;
  case BOARD_REQUEST_GET_DESCRIPTOR:
    board_descriptors_reply (self, setup, data, reply);
    return;
  case BOARD_REQUEST_GET_CONFIGURATION:
    board_reply_bytes (reply, setup, data, configuration, 1);
    return;
  case BOARD_REQUEST_SET_CONFIGURATION:
    if (setup->value > 1)
      break;
    *configuration = setup->value;
    return;
  case BOARD_REQUEST_GET_INTERFACE:
    board_reply_bytes (reply, setup, data, zeros, 1);
    return;
  case BOARD_REQUEST_CLEAR_FEATURE:
  case BOARD_REQUEST_SET_INTERFACE:
    return;
  default:
    break;
  }

  board_reply_stall (reply);
}

gboolean
board_descriptors_choose (guint8 *alternate,
                          guint n_alternates,
                          const BoardSetup *setup,
                          guint8 *data,
                          BoardReply *reply)
{
  if (setup->request == BOARD_REQUEST_GET_INTERFACE) {
    board_reply_bytes (reply, setup, data, alternate, 1);
    return TRUE;
  }

  if (setup->request != BOARD_REQUEST_SET_INTERFACE)
    return FALSE;

  if (setup->index == 0 && setup->value < n_alternates)
    *alternate = setup->value;
  else if (setup->index == 0 || setup->value > 0)
    board_reply_stall (reply);

  return TRUE;
}
