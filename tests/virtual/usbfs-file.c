/* usbfs-file.c: one open file on a device node, as the kernel's usbfs has it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usbfs-file.h"

#include "board-descriptors.h"
#include "virtual-wire.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>

#define DIRECTION_IN 0x80
#define TYPE_MASK 0x60
#define TYPE_VENDOR 0x40
#define RECIPIENT_MASK 0x1f
#define RECIPIENT_INTERFACE 1
#define RECIPIENT_ENDPOINT 2

static VirtualPort *
get_port (UsbfsFile *self)
{
  return self->device->port;
}

static gboolean
has_claimed (const UsbfsFile *self, guint interface)
{
  return (self->claimed & 1u << interface) != 0;
}

static void
set_claimed (UsbfsFile *self, guint interface, gboolean claimed)
{
  if (claimed)
    self->claimed |= 1u << interface;
  else
    self->claimed &= ~(1u << interface);

  bus_sysfs_set_claimed (get_port (self)->bus->root, &self->device->sysfs, interface, claimed);
}

static void
release_all (UsbfsFile *self)
{
  for (guint i = 0; i < VIRTUAL_BUS_MAX_INTERFACES && usbfs_file_is_connected (self); i++)
    if (has_claimed (self, i))
      set_claimed (self, i, FALSE);

  self->claimed = 0;
}

/* A control request to an interface needs it claimed; usbfs claims it for those who forgot. */
static int
check_recipient (UsbfsFile *self, const guint8 *setup)
{
  guint index = setup[4];

  if ((setup[0] & TYPE_MASK) == TYPE_VENDOR)
    return 0;

  if ((setup[0] & RECIPIENT_MASK) == RECIPIENT_INTERFACE)
    return usbfs_file_claim (self, index);

  if ((setup[0] & RECIPIENT_MASK) == RECIPIENT_ENDPOINT && (index & ~DIRECTION_IN) != 0) {
    int interface = virtual_device_find_endpoint (self->device, index);

    return interface < 0 ? -ENOENT : usbfs_file_claim (self, interface);
  }

  return 0;
}

static int
submit_control (UsbfsFile *self, UsbfsUrb *urb)
{
  int result;

  if (urb->length < USBFS_SETUP_LENGTH ||
      urb->length < (gsize) USBFS_SETUP_LENGTH + (urb->buffer[6] | urb->buffer[7] << 8))
    return -EINVAL;

  result = check_recipient (self, urb->buffer);
  if (result < 0)
    return result;

  g_queue_push_tail (&self->pending, urb);
  virtual_wire_submit (self->device->wire, urb);

  return 0;
}

/* What goes out is swallowed; what should come in never does, while there is a board. */
static gboolean
is_on_wire (const UsbfsUrb *urb)
{
  return urb->type == USBDEVFS_URB_TYPE_CONTROL || (urb->endpoint & DIRECTION_IN) == 0 ||
         urb->file->device->is_silent;
}

static int
submit_to_endpoint (UsbfsFile *self, UsbfsUrb *urb)
{
  int interface = virtual_device_find_endpoint (self->device, urb->endpoint);
  int result;

  if (urb->type != USBDEVFS_URB_TYPE_BULK && urb->type != USBDEVFS_URB_TYPE_INTERRUPT)
    return -EINVAL;
  if (interface < 0)
    return -ENOENT;

  result = usbfs_file_claim (self, interface);
  if (result < 0)
    return result;

  g_queue_push_tail (&self->pending, urb);
  if (is_on_wire (urb))
    virtual_wire_submit (self->device->wire, urb);

  return 0;
}

static void
cancel (UsbfsFile *self, UsbfsUrb *urb, int status)
{
  if (is_on_wire (urb))
    virtual_wire_withdraw (self->device->wire, urb);
  usbfs_file_complete (urb, status, 0);
}

/* The control endpoint belongs to none. */
static void
cancel_on_interface (UsbfsFile *self, int interface)
{
  GList *item = self->pending.head;

  while (item != NULL) {
    UsbfsUrb *urb = item->data;

    item = item->next;
    if (urb->type != USBDEVFS_URB_TYPE_CONTROL &&
        virtual_device_find_endpoint (self->device, urb->endpoint) == interface)
      cancel (self, urb, -ENOENT);
  }
}

UsbfsFile *
usbfs_file_open (VirtualDevice *device)
{
  UsbfsFile *self = g_new0 (UsbfsFile, 1);

  self->device = virtual_device_ref (device);
  g_queue_init (&self->pending);
  g_queue_init (&self->completed);
  g_ptr_array_add (device->files, self);

  return self;
}

void
usbfs_file_close (UsbfsFile *self)
{
  self->changed = NULL;
  usbfs_file_cancel_all (self, -ENOENT);
  g_queue_clear_full (&self->completed, (GDestroyNotify) usbfs_urb_free);
  release_all (self);
  g_ptr_array_remove (self->device->files, self);
  virtual_device_unref (self->device);
  g_free (self);
}

gboolean
usbfs_file_is_connected (UsbfsFile *self)
{
  return get_port (self) != NULL;
}

int
usbfs_file_submit (UsbfsFile *self, UsbfsUrb *urb)
{
  int result = -ENODEV;

  urb->file = self;
  if (usbfs_file_is_connected (self))
    result = urb->type == USBDEVFS_URB_TYPE_CONTROL ? submit_control (self, urb)
                                                    : submit_to_endpoint (self, urb);
  if (result < 0)
    usbfs_urb_free (urb);

  return result;
}

int
usbfs_file_discard (UsbfsFile *self, guint64 address)
{
  for (GList *item = self->pending.head; item != NULL; item = item->next) {
    UsbfsUrb *urb = item->data;

    if (urb->address != address)
      continue;

    cancel (self, urb, -ENOENT);
    return 0;
  }

  return -EINVAL;
}

void
usbfs_file_give_up (UsbfsUrb *urb)
{
  cancel (urb->file, urb, -ETIMEDOUT);
}

int
usbfs_file_reap (UsbfsFile *self, UsbfsUrb **urb)
{
  *urb = g_queue_pop_head (&self->completed);
  if (*urb == NULL)
    return usbfs_file_is_connected (self) ? -EAGAIN : -ENODEV;

  if (self->changed != NULL)
    self->changed (self, self->changed_data);

  return 0;
}

void
usbfs_urb_free (UsbfsUrb *urb)
{
  if (urb->timeout != NULL)
    g_source_destroy (urb->timeout);
  g_clear_pointer (&urb->timeout, g_source_unref);
  g_free (urb->buffer);
  g_free (urb);
}

int
usbfs_file_claim (UsbfsFile *self, guint interface)
{
  if (!usbfs_file_is_connected (self))
    return -ENODEV;
  if (interface >= VIRTUAL_BUS_MAX_INTERFACES)
    return -EINVAL;
  if (has_claimed (self, interface))
    return 0;
  if (!virtual_device_has_interface (self->device, interface))
    return -ENOENT;
  if ((get_port (self)->held_interfaces & 1u << interface) != 0)
    return -EBUSY;

  for (guint i = 0; i < self->device->files->len; i++) {
    if (has_claimed (g_ptr_array_index (self->device->files, i), interface))
      return -EBUSY;
  }

  set_claimed (self, interface, TRUE);

  return 0;
}

int
usbfs_file_release (UsbfsFile *self, guint interface)
{
  if (!usbfs_file_is_connected (self))
    return -ENODEV;
  if (interface >= VIRTUAL_BUS_MAX_INTERFACES || !has_claimed (self, interface))
    return -EINVAL;

  set_claimed (self, interface, FALSE);
  cancel_on_interface (self, interface);

  return 0;
}

int
usbfs_file_set_interface (UsbfsFile *self, guint interface, guint alternate)
{
  BoardSetup setup = {
    .request_type = RECIPIENT_INTERFACE,
    .request = BOARD_REQUEST_SET_INTERFACE,
    .value = alternate,
    .index = interface,
  };
  BoardReply reply;
  int result = usbfs_file_claim (self, interface);

  if (result < 0)
    return result;
  if (!virtual_device_has_alternate (self->device, interface, alternate))
    return -EINVAL;
  if (self->device->is_silent)
    return -EPROTO;

  board_control (get_port (self)->board, &setup, NULL, &reply);

  return reply.result == BOARD_NO_ANSWER ? -ETIMEDOUT : MIN (reply.result, 0);
}

int
usbfs_file_set_configuration (UsbfsFile *self, int value)
{
  BoardSetup setup = { .request = BOARD_REQUEST_SET_CONFIGURATION };
  BoardReply reply;

  if (!usbfs_file_is_connected (self))
    return -ENODEV;
  if (get_port (self)->held_interfaces != 0)
    return -EBUSY;
  for (guint i = 0; i < self->device->files->len; i++) {
    if (((UsbfsFile *) g_ptr_array_index (self->device->files, i))->claimed != 0)
      return -EBUSY;
  }

  /* The kernel knows the configurations and does not ask for others. */
  if (value > 0 && value != self->device->sysfs.configuration[5])
    return -EINVAL;

  if (self->device->is_silent)
    return -EPROTO;

  setup.value = MAX (value, 0);
  board_control (get_port (self)->board, &setup, NULL, &reply);

  return reply.result == BOARD_NO_ANSWER ? -ETIMEDOUT : MIN (reply.result, 0);
}

int
usbfs_file_reset (UsbfsFile *self)
{
  return virtual_device_reset (self->device);
}

void
usbfs_file_complete (UsbfsUrb *urb, int status, gsize n_moved)
{
  UsbfsFile *self = urb->file;

  urb->status = status;
  urb->n_moved = n_moved;
  g_queue_remove (&self->pending, urb);

  if (urb->finished != NULL) {
    urb->finished (urb, urb->finished_data);
    usbfs_urb_free (urb);
    return;
  }

  g_queue_push_tail (&self->completed, urb);

  if (self->changed != NULL)
    self->changed (self, self->changed_data);
}

void
usbfs_file_cancel_all (UsbfsFile *self, int status)
{
  UsbfsUrb *urb;

  /* The last first, so that nothing is started only to be cancelled. */
  while ((urb = g_queue_peek_tail (&self->pending)) != NULL)
    cancel (self, urb, status);
}

void
usbfs_file_shut_down (UsbfsFile *self)
{
  usbfs_file_cancel_all (self, -ESHUTDOWN);
  release_all (self);
}

static void
complete_all (UsbfsFile *self, int status)
{
  UsbfsUrb *urb;

  while ((urb = g_queue_peek_head (&self->pending)) != NULL)
    usbfs_file_complete (urb, status, 0);
}

void
usbfs_file_break_all (UsbfsFile *self)
{
  complete_all (self, -EPROTO);
}

void
usbfs_file_disconnect (UsbfsFile *self)
{
  complete_all (self, -ESHUTDOWN);

  if (self->changed != NULL)
    self->changed (self, self->changed_data);
}
