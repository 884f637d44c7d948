/* usb-bus.c: the devices that are connected now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-bus.h"

#include "usb-watch.h"

struct _UsbBus {
  GObject parent_instance;

  UsbWatch *watch; /* for the main context and dispose: locked */
  UsbWatchMode mode;

  /* The list model, on the main context only. */
  GMainContext *context;
  GPtrArray *items;

  GMutex lock;
  GSource *pending_sync; /* locked */
};

enum {
  PROP_0,
  PROP_POLLING,
  PROP_STILL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void usb_bus_initable_iface_init (GInitableIface *iface);
static void usb_bus_list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UsbBus,
                               usb_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, usb_bus_initable_iface_init)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                        usb_bus_list_model_iface_init))

static void
remove_items (UsbBus *self, GPtrArray *devices)
{
  for (guint i = self->items->len; i-- > 0;) {
    if (g_ptr_array_find (devices, self->items->pdata[i], NULL))
      continue;

    g_ptr_array_remove_index (self->items, i);
    g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
  }
}

static void
add_items (UsbBus *self, GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++) {
    if (i < self->items->len && self->items->pdata[i] == devices->pdata[i])
      continue;

    g_ptr_array_insert (self->items, i, g_object_ref (devices->pdata[i]));
    g_list_model_items_changed (G_LIST_MODEL (self), i, 0, 1);
  }
}

/* Main context. Both lists are in the order of the ports, so what is left after removing is a
 * part of what it shall become. */
static void
sync_items (UsbBus *self)
{
  g_autoptr (GPtrArray) devices = NULL;

  /* The last reference may be dropped by another thread at this moment. */
  g_mutex_lock (&self->lock);
  if (self->watch != NULL)
    devices = usb_watch_list_devices (self->watch);
  g_mutex_unlock (&self->lock);

  if (devices == NULL)
    return;

  remove_items (self, devices);
  add_items (self, devices);

  for (guint i = 0; i < devices->len; i++)
    usb_device_check_access (devices->pdata[i]);
}

static void
free_weak_ref (GWeakRef *weak_ref)
{
  g_weak_ref_clear (weak_ref);
  g_free (weak_ref);
}

static gboolean
sync_cb (gpointer user_data)
{
  g_autoptr (UsbBus) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->pending_sync, g_source_unref);
  g_mutex_unlock (&self->lock);

  sync_items (self);

  return G_SOURCE_REMOVE;
}

/* Thread of the watch, which holds no reference: it must not be the one to dispose of the bus,
 * since that waits for the thread. */
static void
watch_changed (gpointer user_data)
{
  UsbBus *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GWeakRef *weak_ref;

  if (self->pending_sync != NULL)
    return;

  weak_ref = g_new (GWeakRef, 1);
  g_weak_ref_init (weak_ref, self);

  /* Not g_main_context_invoke(): that may run the callback in this thread. */
  self->pending_sync = g_idle_source_new ();
  g_source_set_priority (self->pending_sync, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->pending_sync, "UsbBus sync");
  g_source_set_callback (self->pending_sync, sync_cb, weak_ref, (GDestroyNotify) free_weak_ref);
  g_source_attach (self->pending_sync, self->context);
}

/**
 * usb_bus_has_hotplug:
 * @self: a bus
 *
 * Any thread.
 *
 * Returns: whether devices are noticed as they come and go; otherwise within a second
 */
gboolean
usb_bus_has_hotplug (UsbBus *self)
{
  g_return_val_if_fail (USB_IS_BUS (self), FALSE);

  return usb_watch_has_hotplug (self->watch);
}

/**
 * usb_bus_rescan:
 * @self: a bus
 *
 * Looks once at what is connected and who may open it, whatever events told or did not tell. Does
 * not wait: what is found appears as any other change does. Any thread.
 */
void
usb_bus_rescan (UsbBus *self)
{
  g_return_if_fail (USB_IS_BUS (self));

  usb_watch_rescan (self->watch);
}

/**
 * usb_bus_list_devices:
 * @self: a bus
 *
 * Lists the devices in the order of their ports. Any thread; the list model may lag behind until
 * its main context runs.
 *
 * Returns: (transfer full) (element-type UsbDevice): the devices
 */
GPtrArray *
usb_bus_list_devices (UsbBus *self)
{
  g_return_val_if_fail (USB_IS_BUS (self), NULL);

  return usb_watch_list_devices (self->watch);
}

/**
 * usb_bus_wait_for_departure:
 * @self: a bus
 * @device: a device of this bus
 * @timeout: in milliseconds; 0 looks once
 *
 * Waits until @device has left. A transfer breaks some time before the hub notices that a plug was
 * pulled; whoever wants to know why a transfer broke waits here for a moment. Blocks, and no main
 * context needs to run. Any thread.
 *
 * Returns: whether it has left
 */
gboolean
usb_bus_wait_for_departure (UsbBus *self, UsbDevice *device, guint timeout)
{
  g_return_val_if_fail (USB_IS_BUS (self), FALSE);
  g_return_val_if_fail (USB_IS_DEVICE (device), FALSE);

  return usb_watch_wait_for_departure (self->watch, device, timeout);
}

/**
 * usb_bus_wait_for_device:
 * @self: a bus
 * @match: says which device is meant; called with the bus locked, so it must not call the bus
 * @user_data: data for @match
 * @timeout: in milliseconds
 * @cancellable: (nullable): a cancellable, honoured at once
 * @error: return location for an error
 *
 * Waits until a device is there, one that is there already among them. A device that may not be
 * opened yet is given two seconds of @timeout for that, since udev needs a moment for a
 * permission; after that it is returned as it is.
 *
 * This blocks, and no main context needs to run. Any thread but that of the main context.
 *
 * Returns: (transfer full): the device, or %NULL with @error set: %USB_ERROR_TIMED_OUT or
 *   %G_IO_ERROR_CANCELLED
 */
UsbDevice *
usb_bus_wait_for_device (UsbBus *self,
                         UsbDeviceMatch match,
                         gpointer user_data,
                         guint timeout,
                         GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (USB_IS_BUS (self), NULL);
  g_return_val_if_fail (match != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  return usb_watch_wait_for_device (self->watch, match, user_data, timeout, cancellable, error);
}

static GType
usb_bus_get_item_type (GListModel *model)
{
  return USB_TYPE_DEVICE;
}

static guint
usb_bus_get_n_items (GListModel *model)
{
  return USB_BUS (model)->items->len;
}

static gpointer
usb_bus_get_item (GListModel *model, guint position)
{
  UsbBus *self = USB_BUS (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
usb_bus_list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = usb_bus_get_item_type;
  iface->get_n_items = usb_bus_get_n_items;
  iface->get_item = usb_bus_get_item;
}

static gboolean
usb_bus_initable_init (GInitable *initable, GCancellable *cancellable, GError **error)
{
  UsbBus *self = USB_BUS (initable);

  self->watch = usb_watch_new (self->mode, watch_changed, self, error);
  if (self->watch == NULL)
    return FALSE;

  sync_items (self);

  return TRUE;
}

static void
usb_bus_initable_iface_init (GInitableIface *iface)
{
  iface->init = usb_bus_initable_init;
}

static void
set_mode (UsbBus *self, const GValue *value, UsbWatchMode mode)
{
  if (g_value_get_boolean (value))
    self->mode = mode;
}

static void
usb_bus_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UsbBus *self = USB_BUS (object);

  switch (prop_id) {
  case PROP_POLLING:
    set_mode (self, value, USB_WATCH_MODE_POLLING);
    break;
  case PROP_STILL:
    set_mode (self, value, USB_WATCH_MODE_ONCE);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
usb_bus_dispose (GObject *object)
{
  UsbBus *self = USB_BUS (object);
  g_autoptr (GSource) sync = NULL;
  UsbWatch *watch;

  g_mutex_lock (&self->lock);
  watch = g_steal_pointer (&self->watch);
  g_mutex_unlock (&self->lock);

  /* Without the lock: the thread may be about to take it. Afterwards nobody posts any more. */
  g_clear_pointer (&watch, usb_watch_free);

  g_mutex_lock (&self->lock);
  sync = g_steal_pointer (&self->pending_sync);
  g_mutex_unlock (&self->lock);

  if (sync != NULL)
    g_source_destroy (sync);

  G_OBJECT_CLASS (usb_bus_parent_class)->dispose (object);
}

static void
usb_bus_finalize (GObject *object)
{
  UsbBus *self = USB_BUS (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (usb_bus_parent_class)->finalize (object);
}

static void
usb_bus_class_init (UsbBusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = usb_bus_set_property;
  object_class->dispose = usb_bus_dispose;
  object_class->finalize = usb_bus_finalize;

  /**
   * UsbBus:polling:
   *
   * Whether to look every second even where libusb has hotplug events.
   */
  properties[PROP_POLLING] =
    g_param_spec_boolean ("polling", NULL, NULL, FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UsbBus:still:
   *
   * Whether to look only once, which needs no thread.
   */
  properties[PROP_STILL] =
    g_param_spec_boolean ("still", NULL, NULL, FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
usb_bus_init (UsbBus *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->lock);
}

/**
 * usb_bus_new:
 * @error: return location for an error
 *
 * Finds out what is connected and follows it from now on. All devices that are connected are in
 * the bus when this returns. The main context that is the thread default now is the one on which
 * the list model changes. Blocks for some milliseconds.
 *
 * Returns: (transfer full): a bus, or %NULL with @error set
 */
UsbBus *
usb_bus_new (GError **error)
{
  return g_initable_new (USB_TYPE_BUS, NULL, error, NULL);
}

/**
 * usb_bus_new_still:
 * @error: return location for an error
 *
 * Finds out what is connected now and never looks again, for who only wants to tell of it: such a
 * bus is nothing to wait on. Blocks for some milliseconds.
 *
 * Returns: (transfer full): a bus, or %NULL with @error set
 */
UsbBus *
usb_bus_new_still (GError **error)
{
  return g_initable_new (USB_TYPE_BUS, NULL, error, "still", TRUE, NULL);
}
