/* usb-device-set.c: devices that one thread puts in and others wait for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-device-set.h"

#include "usb-device-private.h"
#include "usb-port-path.h"

/* How long udev may take to give a person the permission for a device that has just come. */
#define ACCESS_GRACE (2 * G_TIME_SPAN_SECOND)

struct _UsbDeviceSet {
  GMutex lock;
  GCond changed;
  GPtrArray *devices; /* locked */
};

static int
compare_places (UsbDevice *a, UsbDevice *b)
{
  return usb_port_path_compare (usb_device_get_port_path (a), usb_device_get_port_path (b));
}

static gpointer
ref_device (gconstpointer device, gpointer user_data)
{
  return g_object_ref ((gpointer) device);
}

static void
cancelled_cb (GCancellable *cancellable, UsbDeviceSet *self)
{
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static UsbDevice *
find_match (UsbDeviceSet *self, UsbDeviceMatch match, gpointer user_data)
{
  for (guint i = 0; i < self->devices->len; i++)
    if (match (self->devices->pdata[i], user_data))
      return self->devices->pdata[i];

  return NULL;
}

/* With the lock held, which is let go while the caller waits. */
static UsbDevice *
wait_for_match (UsbDeviceSet *self,
                UsbDeviceMatch match,
                gpointer user_data,
                gint64 deadline,
                GCancellable *cancellable)
{
  gint64 patience = 0; /* until when a device without permission is waited for */

  while (!g_cancellable_is_cancelled (cancellable)) {
    UsbDevice *device = find_match (self, match, user_data);
    gint64 now = g_get_monotonic_time ();

    if (device == NULL)
      patience = 0;
    else if (patience == 0)
      patience = MIN (deadline, now + ACCESS_GRACE);

    if (device != NULL && (usb_device_is_accessible (device) || now >= patience))
      return g_object_ref (device);

    if (now >= deadline)
      return NULL;

    g_cond_wait_until (&self->changed, &self->lock, device != NULL ? patience : deadline);
  }

  return NULL;
}

/**
 * usb_device_set_new:
 *
 * Returns: (transfer full): a set without devices
 */
UsbDeviceSet *
usb_device_set_new (void)
{
  UsbDeviceSet *self = g_new0 (UsbDeviceSet, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * usb_device_set_free:
 * @self: (transfer full): a set on which nobody waits
 *
 * Frees @self and lets its devices go.
 */
void
usb_device_set_free (UsbDeviceSet *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->devices);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * usb_device_set_add:
 * @self: a set
 * @device: a device that came
 *
 * Puts @device in its place among the others and wakes who waits for it.
 */
void
usb_device_set_add (UsbDeviceSet *self, UsbDevice *device)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint place = 0;

  while (place < self->devices->len && compare_places (self->devices->pdata[place], device) < 0)
    place++;

  g_debug ("%s came, address %u", usb_device_get_port_path (device),
           usb_device_get_address (device));
  g_ptr_array_insert (self->devices, place, g_object_ref (device));
  g_cond_broadcast (&self->changed);
}

/**
 * usb_device_set_remove:
 * @self: a set
 * @device: a device in it, which left
 *
 * Takes @device out.
 */
void
usb_device_set_remove (UsbDeviceSet *self, UsbDevice *device)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_debug ("%s left, address %u", usb_device_get_port_path (device),
           usb_device_get_address (device));
  g_ptr_array_remove (self->devices, device);
  g_cond_broadcast (&self->changed);
}

/**
 * usb_device_set_update_access:
 * @self: a set
 *
 * Looks at the permissions of all devices again, without notifying of them.
 *
 * Returns: whether one of them changed
 */
gboolean
usb_device_set_update_access (UsbDeviceSet *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gboolean changed = FALSE;

  for (guint i = 0; i < self->devices->len; i++)
    changed |= usb_device_update_access (self->devices->pdata[i]);

  if (changed)
    g_cond_broadcast (&self->changed);

  return changed;
}

/**
 * usb_device_set_list:
 * @self: a set
 *
 * Returns: (transfer full) (element-type UsbDevice): the devices, in the order of their ports
 */
GPtrArray *
usb_device_set_list (UsbDeviceSet *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_ptr_array_copy (self->devices, ref_device, NULL);
}

/**
 * usb_device_set_wait_for_device:
 * @self: a set
 * @match: says which device is meant; called with the set locked
 * @user_data: data for @match
 * @timeout: in milliseconds
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * See usb_bus_wait_for_device().
 *
 * Returns: (transfer full): the device, or %NULL with @error set
 */
UsbDevice *
usb_device_set_wait_for_device (UsbDeviceSet *self,
                                UsbDeviceMatch match,
                                gpointer user_data,
                                guint timeout,
                                GCancellable *cancellable,
                                GError **error)
{
  gint64 deadline = g_get_monotonic_time () + timeout * G_TIME_SPAN_MILLISECOND;
  UsbDevice *device;
  gulong handler = 0;

  /* Neither of the two cancellable calls may hold the lock: they wait for the callback. */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);

  g_mutex_lock (&self->lock);
  device = wait_for_match (self, match, user_data, deadline, cancellable);
  g_mutex_unlock (&self->lock);

  g_cancellable_disconnect (cancellable, handler);

  if (device == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error (error, USB_ERROR, USB_ERROR_TIMED_OUT, "The device did not appear within %u ms",
                 timeout);

  return device;
}

/**
 * usb_device_set_wait_for_departure:
 * @self: a set
 * @device: a device that was in it
 * @timeout: in milliseconds
 *
 * See usb_bus_wait_for_departure().
 *
 * Returns: whether @device has left
 */
gboolean
usb_device_set_wait_for_departure (UsbDeviceSet *self, UsbDevice *device, guint timeout)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 deadline = g_get_monotonic_time () + timeout * G_TIME_SPAN_MILLISECOND;

  while (g_ptr_array_find (self->devices, device, NULL))
    if (!g_cond_wait_until (&self->changed, &self->lock, deadline))
      return !g_ptr_array_find (self->devices, device, NULL);

  return TRUE;
}
