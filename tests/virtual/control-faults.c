/* control-faults.c: the verbs that make something go wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "control-command.h"

static gboolean
add_fault (ControlCommand *self, BusFaultKind kind, const char *moment, GError **error)
{
  BusFault fault = { .kind = kind };
  guint64 status = 0;

  if (moment == NULL || !bus_moment_parse (moment, &fault))
    return control_fail (error, "“%s” is not a moment", moment != NULL ? moment : "");

  if (kind == BUS_FAULT_ERROR) {
    if (!control_parse_number (self->arguments[1], 0xff, &status, error))
      return FALSE;
    fault.status = status;
  }

  g_array_append_val (self->port->faults, fault);

  return TRUE;
}

static gboolean
add_fault_at_block (ControlCommand *self, BusFaultKind kind, GError **error)
{
  g_autofree char *moment = g_strdup_printf ("block:%s", self->arguments[0]);

  return add_fault (self, kind, moment, error);
}

gboolean
control_stall_at (ControlCommand *self, GError **error)
{
  return add_fault (self, BUS_FAULT_STALL, self->arguments[0], error);
}

gboolean
control_drop_at (ControlCommand *self, GError **error)
{
  return add_fault (self, BUS_FAULT_DROP, self->arguments[0], error);
}

gboolean
control_hang_at (ControlCommand *self, GError **error)
{
  return add_fault (self, BUS_FAULT_HANG, self->arguments[0], error);
}

gboolean
control_error_at (ControlCommand *self, GError **error)
{
  return add_fault (self, BUS_FAULT_ERROR, self->arguments[0], error);
}

gboolean
control_garbage_at (ControlCommand *self, GError **error)
{
  return add_fault (self, BUS_FAULT_GARBAGE, self->arguments[0], error);
}

gboolean
control_short_at (ControlCommand *self, GError **error)
{
  return add_fault (self, BUS_FAULT_SHORT, self->arguments[0], error);
}

gboolean
control_stall_at_block (ControlCommand *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_STALL, error);
}

gboolean
control_drop_at_block (ControlCommand *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_DROP, error);
}

gboolean
control_hang_at_block (ControlCommand *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_HANG, error);
}

gboolean
control_error_at_block (ControlCommand *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_ERROR, error);
}

gboolean
control_corrupt_at_block (ControlCommand *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_CORRUPT, error);
}

gboolean
control_clear_faults (ControlCommand *self, GError **error)
{
  g_array_set_size (self->port->faults, 0);
  self->port->return_delay_us = 0;

  return TRUE;
}
