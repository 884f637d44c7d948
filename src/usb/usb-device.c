/* usb-device.c: one stay of a device on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-device.h"

#include <errno.h>
#include <unistd.h>

#include "usb-device-private.h"
#include "usb-libusb-pipe.h"
#include "usb-sysfs.h"

struct _UsbDevice {
  GObject parent_instance;

  UsbIdentity identity;
  UsbConfiguration *configuration;

  int accessible; /* atomic */
  int refused;    /* atomic: whether the last open failed for want of a permission or a driver */

  gboolean notified_accessible; /* main thread: what the world was told last */
};

enum {
  PROP_ACCESSIBLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (UsbDevice, usb_device, G_TYPE_OBJECT)

/**
 * usb_identity_clear:
 * @self: an identity
 *
 * Frees what @self holds and leaves it empty.
 */
void
usb_identity_clear (UsbIdentity *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->port_path);
  g_free (self->manufacturer);
  g_free (self->product);
  g_free (self->serial);
  g_clear_pointer (&self->descriptors, g_bytes_unref);
  *self = (UsbIdentity){ 0 };
}

/* Where devices are files, their permissions tell; elsewhere the attempt does. */
static gboolean
find_access (UsbDevice *self)
{
  g_autofree char *node = NULL;

  if (!usb_sysfs_is_available ())
    return !g_atomic_int_get (&self->refused);

  node =
    g_strdup_printf ("/dev/bus/usb/%03u/%03u", self->identity.bus_number, self->identity.address);
  if (access (node, R_OK | W_OK) == 0)
    return TRUE;

  /* A device that is just leaving has no node, but nobody took its permission away. */
  return errno == ENOENT && g_atomic_int_get (&self->accessible);
}

static void
remember_refusal (UsbDevice *self, const GError *error)
{
  g_atomic_int_set (&self->refused, usb_error_is_access (error) || usb_error_is_no_driver (error));
}

/**
 * usb_device_update_access:
 * @self: a device
 *
 * Looks at the permissions again, without telling anybody; see usb_device_check_access() for the
 * version that does. Does not touch the device. Any thread.
 *
 * Returns: whether they changed
 */
gboolean
usb_device_update_access (UsbDevice *self)
{
  gboolean accessible = find_access (self);

  return g_atomic_int_exchange (&self->accessible, accessible) != accessible;
}

/**
 * usb_device_get_port_path:
 * @self: a device
 *
 * Returns: where the device is plugged in, as the kernel prints it: "1-10", or "1-2.3" behind a
 *   hub. It stays the same when a board re-enumerates.
 */
const char *
usb_device_get_port_path (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  return self->identity.port_path;
}

/**
 * usb_device_get_bus_number:
 * @self: a device
 *
 * Returns: the number of the bus, the first part of the port path
 */
guint8
usb_device_get_bus_number (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), 0);

  return self->identity.bus_number;
}

/**
 * usb_device_get_address:
 * @self: a device
 *
 * Returns: the address on the bus; another one after each re-enumeration
 */
guint8
usb_device_get_address (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), 0);

  return self->identity.address;
}

/**
 * usb_device_get_vendor_id:
 * @self: a device
 *
 * Returns: idVendor
 */
guint16
usb_device_get_vendor_id (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), 0);

  return self->identity.vendor_id;
}

/**
 * usb_device_get_product_id:
 * @self: a device
 *
 * Returns: idProduct
 */
guint16
usb_device_get_product_id (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), 0);

  return self->identity.product_id;
}

/**
 * usb_device_get_release:
 * @self: a device
 *
 * Returns: bcdDevice, the device's own version as four decimal digits
 */
guint16
usb_device_get_release (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), 0);

  return self->identity.release;
}

/**
 * usb_device_get_manufacturer:
 * @self: a device
 *
 * Returns: (nullable): the text of iManufacturer, valid UTF-8
 */
const char *
usb_device_get_manufacturer (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  return self->identity.manufacturer;
}

/**
 * usb_device_get_product:
 * @self: a device
 *
 * Returns: (nullable): the text of iProduct, valid UTF-8
 */
const char *
usb_device_get_product (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  return self->identity.product;
}

/**
 * usb_device_get_serial:
 * @self: a device
 *
 * Returns: (nullable): the text of iSerialNumber, valid UTF-8; not always a number, nor unique
 */
const char *
usb_device_get_serial (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  return self->identity.serial;
}

/**
 * usb_device_get_descriptors:
 * @self: a device
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the bytes of the active configuration
 */
GBytes *
usb_device_get_descriptors (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  return self->identity.descriptors;
}

/**
 * usb_device_get_configuration:
 * @self: a device
 *
 * Returns: (nullable): the active configuration, or the first one of a device that has not been
 *   configured; %NULL when its descriptors could not be had or make no sense
 */
const UsbConfiguration *
usb_device_get_configuration (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  return self->configuration;
}

/**
 * usb_device_is_accessible:
 * @self: a device
 *
 * Returns: whether this person may open the device, as far as was known when it came or was
 *   looked at last
 */
gboolean
usb_device_is_accessible (UsbDevice *self)
{
  g_return_val_if_fail (USB_IS_DEVICE (self), FALSE);

  return g_atomic_int_get (&self->accessible);
}

/**
 * usb_device_check_access:
 * @self: a device
 *
 * Looks at the permissions again and notifies of #UsbDevice:accessible when they changed. Does
 * not touch the device. Only on the thread of the main context.
 *
 * Call it when usb_device_open() failed, and when the person comes back to the window.
 *
 * Returns: whether the device can be opened now
 */
gboolean
usb_device_check_access (UsbDevice *self)
{
  gboolean accessible;

  g_return_val_if_fail (USB_IS_DEVICE (self), FALSE);

  usb_device_update_access (self);
  accessible = g_atomic_int_get (&self->accessible);

  if (self->notified_accessible != accessible) {
    self->notified_accessible = accessible;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE]);
  }

  return accessible;
}

/**
 * usb_device_open:
 * @self: a device
 * @error: return location for an error
 *
 * Opens the device. Every pipe waits for its own transfers, so that any number of devices can be
 * worked with at once, each in its own thread. Blocks for some milliseconds; any thread.
 *
 * Returns: (transfer full): a pipe, or %NULL with @error set: %USB_ERROR_ACCESS, %USB_ERROR_GONE,
 *   %USB_ERROR_NO_DRIVER and more
 */
UsbPipe *
usb_device_open (UsbDevice *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UsbPipe *pipe;

  g_return_val_if_fail (USB_IS_DEVICE (self), NULL);

  pipe = usb_libusb_pipe_new (self, &local_error);
  remember_refusal (self, local_error);

  if (pipe == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return pipe;
}

static void
usb_device_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ACCESSIBLE:
    g_value_set_boolean (value, usb_device_is_accessible (USB_DEVICE (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
usb_device_finalize (GObject *object)
{
  UsbDevice *self = USB_DEVICE (object);

  g_clear_pointer (&self->configuration, usb_configuration_free);
  usb_identity_clear (&self->identity);

  G_OBJECT_CLASS (usb_device_parent_class)->finalize (object);
}

static void
usb_device_class_init (UsbDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = usb_device_get_property;
  object_class->finalize = usb_device_finalize;

  /**
   * UsbDevice:accessible:
   *
   * Whether this person may open the device. Notified on the thread of the main context.
   */
  properties[PROP_ACCESSIBLE] =
    g_param_spec_boolean ("accessible", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
usb_device_init (UsbDevice *self)
{
}

static void
parse_configuration (UsbDevice *self)
{
  GBytes *descriptors = self->identity.descriptors;
  g_autoptr (GError) error = NULL;

  if (descriptors == NULL)
    return;

  self->configuration = usb_configuration_parse (g_bytes_get_data (descriptors, NULL),
                                                 g_bytes_get_size (descriptors), &error);
  if (self->configuration == NULL)
    g_info ("Device %s: %s", self->identity.port_path, error->message);
}

/**
 * usb_device_new:
 * @identity: what is known of the device; its contents are taken and @identity is left empty
 *
 * Any thread.
 *
 * Returns: (transfer full): a device
 */
UsbDevice *
usb_device_new (UsbIdentity *identity)
{
  UsbDevice *self;

  g_return_val_if_fail (identity != NULL, NULL);
  g_return_val_if_fail (identity->port_path != NULL, NULL);

  self = g_object_new (USB_TYPE_DEVICE, NULL);
  self->identity = *identity;
  *identity = (UsbIdentity){ 0 };

  parse_configuration (self);
  usb_device_update_access (self);
  self->notified_accessible = self->accessible;

  return self;
}
