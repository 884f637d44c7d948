/* virtual-port.c: how boards come to the virtual bus and leave it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-port.h"

#include "bus-holder.h"
#include "bus-uevent.h"
#include "virtual-device.h"
#include "virtual-path.h"

#include <glib/gstdio.h>

static void
send_event (VirtualBus *self, const char *action, const BusSysfsDevice *sysfs)
{
  g_autofree char *properties = bus_sysfs_dup_properties (sysfs);
  g_autoptr (GByteArray) message = bus_uevent_new (action, sysfs->devpath, properties);

  bus_monitors_send (self->monitors, message);
}

void
virtual_port_vanish (VirtualPort *self)
{
  g_autoptr (VirtualDevice) device = g_steal_pointer (&self->device);

  g_clear_pointer (&self->notice_timer, bus_timer_cancel);
  if (device == NULL)
    return;

  bus_holder_release (self);
  virtual_device_disconnect (device);
  bus_sysfs_unpublish (self->bus->root, &device->sysfs);
  send_event (self->bus, "remove", &device->sysfs);
  virtual_bus_notify_changed (self->bus);
}

typedef void (*PortFunc) (VirtualPort *self);

/* Of a hub, first what hangs from it. */
static void
foreach_behind (VirtualPort *self, PortFunc func)
{
  g_autofree char *prefix = g_strdup_printf ("%s.", self->path);
  GHashTableIter iter;
  VirtualPort *other;

  g_hash_table_iter_init (&iter, self->bus->ports);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &other)) {
    if (g_str_has_prefix (other->path, prefix))
      func (other);
  }

  func (self);
}

static void
notice_cb (gpointer user_data)
{
  VirtualPort *self = user_data;

  self->notice_timer = NULL;
  foreach_behind (self, virtual_port_vanish);
}

static void
fall_silent (VirtualPort *self)
{
  g_clear_pointer (&self->return_timer, bus_timer_cancel);
  if (self->device == NULL)
    return;

  virtual_device_fall_silent (self->device);
  virtual_bus_notify_changed (self->bus);
}

static void
await_notice (VirtualPort *self)
{
  guint64 notice_us = self->bus->timing.notice_us;

  if (self->device == NULL || self->notice_timer != NULL)
    return;

  if (notice_us == 0)
    foreach_behind (self, virtual_port_vanish);
  else
    self->notice_timer =
      bus_clock_add (self->bus->clock, g_get_monotonic_time () + notice_us, notice_cb, self);
}

void
virtual_port_appear (VirtualPort *self)
{
  VirtualBus *bus = self->bus;
  VirtualDevice *device;

  virtual_port_notice (self);
  board_bus_reset (self->board);
  device = virtual_device_enumerate (self);
  if (device == NULL) {
    g_debug ("The board at %s does not answer", self->path);
    return;
  }

  device->sysfs.name = g_strdup (self->path);
  device->sysfs.devpath = virtual_path_dup_devpath (self->path);
  device->sysfs.bus_number = virtual_path_get_bus_number (self->path);
  device->sysfs.address = virtual_bus_take_address (bus, device->sysfs.bus_number);
  self->device = device;
  self->stats.n_arrivals++;

  bus_sysfs_publish (bus->root, &device->sysfs);
  send_event (bus, "add", &device->sysfs);
  virtual_bus_notify_changed (bus);
}

void
virtual_port_save_flash (VirtualPort *self)
{
  g_autoptr (GError) error = NULL;

  if (self->flash_path != NULL &&
      !nor_flash_save (board_get_flash (self->board), self->flash_path, &error))
    g_warning ("Cannot keep the flash of %s: %s", self->path, error->message);
}

/* What a board that is out holds changes no more. */
static void
take_out (VirtualPort *self)
{
  if (self->is_plugged && self->board != NULL)
    virtual_port_save_flash (self);
  self->is_plugged = FALSE;
}

/* What was to go wrong at the return, does. */
static gboolean
survive_return (VirtualPort *self)
{
  BusFault fault;

  if (!bus_faults_take (self->faults, BUS_MOMENT_RETURN, 0, &fault))
    return TRUE;

  switch (fault.kind) {
  case BUS_FAULT_DROP:
    take_out (self);
    virtual_bus_notify_changed (self->bus);
    return FALSE;
  case BUS_FAULT_ERROR:
    board_bus_reset (self->board);
    board_set_error (self->board, fault.status);
    return TRUE;
  case BUS_FAULT_STALL:
  case BUS_FAULT_HANG:
  case BUS_FAULT_CORRUPT:
  case BUS_FAULT_GARBAGE:
  case BUS_FAULT_SHORT:
    fault.moment = BUS_MOMENT_STATUS;
    g_array_append_val (self->faults, fault);
    return TRUE;
  }

  return TRUE;
}

static void
return_cb (gpointer user_data)
{
  VirtualPort *self = user_data;

  self->return_timer = NULL;
  if (survive_return (self))
    virtual_port_appear (self);
}

static void
appear_cb (gpointer user_data)
{
  VirtualPort *self = user_data;

  self->return_timer = NULL;
  virtual_port_appear (self);
}

gboolean
virtual_port_plug (VirtualPort *self, GError **error)
{
  g_autofree char *parent = virtual_path_dup_parent (self->path);
  gint64 delay_us;

  if (!virtual_bus_ensure_hub (self->bus, parent, error))
    return FALSE;

  virtual_port_notice (self);
  delay_us = board_power_on (self->board);
  self->is_plugged = TRUE;
  if (delay_us == BOARD_NEVER)
    return TRUE;

  delay_us += self->bus->timing.enumeration_us;
  if (delay_us == 0)
    virtual_port_appear (self);
  else
    self->return_timer =
      bus_clock_add (self->bus->clock, g_get_monotonic_time () + delay_us, appear_cb, self);

  return TRUE;
}

static void
pull (VirtualPort *self)
{
  fall_silent (self);
  take_out (self);
}

void
virtual_port_unplug (VirtualPort *self)
{
  foreach_behind (self, pull);
  await_notice (self);
}

void
virtual_port_notice (VirtualPort *self)
{
  if (self->device != NULL && self->device->is_silent)
    foreach_behind (self, virtual_port_vanish);
}

gboolean
virtual_port_is_present (VirtualPort *self)
{
  return self->device != NULL && !self->device->is_silent;
}

void
virtual_port_depart (VirtualPort *self, const BoardDeparture *departure)
{
  gint64 delay_us;

  if (!departure->leaves)
    return;

  fall_silent (self);
  await_notice (self);
  if (departure->return_us == BOARD_NEVER)
    return;

  /* A board that is back before anybody has noticed is found when they do. */
  delay_us = MAX (departure->return_us, (gint64) self->bus->timing.notice_us);
  delay_us += self->return_delay_us + self->bus->timing.enumeration_us;
  self->return_timer =
    bus_clock_add (self->bus->clock, g_get_monotonic_time () + delay_us, return_cb, self);
}

void
virtual_port_press_reset (VirtualPort *self)
{
  BoardDeparture departure = board_press_reset (self->board);

  virtual_port_depart (self, &departure);
}

void
virtual_port_set_node_mode (VirtualPort *self, guint mode)
{
  g_autofree char *node = NULL;

  self->node_mode = mode;
  if (self->device == NULL)
    return;

  self->device->sysfs.node_mode = mode;
  node = bus_sysfs_dup_node (self->bus->root, &self->device->sysfs);
  g_chmod (node, mode);
}
