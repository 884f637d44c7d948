/* virtual-wire.c: the wire to one device: one transfer at a time, each taking its time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-wire.h"

#include <errno.h>
#include <string.h>
#include <linux/usbdevice_fs.h>

#define STATUS_STALLED_PACKET 0x0f /* errSTALLEDPKT of DFU 1.1 */

struct _VirtualWire {
  VirtualPort *port;  /* NULL once the device has gone */
  GQueue waiting;     /* of UsbfsUrb */
  UsbfsUrb *current;  /* the one the board is busy with */
  BusTimer *timer;    /* for its end; NULL while the board gives no answer */
  gint64 free_us;     /* when the wire was, or will be, free */
  gboolean is_silent; /* the board is off it */
  gboolean is_running;
};

static gboolean
is_control (const UsbfsUrb *urb)
{
  return urb->type == USBDEVFS_URB_TYPE_CONTROL;
}

static void
count_transfer (VirtualPort *port, BusMoment moment, guint block)
{
  VirtualPortStats *stats = &port->stats;

  stats->n_transfers++;

  switch (moment) {
  case BUS_MOMENT_BLOCK:
    if (stats->n_blocks++ == 0) {
      stats->writing_since = g_get_monotonic_time ();
      stats->busy_before = stats->busy;
    }
    stats->last_block = block;
    break;
  case BUS_MOMENT_MANIFEST:
    stats->n_manifests++;
    if (stats->n_blocks > 0) {
      stats->writing_length = g_get_monotonic_time () - stats->writing_since;
      stats->writing_busy = stats->busy - stats->busy_before;
    }
    break;
  case BUS_MOMENT_STATUS:
    stats->n_status++;
    break;
  case BUS_MOMENT_UPLOAD:
    stats->n_uploads++;
    break;
  case BUS_MOMENT_DETACH:
    stats->n_detaches++;
    break;
  case BUS_MOMENT_RETURN:
  case BUS_MOMENT_CLEAR_STATUS:
  case BUS_MOMENT_STATE:
  case BUS_MOMENT_ABORT:
  case BUS_MOMENT_SET_INTERFACE:
  case BUS_MOMENT_STRING:
  case BUS_MOMENT_OTHER:
    break;
  }
}

static gboolean
moves_data (BusMoment moment)
{
  return moment == BUS_MOMENT_BLOCK || moment == BUS_MOMENT_MANIFEST || moment == BUS_MOMENT_UPLOAD;
}

static void
perform_control (VirtualPort *port, UsbfsUrb *urb)
{
  board_control (port->board, &urb->setup, urb->buffer + USBFS_SETUP_LENGTH, &urb->reply);
}

static void
perform_with_fault (VirtualPort *port, UsbfsUrb *urb, BusMoment moment, const BusFault *fault)
{
  switch (fault->kind) {
  case BUS_FAULT_STALL:
    urb->reply = (BoardReply){ .result = -EPIPE };
    if (moves_data (moment))
      board_set_error (port->board, STATUS_STALLED_PACKET);
    return;
  case BUS_FAULT_HANG:
    urb->reply = (BoardReply){ .result = BOARD_NO_ANSWER };
    return;
  case BUS_FAULT_DROP:
    urb->reply = (BoardReply){ .result = BOARD_NO_ANSWER };
    virtual_port_unplug (port);
    return;
  case BUS_FAULT_ERROR:
    /* What has been taken is reported by the GETSTATUS after it; a GETSTATUS reports it itself. */
    if (moves_data (moment))
      perform_control (port, urb);
    board_set_error (port->board, fault->status);
    if (!moves_data (moment))
      perform_control (port, urb);
    return;
  case BUS_FAULT_CORRUPT:
    if (board_get_flash (port->board) != NULL)
      nor_flash_corrupt_next_program (board_get_flash (port->board));
    perform_control (port, urb);
    return;
  case BUS_FAULT_GARBAGE:
    perform_control (port, urb);
    if (board_setup_is_in (&urb->setup) && urb->reply.result > 0)
      memset (urb->buffer + USBFS_SETUP_LENGTH, 0xff, urb->reply.result);
    return;
  case BUS_FAULT_SHORT:
    perform_control (port, urb);
    if (board_setup_is_in (&urb->setup) && urb->reply.result > 0)
      urb->reply.result /= 2;
    return;
  }
}

static void
perform (VirtualWire *self, UsbfsUrb *urb)
{
  VirtualPort *port = self->port;
  BusFault fault;
  BusMoment moment;
  guint block;

  /* Nobody takes up the packets, and the controller gives up on them. */
  if (self->is_silent) {
    urb->reply = (BoardReply){ .result = -EPROTO };
    return;
  }

  if (!is_control (urb)) {
    count_transfer (port, BUS_MOMENT_OTHER, 0);
    urb->reply = (BoardReply){ .result = urb->length };
    return;
  }

  urb->setup = board_setup_parse (urb->buffer);
  moment = bus_moment_of_setup (&urb->setup, &block);
  count_transfer (port, moment, block);

  if (!bus_faults_take (port->faults, moment, block, &fault)) {
    perform_control (port, urb);
    return;
  }

  perform_with_fault (port, urb, moment, &fault);
  virtual_bus_notify_changed (port->bus);
}

/* A board that takes the status stage with it leaves the host with a broken transfer. */
static void
finish (VirtualWire *self)
{
  UsbfsUrb *urb = g_steal_pointer (&self->current);
  VirtualPort *port = self->port;
  BoardDeparture departure = urb->reply.departure;

  self->free_us = urb->done_us;

  if (departure.leaves && !departure.keeps_status)
    usbfs_file_complete (urb, -EPROTO, 0);
  else if (urb->reply.result < 0)
    usbfs_file_complete (urb, urb->reply.result, 0);
  else
    usbfs_file_complete (urb, 0, urb->reply.result);

  virtual_port_depart (port, &departure);
  virtual_bus_notify_changed (port->bus);
}

static void run (VirtualWire *self);

static void
finish_cb (gpointer user_data)
{
  VirtualWire *self = user_data;

  self->timer = NULL;
  finish (self);
  run (self);
}

static void
start (VirtualWire *self, UsbfsUrb *urb)
{
  VirtualPort *port = self->port;
  gint64 begin_us = MAX (urb->submitted_us, self->free_us);
  VirtualDevice *device = virtual_device_ref (urb->file->device);

  self->current = urb;
  perform (self, urb);

  /* It may have been unplugged meanwhile; then there is nothing in flight any more. */
  if (self->current != NULL && urb->reply.result != BOARD_NO_ANSWER) {
    if (urb->reply.result == -EPIPE)
      port->stats.n_stalls++;
    urb->done_us = begin_us + port->transfer_us + urb->reply.busy_us;
    port->stats.busy += port->transfer_us + urb->reply.busy_us;
    if (urb->done_us <= g_get_monotonic_time ())
      finish (self);
    else
      self->timer = bus_clock_add (port->bus->clock, urb->done_us, finish_cb, self);
  }

  virtual_device_unref (device);
}

static void
run (VirtualWire *self)
{
  if (self->is_running)
    return;

  self->is_running = TRUE;
  while (self->port != NULL && self->current == NULL && !g_queue_is_empty (&self->waiting))
    start (self, g_queue_pop_head (&self->waiting));
  self->is_running = FALSE;
}

VirtualWire *
virtual_wire_new (VirtualPort *port)
{
  VirtualWire *self = g_new0 (VirtualWire, 1);

  self->port = port;
  g_queue_init (&self->waiting);

  return self;
}

void
virtual_wire_free (VirtualWire *self)
{
  virtual_wire_disconnect (self);
  g_free (self);
}

void
virtual_wire_submit (VirtualWire *self, UsbfsUrb *urb)
{
  urb->submitted_us = g_get_monotonic_time ();
  if (self->current != NULL)
    self->port->stats.n_queued++;
  g_queue_push_tail (&self->waiting, urb);
  run (self);
}

void
virtual_wire_withdraw (VirtualWire *self, UsbfsUrb *urb)
{
  if (self->port != NULL)
    self->port->stats.n_discarded++;

  if (self->current != urb) {
    g_queue_remove (&self->waiting, urb);
    return;
  }

  self->current = NULL;
  if (self->timer != NULL)
    self->free_us = urb->done_us;
  g_clear_pointer (&self->timer, bus_timer_cancel);
  if (is_control (urb) && !self->is_silent)
    board_abandon (self->port->board, &urb->setup);
  run (self);
}

static void
forget_all (VirtualWire *self)
{
  g_clear_pointer (&self->timer, bus_timer_cancel);
  g_queue_clear (&self->waiting);
  self->current = NULL;
}

void
virtual_wire_fall_silent (VirtualWire *self)
{
  forget_all (self);
  self->is_silent = TRUE;
}

void
virtual_wire_disconnect (VirtualWire *self)
{
  forget_all (self);
  self->port = NULL;
}
