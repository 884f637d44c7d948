/* usb-fixture.c: the real libusb on the virtual bus, in short words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"

#include <string.h>

#define DFU_INTERFACE 2
#define MAX_DEPTH 7

static gint n_done;

static gpointer
handle_events (gpointer data)
{
  UsbFixture *self = data;

  while (!g_atomic_int_get (&self->is_stopping))
    libusb_handle_events_completed (self->context, &self->is_stopping);

  return NULL;
}

UsbFixture *
usb_fixture_new (void)
{
  UsbFixture *self = g_new0 (UsbFixture, 1);

  g_assert_cmpint (libusb_init (&self->context), ==, 0);
  self->thread = g_thread_new ("usb-events", handle_events, self);

  return self;
}

void
usb_fixture_free (UsbFixture *self)
{
  g_atomic_int_set (&self->is_stopping, 1);
  libusb_interrupt_event_handler (self->context);
  g_thread_join (self->thread);
  libusb_exit (self->context);
  g_free (self);
}

char *
usb_fixture_dup_path (libusb_device *device)
{
  guint8 ports[MAX_DEPTH];
  int n_ports = libusb_get_port_numbers (device, ports, MAX_DEPTH);
  GString *path = g_string_new (NULL);

  g_string_append_printf (path, "%u", libusb_get_bus_number (device));
  for (int i = 0; i < n_ports; i++)
    g_string_append_printf (path, "%c%u", i == 0 ? '-' : '.', ports[i]);

  return g_string_free (path, FALSE);
}

libusb_device *
usb_fixture_find (UsbFixture *self, const char *path)
{
  libusb_device **list;
  libusb_device *found = NULL;

  g_assert_cmpint (libusb_get_device_list (self->context, &list), >=, 0);
  for (guint i = 0; list[i] != NULL; i++) {
    g_autofree char *other = usb_fixture_dup_path (list[i]);

    if (g_str_equal (other, path))
      found = libusb_ref_device (list[i]);
  }
  libusb_free_device_list (list, TRUE);

  return found;
}

libusb_device_handle *
usb_fixture_open (UsbFixture *self, const char *path)
{
  g_autoptr (libusb_device) device = usb_fixture_find (self, path);
  libusb_device_handle *handle;

  g_assert_nonnull (device);
  g_assert_cmpint (libusb_open (device, &handle), ==, 0);
  g_assert_cmpint (libusb_claim_interface (handle, DFU_INTERFACE), ==, 0);

  return handle;
}

int
usb_fixture_download (libusb_device_handle *handle, guint block, guint8 *data, guint length)
{
  return libusb_control_transfer (handle, 0x21, 1, block, DFU_INTERFACE, data, length,
                                  USB_FIXTURE_TIMEOUT);
}

int
usb_fixture_get_status (libusb_device_handle *handle, guint8 answer[6], guint timeout)
{
  return libusb_control_transfer (handle, 0xa1, 3, 0, DFU_INTERFACE, answer, 6, timeout);
}

static void LIBUSB_CALL
done_cb (struct libusb_transfer *transfer)
{
  UsbRequest *self = transfer->user_data;

  g_mutex_lock (&self->lock);
  self->is_done = TRUE;
  self->order = g_atomic_int_add (&n_done, 1);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

UsbRequest *
usb_request_new (libusb_device_handle *handle,
                 guint8 type,
                 guint8 request,
                 guint16 value,
                 const guint8 *data,
                 guint16 length)
{
  UsbRequest *self = g_new0 (UsbRequest, 1);

  g_assert_cmpuint (length, <=, 64);
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->transfer = libusb_alloc_transfer (0);
  libusb_fill_control_setup (self->buffer, type, request, value, DFU_INTERFACE, length);
  if (data != NULL)
    memcpy (self->buffer + LIBUSB_CONTROL_SETUP_SIZE, data, length);
  libusb_fill_control_transfer (self->transfer, handle, self->buffer, done_cb, self, 0);

  return self;
}

void
usb_request_free (UsbRequest *self)
{
  libusb_free_transfer (self->transfer);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
usb_request_submit (UsbRequest *self)
{
  g_assert_cmpint (libusb_submit_transfer (self->transfer), ==, 0);
}

enum libusb_transfer_status
usb_request_wait (UsbRequest *self)
{
  gint64 end = g_get_monotonic_time () + USB_FIXTURE_TIMEOUT * 1000;

  g_mutex_lock (&self->lock);
  while (!self->is_done)
    g_assert_true (g_cond_wait_until (&self->cond, &self->lock, end));
  g_mutex_unlock (&self->lock);

  return self->transfer->status;
}

gboolean
usb_request_is_done (UsbRequest *self)
{
  gboolean is_done;

  g_mutex_lock (&self->lock);
  is_done = self->is_done;
  g_mutex_unlock (&self->lock);

  return is_done;
}
