/* virtual-device.c: one appearance of a board on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-device.h"

#include "board-descriptors.h"
#include "board-hub.h"
#include "usbfs-file.h"
#include "virtual-wire.h"

#include <errno.h>
#include <string.h>

#define DEVICE_TO_HOST 0x80
#define LANGUAGE_US_ENGLISH 0x0409
#define DESCRIPTOR_INTERFACE 4
#define DESCRIPTOR_ENDPOINT 5

static gssize
get_descriptor (Board *board, guint type, guint index, guint language, guint8 *data, gsize length)
{
  BoardSetup setup = {
    .request_type = DEVICE_TO_HOST,
    .request = BOARD_REQUEST_GET_DESCRIPTOR,
    .value = type << 8 | index,
    .index = language,
    .length = length,
  };
  BoardReply reply;

  board_control (board, &setup, data, &reply);

  return reply.result;
}

static char *
dup_string (Board *board, guint index)
{
  guint8 descriptor[255];
  gssize length;
  GString *text;

  if (index == 0)
    return NULL;

  length = get_descriptor (board, 3, index, LANGUAGE_US_ENGLISH, descriptor, sizeof descriptor);
  if (length < 2)
    return NULL;

  text = g_string_new (NULL);
  for (gssize i = 2; i + 1 < length; i += 2)
    g_string_append_unichar (text, descriptor[i] | descriptor[i + 1] << 8);

  return g_string_free (text, FALSE);
}

static gboolean
read_configuration (Board *board, BusSysfsDevice *sysfs)
{
  guint8 header[9];
  gsize length;

  if (get_descriptor (board, 2, 0, 0, header, sizeof header) != sizeof header)
    return FALSE;

  length = header[2] | header[3] << 8;
  sysfs->configuration = g_malloc0 (length);
  sysfs->configuration_length = length;

  return get_descriptor (board, 2, 0, 0, sysfs->configuration, length) == (gssize) length;
}

static void
set_configuration (Board *board, guint8 value)
{
  BoardSetup setup = { .request = BOARD_REQUEST_SET_CONFIGURATION, .value = value };
  BoardReply reply;

  board_control (board, &setup, NULL, &reply);
}

VirtualDevice *
virtual_device_enumerate (VirtualPort *port)
{
  Board *board = port->board;
  g_autoptr (VirtualDevice) self = g_new0 (VirtualDevice, 1);

  self->n_references = 1;
  self->port = port;
  self->files = g_ptr_array_new ();
  self->wire = virtual_wire_new (port);
  self->sysfs.speed = board_get_speed (board);
  self->sysfs.node_mode = port->node_mode;
  self->sysfs.n_ports = g_str_equal (board_get_kind (board), "hub") ? BOARD_HUB_N_PORTS : 0;

  if (get_descriptor (board, 1, 0, 0, self->sysfs.device, sizeof self->sysfs.device) !=
        sizeof self->sysfs.device ||
      !read_configuration (board, &self->sysfs))
    return NULL;

  self->sysfs.manufacturer = dup_string (board, self->sysfs.device[14]);
  self->sysfs.product = dup_string (board, self->sysfs.device[15]);
  self->sysfs.serial = dup_string (board, self->sysfs.device[16]);
  set_configuration (board, self->sysfs.configuration[5]);

  return g_steal_pointer (&self);
}

void
virtual_device_fall_silent (VirtualDevice *self)
{
  if (self->is_silent)
    return;

  self->is_silent = TRUE;
  virtual_wire_fall_silent (self->wire);
  for (guint i = 0; i < self->files->len; i++)
    usbfs_file_break_all (g_ptr_array_index (self->files, i));
}

void
virtual_device_disconnect (VirtualDevice *self)
{
  self->port = NULL;
  virtual_wire_disconnect (self->wire);
  for (guint i = 0; i < self->files->len; i++)
    usbfs_file_disconnect (g_ptr_array_index (self->files, i));
}

VirtualDevice *
virtual_device_ref (VirtualDevice *self)
{
  self->n_references++;

  return self;
}

void
virtual_device_unref (VirtualDevice *self)
{
  if (--self->n_references > 0)
    return;

  bus_sysfs_device_clear (&self->sysfs);
  virtual_wire_free (self->wire);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* After a reset the kernel looks whether it is still the same device. */
static gboolean
is_as_before (VirtualDevice *self)
{
  guint8 descriptor[sizeof self->sysfs.device];

  return get_descriptor (self->port->board, 1, 0, 0, descriptor, sizeof descriptor) ==
           sizeof descriptor &&
         memcmp (descriptor, self->sysfs.device, sizeof descriptor) == 0;
}

int
virtual_device_reset (VirtualDevice *self)
{
  VirtualPort *port = self->port;
  BoardDeparture departure;

  if (port == NULL)
    return -ENODEV;
  if (self->is_silent) {
    virtual_port_notice (port);
    return -ENODEV;
  }

  port->stats.n_resets++;
  for (guint i = 0; i < self->files->len; i++)
    usbfs_file_shut_down (g_ptr_array_index (self->files, i));

  departure = board_bus_reset (port->board);
  if (!departure.leaves && !is_as_before (self))
    departure = (BoardDeparture){ .leaves = TRUE, .return_us = BOARD_NEVER };
  if (departure.leaves) {
    virtual_port_depart (port, &departure);
    virtual_port_notice (port);
    return -ENODEV;
  }

  set_configuration (port->board, self->sysfs.configuration[5]);

  return 0;
}

/* The next descriptor of the configuration, or NULL behind the last. */
static const guint8 *
next_descriptor (VirtualDevice *self, const guint8 *descriptor)
{
  const guint8 *end = self->sysfs.configuration + self->sysfs.configuration_length;

  if (descriptor == NULL)
    return self->sysfs.configuration;

  descriptor += MAX (descriptor[0], 2);

  return descriptor + 4 <= end ? descriptor : NULL;
}

gboolean
virtual_device_has_interface (VirtualDevice *self, guint number)
{
  return virtual_device_has_alternate (self, number, 0);
}

gboolean
virtual_device_has_alternate (VirtualDevice *self, guint interface, guint alternate)
{
  const guint8 *descriptor = NULL;

  while ((descriptor = next_descriptor (self, descriptor)) != NULL) {
    if (descriptor[1] == DESCRIPTOR_INTERFACE && descriptor[2] == interface &&
        descriptor[3] == alternate)
      return TRUE;
  }

  return FALSE;
}

int
virtual_device_find_endpoint (VirtualDevice *self, guint8 address)
{
  const guint8 *descriptor = NULL;
  int interface = -1;

  while ((descriptor = next_descriptor (self, descriptor)) != NULL) {
    if (descriptor[1] == DESCRIPTOR_INTERFACE)
      interface = descriptor[2];
    else if (descriptor[1] == DESCRIPTOR_ENDPOINT && descriptor[2] == address)
      return interface;
  }

  return -1;
}
