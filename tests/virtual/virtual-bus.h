/* virtual-bus.h: the virtual USB bus: ports, what is plugged into them, and what shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A port is a place ("1-2.4"), with or without a board in it. A device is one appearance of a board
 * on the bus: each gets a number of its own, and a board that leaves and returns is a new device.
 * When a board leaves, its device falls silent at once, and vanishes when the hub has noticed.
 * All of it lives in one thread.
 */

#pragma once

#include "board.h"
#include "bus-clock.h"
#include "bus-fault.h"
#include "bus-monitors.h"
#include "bus-sysfs.h"

G_BEGIN_DECLS

#define VIRTUAL_BUS_MAX_INTERFACES 32

typedef struct _VirtualBus VirtualBus;
typedef struct _VirtualPort VirtualPort;
typedef struct _VirtualDevice VirtualDevice;
typedef struct _VirtualWire VirtualWire;

/* What has happened at a port since it was made or its counters were reset. */
typedef struct {
  guint64 n_transfers;
  guint64 n_blocks;    /* DNLOAD with data */
  guint64 n_manifests; /* empty DNLOAD */
  guint64 n_status;    /* GETSTATUS */
  guint64 n_uploads;
  guint64 n_detaches;
  guint64 n_stalls;
  guint64 n_discarded; /* given up by the host while in flight or waiting */
  guint64 n_queued;    /* waited on the wire behind another */
  guint64 n_resets;
  guint64 n_arrivals;
  gint64 last_block;     /* the block number last seen, or -1 */
  gint64 writing_since;  /* monotonic time of the first block, in microseconds; 0 before it */
  gint64 writing_length; /* from then to the last empty block, in microseconds */
  guint64 writing_busy;  /* of that, what transfers and the board took, in microseconds */
  guint64 busy;          /* what all transfers took, in microseconds */
  guint64 busy_before;   /* what those before the first block took */
} VirtualPortStats;

struct _VirtualPort {
  VirtualBus *bus;
  char *path;
  Board *board;
  char *flash_path; /* NULL: the flash is not kept */
  gboolean is_plugged;
  GArray *faults;          /* of BusFault */
  guint64 transfer_us;     /* what a control transfer takes on this board's wire */
  guint64 return_delay_us; /* how much later than usual it returns after leaving */
  guint node_mode;
  guint32 held_interfaces; /* by another program */
  GPid holder;             /* which is this */
  VirtualPortStats stats;

  VirtualDevice *device;
  BusTimer *notice_timer; /* until the hub sees that the board is no longer there */
  BusTimer *return_timer;
};

/* A reference is held by the port while the device shows, and by each open file. */
struct _VirtualDevice {
  guint n_references;
  VirtualPort *port;  /* NULL once the device has gone */
  gboolean is_silent; /* the board has left, which the hub has not noticed yet */
  BusSysfsDevice sysfs;
  VirtualWire *wire;
  GPtrArray *files; /* of UsbfsFile, not owned */
};

typedef struct {
  guint64 transfer_us;
  guint64 enumeration_us;
  guint64 notice_us; /* from a board's leaving the wire to its device's vanishing */
} VirtualBusTiming;

struct _VirtualBus {
  char *root; /* the directory that stands for "/" */
  BusClock *clock;
  BusMonitors *monitors;
  VirtualBusTiming timing;
  GHashTable *ports;      /* path -> VirtualPort */
  GArray *next_addresses; /* of guint, by bus number */

  /* Called whenever something changed that somebody may be waiting for. */
  void (*changed) (gpointer user_data);
  gpointer changed_data;
};

VirtualBus *
virtual_bus_new (const char *root, GMainContext *context, const VirtualBusTiming *timing);
void virtual_bus_free (VirtualBus *self);

VirtualPort *virtual_bus_get_port (VirtualBus *self, const char *path);

/**
 * virtual_bus_get_device:
 * @self: a bus
 * @bus_number: the number of a bus
 * @address: a device number
 *
 * Returns: (nullable): the device that has it now
 */
VirtualDevice *virtual_bus_get_device (VirtualBus *self, guint bus_number, guint address);

/**
 * virtual_bus_put:
 * @self: a bus
 * @path: a port path, "1-2.4"; hubs on the way to it are made
 * @board: (transfer full): a board
 * @error: return location for an error
 *
 * Plugs a board into a port that has none, or none that is plugged.
 *
 * Returns: (nullable): the port
 */
VirtualPort *virtual_bus_put (VirtualBus *self, const char *path, Board *board, GError **error);
void virtual_bus_notify_changed (VirtualBus *self);

/**
 * virtual_port_plug:
 * @self: a port with a board
 * @error: return location for an error
 *
 * Plugs the port's board in, and first the hubs that it hangs from.
 */
gboolean virtual_port_plug (VirtualPort *self, GError **error);

/**
 * virtual_port_unplug:
 * @self: a port
 *
 * Pulls the plug: of a hub, everything behind it goes too. The board stays at hand.
 */
void virtual_port_unplug (VirtualPort *self);

/**
 * virtual_port_notice:
 * @self: a port
 *
 * Lets the hub see now what it would have seen a little later: that the board has left.
 */
void virtual_port_notice (VirtualPort *self);

/**
 * virtual_port_is_present:
 * @self: a port
 *
 * Returns: whether a board shows there and is still on the wire
 */
gboolean virtual_port_is_present (VirtualPort *self);

/**
 * virtual_port_depart:
 * @self: a port
 * @departure: what its board does
 *
 * Lets the board leave the bus and come back, if it does either.
 */
void virtual_port_depart (VirtualPort *self, const BoardDeparture *departure);

void virtual_port_press_reset (VirtualPort *self);

/**
 * virtual_port_set_node_mode:
 * @self: a port
 * @mode: 0666 for everybody, 0600 for nobody
 *
 * Sets the permissions of the board's device node, now and for later appearances.
 */
void virtual_port_set_node_mode (VirtualPort *self, guint mode);

VirtualDevice *virtual_device_ref (VirtualDevice *self);
void virtual_device_unref (VirtualDevice *self);

/**
 * virtual_device_reset:
 * @self: a device
 *
 * Resets the device's port, as USBDEVFS_RESET does.
 *
 * Returns: 0, or -ENODEV when the device did not survive it
 */
int virtual_device_reset (VirtualDevice *self);

gboolean virtual_device_has_interface (VirtualDevice *self, guint number);
gboolean virtual_device_has_alternate (VirtualDevice *self, guint interface, guint alternate);

/**
 * virtual_device_find_endpoint:
 * @self: a device
 * @address: an endpoint address
 *
 * Returns: the number of the interface that the endpoint belongs to, or -1
 */
int virtual_device_find_endpoint (VirtualDevice *self, guint8 address);

G_END_DECLS
