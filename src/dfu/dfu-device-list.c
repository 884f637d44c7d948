/* dfu-device-list.c: the DFU boards on a USB bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-device-list.h"

#include "usb-port-path.h"

/* How long a board may be away before its item goes, in milliseconds. The ESP ROM is back after
 * a few tens; an application that jumps to its bootloader takes longer. */
#define GRACE_PERIOD 1500

/* How often a board that may not be opened is tried again, in seconds: permissions change without
 * an event that libusb would pass on. */
#define ACCESS_INTERVAL 1

struct _DfuDeviceList {
  GObject parent_instance;

  UsbBus *bus;
  GPtrArray *devices; /* of DfuDevice, sorted by port path */
  guint grace_id;
  guint access_id;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DfuDeviceList,
                               dfu_device_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static DfuDevice *
get_device (DfuDeviceList *self, guint position)
{
  return g_ptr_array_index (self->devices, position);
}

static DfuDevice *
find_by_port (DfuDeviceList *self, const char *port_path)
{
  for (guint i = 0; i < self->devices->len; i++)
    if (g_str_equal (dfu_device_get_port_path (get_device (self, i)), port_path))
      return get_device (self, i);

  return NULL;
}

static void
remove_at (DfuDeviceList *self, guint position)
{
  g_ptr_array_remove_index (self->devices, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static gboolean
is_forgotten (DfuDevice *device)
{
  return !dfu_device_is_present (device) && !dfu_device_is_held (device);
}

static gboolean
grace_cb (gpointer user_data)
{
  DfuDeviceList *self = user_data;

  self->grace_id = 0;
  for (guint i = self->devices->len; i > 0; i--)
    if (is_forgotten (get_device (self, i - 1)))
      remove_at (self, i - 1);

  return G_SOURCE_REMOVE;
}

static void
start_grace (DfuDeviceList *self)
{
  g_clear_handle_id (&self->grace_id, g_source_remove);
  self->grace_id = g_timeout_add (GRACE_PERIOD, grace_cb, self);
}

static void
held_cb (DfuDevice *device, GParamSpec *pspec, DfuDeviceList *self)
{
  if (is_forgotten (device))
    start_grace (self);
}

static void
insert (DfuDeviceList *self, UsbDevice *usb_device)
{
  DfuDevice *device = dfu_device_new (usb_device);
  guint position = 0;

  g_signal_connect_object (device, "notify::held", G_CALLBACK (held_cb), self, 0);

  while (position < self->devices->len &&
         usb_port_path_compare (dfu_device_get_port_path (get_device (self, position)),
                                dfu_device_get_port_path (device)) < 0)
    position++;

  g_ptr_array_insert (self->devices, position, device);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static gboolean
is_on_bus (GListModel *bus, UsbDevice *usb_device)
{
  for (guint i = 0; i < g_list_model_get_n_items (bus); i++) {
    g_autoptr (UsbDevice) other = g_list_model_get_item (bus, i);

    if (other == usb_device)
      return TRUE;
  }

  return FALSE;
}

static void
note_leavers (DfuDeviceList *self, GListModel *bus)
{
  for (guint i = 0; i < self->devices->len; i++) {
    DfuDevice *device = get_device (self, i);

    if (!dfu_device_is_present (device) || is_on_bus (bus, dfu_device_get_usb_device (device)))
      continue;

    dfu_device_leave (device);
    if (is_forgotten (device))
      start_grace (self);
  }
}

static void
note_comers (DfuDeviceList *self, GListModel *bus)
{
  for (guint i = 0; i < g_list_model_get_n_items (bus); i++) {
    g_autoptr (UsbDevice) usb_device = g_list_model_get_item (bus, i);
    DfuDevice *device = find_by_port (self, usb_device_get_port_path (usb_device));
    DfuInterface interface;

    if (!dfu_interface_find (&interface, usb_device))
      continue;

    if (device == NULL)
      insert (self, usb_device);
    else if (dfu_device_get_usb_device (device) != usb_device)
      dfu_device_arrive (device, usb_device);
  }
}

static gboolean
access_cb (gpointer user_data)
{
  DfuDeviceList *self = user_data;
  gboolean all_accessible = TRUE;

  for (guint i = 0; i < self->devices->len; i++) {
    DfuDevice *device = get_device (self, i);

    if (dfu_device_is_present (device) && !dfu_device_is_accessible (device))
      all_accessible &= usb_device_check_access (dfu_device_get_usb_device (device));
  }

  if (!all_accessible)
    return G_SOURCE_CONTINUE;

  self->access_id = 0;
  return G_SOURCE_REMOVE;
}

static void
bus_changed_cb (DfuDeviceList *self)
{
  GListModel *bus = G_LIST_MODEL (self->bus);

  note_leavers (self, bus);
  note_comers (self, bus);

  if (self->access_id == 0)
    self->access_id = g_timeout_add_seconds (ACCESS_INTERVAL, access_cb, self);
}

/**
 * dfu_device_list_get_bus:
 * @self: a list
 *
 * Returns: (transfer none): the bus that the list follows
 */
UsbBus *
dfu_device_list_get_bus (DfuDeviceList *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE_LIST (self), NULL);

  return self->bus;
}

static GType
dfu_device_list_get_item_type (GListModel *model)
{
  return DFU_TYPE_DEVICE;
}

static guint
dfu_device_list_get_n_items (GListModel *model)
{
  return DFU_DEVICE_LIST (model)->devices->len;
}

static gpointer
dfu_device_list_get_item (GListModel *model, guint position)
{
  DfuDeviceList *self = DFU_DEVICE_LIST (model);

  return position < self->devices->len ? g_object_ref (get_device (self, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dfu_device_list_get_item_type;
  iface->get_n_items = dfu_device_list_get_n_items;
  iface->get_item = dfu_device_list_get_item;
}

static void
dfu_device_list_dispose (GObject *object)
{
  DfuDeviceList *self = DFU_DEVICE_LIST (object);

  g_clear_handle_id (&self->grace_id, g_source_remove);
  g_clear_handle_id (&self->access_id, g_source_remove);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (dfu_device_list_parent_class)->dispose (object);
}

static void
dfu_device_list_finalize (GObject *object)
{
  g_ptr_array_unref (DFU_DEVICE_LIST (object)->devices);

  G_OBJECT_CLASS (dfu_device_list_parent_class)->finalize (object);
}

static void
dfu_device_list_class_init (DfuDeviceListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dfu_device_list_dispose;
  object_class->finalize = dfu_device_list_finalize;
}

static void
dfu_device_list_init (DfuDeviceList *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * dfu_device_list_new:
 * @bus: a bus
 *
 * Returns: (transfer full): a list that holds the DFU boards of @bus, now and later
 */
DfuDeviceList *
dfu_device_list_new (UsbBus *bus)
{
  DfuDeviceList *self;

  g_return_val_if_fail (USB_IS_BUS (bus), NULL);

  self = g_object_new (DFU_TYPE_DEVICE_LIST, NULL);
  self->bus = g_object_ref (bus);
  g_signal_connect_object (bus, "items-changed", G_CALLBACK (bus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  bus_changed_cb (self);

  return self;
}
