/* virtual-bus.c: the virtual USB bus: ports, what is plugged into them, and what shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-bus.h"

#include "board-hub.h"
#include "bus-holder.h"
#include "bus-uevent.h"
#include "usbfs-wire.h"
#include "virtual-device.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_ADDRESS 127
#define MAX_BUSES 10

static gboolean
is_hub (VirtualPort *port)
{
  return port != NULL && port->board != NULL && g_str_equal (board_get_kind (port->board), "hub");
}

static guint
get_bus_number (const char *path)
{
  return g_ascii_digit_value (g_str_has_prefix (path, "usb") ? path[3] : path[0]);
}

/* "1-2.4" hangs from "1-2", and that from "usb1". */
static char *
dup_parent_path (const char *path)
{
  const char *dot = strrchr (path, '.');

  if (dot != NULL)
    return g_strndup (path, dot - path);

  return g_strdup_printf ("usb%u", get_bus_number (path));
}

static char *
dup_devpath (const char *path)
{
  g_autofree char *parent = NULL;
  g_autofree char *parent_devpath = NULL;

  if (g_str_has_prefix (path, "usb"))
    return g_strdup_printf ("/" BUS_SYSFS_CONTROLLER "/%s", path);

  parent = dup_parent_path (path);
  parent_devpath = dup_devpath (parent);

  return g_strdup_printf ("%s/%s", parent_devpath, path);
}

/* The next free number, going round, as the kernel gives them out. */
static guint
take_address (VirtualBus *self, guint bus_number)
{
  guint *next = &g_array_index (self->next_addresses, guint, bus_number);

  for (;;) {
    guint address = *next;

    *next = address < MAX_ADDRESS ? address + 1 : 2;
    if (virtual_bus_get_device (self, bus_number, address) == NULL)
      return address;
  }
}

static void
send_event (VirtualBus *self, const char *action, const BusSysfsDevice *sysfs)
{
  g_autofree char *properties = bus_sysfs_dup_properties (sysfs);
  g_autoptr (GByteArray) message = bus_uevent_new (action, sysfs->devpath, properties);

  bus_monitors_send (self->monitors, message);
}

static void
appear (VirtualPort *self)
{
  VirtualBus *bus = self->bus;
  VirtualDevice *device;

  board_bus_reset (self->board);
  device = virtual_device_enumerate (self);
  if (device == NULL) {
    g_debug ("The board at %s does not answer", self->path);
    return;
  }

  device->sysfs.name = g_strdup (self->path);
  device->sysfs.devpath = dup_devpath (self->path);
  device->sysfs.bus_number = get_bus_number (self->path);
  device->sysfs.address = take_address (bus, device->sysfs.bus_number);
  self->device = device;
  self->stats.n_arrivals++;

  bus_sysfs_publish (bus->root, &device->sysfs);
  send_event (bus, "add", &device->sysfs);
  virtual_bus_notify_changed (bus);
}

static void
vanish (VirtualPort *self)
{
  g_autoptr (VirtualDevice) device = g_steal_pointer (&self->device);

  g_clear_pointer (&self->return_timer, bus_timer_cancel);
  if (device == NULL)
    return;

  bus_holder_release (self);
  virtual_device_disconnect (device);
  bus_sysfs_unpublish (self->bus->root, &device->sysfs);
  send_event (self->bus, "remove", &device->sysfs);
  virtual_bus_notify_changed (self->bus);
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
    self->is_plugged = FALSE;
    virtual_bus_notify_changed (self->bus);
    return FALSE;
  case BUS_FAULT_ERROR:
    board_bus_reset (self->board);
    board_set_error (self->board, fault.status);
    return TRUE;
  case BUS_FAULT_STALL:
  case BUS_FAULT_HANG:
  case BUS_FAULT_CORRUPT:
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
    appear (self);
}

static void
appear_cb (gpointer user_data)
{
  VirtualPort *self = user_data;

  self->return_timer = NULL;
  appear (self);
}

static void
save_flash (VirtualPort *self)
{
  g_autoptr (GError) error = NULL;

  if (self->flash_path != NULL &&
      !nor_flash_save (board_get_flash (self->board), self->flash_path, &error))
    g_warning ("Cannot keep the flash of %s: %s", self->path, error->message);
}

static void
free_port (gpointer data)
{
  VirtualPort *self = data;

  vanish (self);
  if (self->board != NULL) {
    save_flash (self);
    board_free (self->board);
  }
  g_array_unref (self->faults);
  g_free (self->flash_path);
  g_free (self->path);
  g_free (self);
}

/* For another board, the port is as new. */
static void
forget_board (VirtualPort *self)
{
  g_clear_pointer (&self->board, board_free);
  g_clear_pointer (&self->flash_path, g_free);
  g_array_set_size (self->faults, 0);
  self->transfer_us = self->bus->timing.transfer_us;
  self->return_delay_us = 0;
  self->node_mode = 0666;
  self->stats = (VirtualPortStats){ .last_block = -1 };
}

static VirtualPort *
ensure_port (VirtualBus *self, const char *path)
{
  VirtualPort *port = virtual_bus_get_port (self, path);

  if (port != NULL)
    return port;

  port = g_new0 (VirtualPort, 1);
  port->bus = self;
  port->path = g_strdup (path);
  port->faults = g_array_new (FALSE, FALSE, sizeof (BusFault));
  forget_board (port);
  g_hash_table_insert (self->ports, port->path, port);

  return port;
}

static gboolean
ensure_hub (VirtualBus *self, const char *path, GError **error)
{
  VirtualPort *port = virtual_bus_get_port (self, path);
  gboolean is_root = g_str_has_prefix (path, "usb");
  g_autofree char *parent = NULL;

  if (is_hub (port) && port->device != NULL)
    return TRUE;
  if (port != NULL && port->is_plugged && !is_hub (port)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a board at %s, not a hub", path);
    return FALSE;
  }

  parent = is_root ? NULL : dup_parent_path (path);
  if (parent != NULL && !ensure_hub (self, parent, error))
    return FALSE;

  port = ensure_port (self, path);
  if (!is_hub (port)) {
    forget_board (port);
    port->board = board_hub_new (is_root);
  }
  port->is_plugged = TRUE;
  appear (port);

  return TRUE;
}

static gboolean
check_path (const char *path, GError **error)
{
  if (g_regex_match_simple ("^[1-9]-([1-9]|1[0-5])(\\.([1-9]|1[0-5])){0,5}$", path, 0, 0))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a port path", path);

  return FALSE;
}

VirtualBus *
virtual_bus_new (const char *root, GMainContext *context, const VirtualBusTiming *timing)
{
  VirtualBus *self = g_new0 (VirtualBus, 1);
  g_autofree char *monitors = g_build_filename (root, USBFS_WIRE_MONITORS, NULL);

  self->root = g_strdup (root);
  self->monitors = bus_monitors_new (monitors, context);
  self->clock = bus_clock_new (context);
  self->timing = *timing;
  self->ports = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_port);
  self->next_addresses = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < MAX_BUSES; i++) {
    guint first = 1;

    g_array_append_val (self->next_addresses, first);
  }

  bus_sysfs_make_directories (root);
  ensure_hub (self, "usb1", NULL);

  return self;
}

void
virtual_bus_free (VirtualBus *self)
{
  self->changed = NULL;
  g_hash_table_unref (self->ports);
  bus_monitors_free (self->monitors);
  bus_clock_free (self->clock);
  g_array_unref (self->next_addresses);
  g_free (self->root);
  g_free (self);
}

VirtualPort *
virtual_bus_get_port (VirtualBus *self, const char *path)
{
  return g_hash_table_lookup (self->ports, path);
}

VirtualDevice *
virtual_bus_get_device (VirtualBus *self, guint bus_number, guint address)
{
  GHashTableIter iter;
  VirtualPort *port;

  g_hash_table_iter_init (&iter, self->ports);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &port)) {
    if (port->device != NULL && port->device->sysfs.bus_number == bus_number &&
        port->device->sysfs.address == address)
      return port->device;
  }

  return NULL;
}

VirtualPort *
virtual_bus_put (VirtualBus *self, const char *path, Board *board, GError **error)
{
  g_autoptr (Board) owned = board;
  VirtualPort *port;

  if (!check_path (path, error))
    return NULL;

  port = virtual_bus_get_port (self, path);
  if (port != NULL && port->is_plugged) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a board at %s already", path);
    return NULL;
  }

  port = ensure_port (self, path);
  forget_board (port);
  port->board = g_steal_pointer (&owned);

  return virtual_port_plug (port, error) ? port : NULL;
}

void
virtual_bus_notify_changed (VirtualBus *self)
{
  if (self->changed != NULL)
    self->changed (self->changed_data);
}

gboolean
virtual_port_plug (VirtualPort *self, GError **error)
{
  g_autofree char *parent = dup_parent_path (self->path);
  gint64 delay_us;

  if (!ensure_hub (self->bus, parent, error))
    return FALSE;

  delay_us = board_power_on (self->board);
  self->is_plugged = TRUE;
  if (delay_us == BOARD_NEVER)
    return TRUE;

  delay_us += self->bus->timing.enumeration_us;
  if (delay_us == 0)
    appear (self);
  else
    self->return_timer =
      bus_clock_add (self->bus->clock, g_get_monotonic_time () + delay_us, appear_cb, self);

  return TRUE;
}

void
virtual_port_unplug (VirtualPort *self)
{
  g_autofree char *prefix = g_strdup_printf ("%s.", self->path);
  GHashTableIter iter;
  VirtualPort *other;

  g_hash_table_iter_init (&iter, self->bus->ports);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &other)) {
    if (g_str_has_prefix (other->path, prefix)) {
      vanish (other);
      other->is_plugged = FALSE;
    }
  }

  vanish (self);
  self->is_plugged = FALSE;
  if (self->board != NULL)
    save_flash (self);
}

void
virtual_port_depart (VirtualPort *self, const BoardDeparture *departure)
{
  gint64 delay_us;

  if (!departure->leaves)
    return;

  vanish (self);
  if (departure->return_us == BOARD_NEVER)
    return;

  delay_us = departure->return_us + self->return_delay_us + self->bus->timing.enumeration_us;
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
