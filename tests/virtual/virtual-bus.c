/* virtual-bus.c: the virtual USB bus: ports, what is plugged into them, and what shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-bus.h"

#include "board-hub.h"
#include "usbfs-wire.h"
#include "virtual-path.h"
#include "virtual-port.h"

#include <gio/gio.h>

#define MAX_ADDRESS 127
#define MAX_BUSES 10

static gboolean
is_hub (VirtualPort *port)
{
  return port != NULL && port->board != NULL && g_str_equal (board_get_kind (port->board), "hub");
}

static void
free_port (gpointer data)
{
  VirtualPort *self = data;

  g_clear_pointer (&self->return_timer, bus_timer_cancel);
  virtual_port_vanish (self);
  if (self->is_plugged && self->board != NULL)
    virtual_port_save_flash (self);
  g_clear_pointer (&self->board, board_free);
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

gboolean
virtual_bus_ensure_hub (VirtualBus *self, const char *path, GError **error)
{
  VirtualPort *port = virtual_bus_get_port (self, path);
  gboolean is_root = g_str_has_prefix (path, "usb");
  g_autofree char *parent = NULL;

  if (is_hub (port) && virtual_port_is_present (port))
    return TRUE;
  if (port != NULL && port->is_plugged && !is_hub (port)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a board at %s, not a hub", path);
    return FALSE;
  }

  parent = is_root ? NULL : virtual_path_dup_parent (path);
  if (parent != NULL && !virtual_bus_ensure_hub (self, parent, error))
    return FALSE;

  port = ensure_port (self, path);
  if (!is_hub (port)) {
    forget_board (port);
    port->board = board_hub_new (is_root);
  }
  port->is_plugged = TRUE;
  virtual_port_appear (port);

  return TRUE;
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
  virtual_bus_ensure_hub (self, "usb1", NULL);

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

guint
virtual_bus_take_address (VirtualBus *self, guint bus_number)
{
  guint *next = &g_array_index (self->next_addresses, guint, bus_number);

  for (;;) {
    guint address = *next;

    *next = address < MAX_ADDRESS ? address + 1 : 2;
    if (virtual_bus_get_device (self, bus_number, address) == NULL)
      return address;
  }
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

  if (!virtual_path_check (path, error))
    return NULL;

  port = virtual_bus_get_port (self, path);
  if (port != NULL && port->is_plugged) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a board at %s already", path);
    return NULL;
  }

  port = ensure_port (self, path);
  virtual_port_notice (port);
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
