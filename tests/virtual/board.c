/* board.c: what every virtual board has in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board.h"

BoardSetup
board_setup_parse (const guint8 bytes[8])
{
  return (BoardSetup){
    .request_type = bytes[0],
    .request = bytes[1],
    .value = bytes[2] | bytes[3] << 8,
    .index = bytes[4] | bytes[5] << 8,
    .length = bytes[6] | bytes[7] << 8,
  };
}

gboolean
board_setup_is_in (const BoardSetup *self)
{
  return (self->request_type & 0x80) != 0;
}

void
board_free (Board *self)
{
  self->klass->finalize (self);
}

const char *
board_get_kind (Board *self)
{
  return self->klass->kind;
}

guint
board_get_speed (Board *self)
{
  return self->klass->speed;
}

const char *
board_get_mode (Board *self)
{
  return self->klass->get_mode != NULL ? self->klass->get_mode (self) : self->klass->kind;
}

NorFlash *
board_get_flash (Board *self)
{
  return self->klass->get_flash != NULL ? self->klass->get_flash (self) : NULL;
}

gint64
board_power_on (Board *self)
{
  return self->klass->power_on != NULL ? self->klass->power_on (self) : 0;
}

void
board_control (Board *self, const BoardSetup *setup, guint8 *data, BoardReply *reply)
{
  *reply = (BoardReply){ 0 };
  self->klass->control (self, setup, data, reply);
}

BoardDeparture
board_bus_reset (Board *self)
{
  if (self->klass->bus_reset == NULL)
    return (BoardDeparture){ 0 };

  return self->klass->bus_reset (self);
}

BoardDeparture
board_press_reset (Board *self)
{
  if (self->klass->press_reset == NULL)
    return (BoardDeparture){ 0 };

  return self->klass->press_reset (self);
}

void
board_abandon (Board *self, const BoardSetup *setup)
{
  if (self->klass->abandon != NULL)
    self->klass->abandon (self, setup);
}

void
board_set_error (Board *self, guint8 status)
{
  if (self->klass->set_error != NULL)
    self->klass->set_error (self, status);
}
