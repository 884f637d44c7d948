/* usb-inventory.c: what is connected, from what events tell and from looking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-inventory.h"

#include "usb-enumeration.h"
#include "usb-error-private.h"

struct _UsbInventory {
  UsbDeviceSet *devices;
  GHashTable *unannounced; /* of UsbDevice: found by looking, and no event has told of them yet */
};

static UsbDevice *
dup_device (UsbInventory *self, libusb_device *found)
{
  g_autoptr (GPtrArray) devices = usb_device_set_list (self->devices);

  for (guint i = 0; i < devices->len; i++)
    if (usb_enumeration_is_at (found, devices->pdata[i]))
      return g_object_ref (devices->pdata[i]);

  return NULL;
}

static void
remove_device (UsbInventory *self, UsbDevice *device)
{
  g_hash_table_remove (self->unannounced, device);
  usb_device_set_remove (self->devices, device);
}

/**
 * usb_inventory_note_arrival:
 * @self: an inventory
 * @found: a device that an event told of
 *
 * Returns: whether that changed anything
 */
gboolean
usb_inventory_note_arrival (UsbInventory *self, libusb_device *found)
{
  g_autoptr (UsbDevice) device = dup_device (self, found);

  if (device != NULL) {
    /* A look was faster than udev, which has given its permissions by now. */
    g_hash_table_remove (self->unannounced, device);
    return usb_device_set_update_access (self->devices);
  }

  device = usb_enumeration_new_device (found);
  usb_device_set_add (self->devices, device);
  return TRUE;
}

/**
 * usb_inventory_note_leaving:
 * @self: an inventory
 * @found: a device that an event told of
 *
 * Returns: whether that changed anything
 */
gboolean
usb_inventory_note_leaving (UsbInventory *self, libusb_device *found)
{
  g_autoptr (UsbDevice) device = dup_device (self, found);

  if (device == NULL)
    return FALSE;

  remove_device (self, device);
  return TRUE;
}

static gboolean
is_listed (UsbDevice *device, libusb_device **list, gssize n_listed)
{
  for (gssize i = 0; i < n_listed; i++)
    if (usb_enumeration_is_same (list[i], device))
      return TRUE;

  return FALSE;
}

static gboolean
remove_missing (UsbInventory *self, libusb_device **list, gssize n_listed)
{
  g_autoptr (GPtrArray) devices = usb_device_set_list (self->devices);
  gboolean changed = FALSE;

  for (guint i = 0; i < devices->len; i++) {
    if (is_listed (devices->pdata[i], list, n_listed))
      continue;

    remove_device (self, devices->pdata[i]);
    changed = TRUE;
  }

  return changed;
}

static gboolean
add_new (UsbInventory *self, libusb_device **list, gssize n_listed)
{
  gboolean changed = FALSE;

  for (gssize i = 0; i < n_listed; i++) {
    g_autoptr (UsbDevice) device = NULL;

    if (usb_enumeration_is_hub (list[i]))
      continue;

    device = dup_device (self, list[i]);
    if (device != NULL)
      continue;

    device = usb_enumeration_new_device (list[i]);
    usb_device_set_add (self->devices, device);
    g_hash_table_add (self->unannounced, device);
    changed = TRUE;
  }

  return changed;
}

/**
 * usb_inventory_look_into:
 * @self: an inventory
 * @context: a context that has just been made: one that is older never sees a device of which no
 *   event told it
 * @changed: (inout): set when something changed
 * @error: return location for an error
 *
 * Makes the inventory what @context finds.
 *
 * Returns: whether it could look
 */
gboolean
usb_inventory_look_into (UsbInventory *self,
                         libusb_context *context,
                         gboolean *changed,
                         GError **error)
{
  libusb_device **list = NULL;
  const gssize n_listed = libusb_get_device_list (context, &list);

  if (n_listed < 0) {
    usb_error_set_from_libusb (error, (int) n_listed, "Listing devices");
    return FALSE;
  }

  *changed |= remove_missing (self, list, n_listed);
  *changed |= add_new (self, list, n_listed);
  *changed |= usb_device_set_update_access (self->devices);
  libusb_free_device_list (list, TRUE);

  return TRUE;
}

/**
 * usb_inventory_look:
 * @self: an inventory
 * @changed: (inout): set when something changed
 * @error: return location for an error
 *
 * Makes the inventory what a fresh context of libusb finds.
 *
 * Returns: whether it could look
 */
gboolean
usb_inventory_look (UsbInventory *self, gboolean *changed, GError **error)
{
  libusb_context *context = NULL;
  const int code = libusb_init (&context);
  gboolean is_done;

  if (code < 0) {
    usb_error_set_from_libusb (error, code, "Starting libusb");
    return FALSE;
  }

  is_done = usb_inventory_look_into (self, context, changed, error);
  libusb_exit (context);

  return is_done;
}

/**
 * usb_inventory_has_unannounced:
 * @self: an inventory
 *
 * Returns: whether a look found a device of which no event has told: events are late, or lost
 */
gboolean
usb_inventory_has_unannounced (UsbInventory *self)
{
  return g_hash_table_size (self->unannounced) > 0;
}

/**
 * usb_inventory_get_devices:
 * @self: an inventory
 *
 * Any thread.
 *
 * Returns: (transfer none): the devices, which any thread may read
 */
UsbDeviceSet *
usb_inventory_get_devices (UsbInventory *self)
{
  return self->devices;
}

/**
 * usb_inventory_new:
 *
 * Returns: (transfer full): an inventory that is empty
 */
UsbInventory *
usb_inventory_new (void)
{
  UsbInventory *self = g_new0 (UsbInventory, 1);

  self->devices = usb_device_set_new ();
  self->unannounced = g_hash_table_new (NULL, NULL);

  return self;
}

/**
 * usb_inventory_free:
 * @self: (transfer full): an inventory on whose devices nobody waits
 */
void
usb_inventory_free (UsbInventory *self)
{
  g_hash_table_unref (self->unannounced);
  usb_device_set_free (self->devices);
  g_free (self);
}
