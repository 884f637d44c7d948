/* usb-enumeration.c: from a device of libusb to one of ours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-enumeration.h"

#include "usb-string.h"
#include "usb-sysfs.h"

#define MAX_DEPTH 7 /* ports from the root to a device, USB 2.0 section 4.1.1 */

static char *
dup_port_path (libusb_device *found)
{
  guint8 ports[MAX_DEPTH];
  GString *path;
  int n_ports;

  path = g_string_new (NULL);
  g_string_append_printf (path, "%u", libusb_get_bus_number (found));
  n_ports = libusb_get_port_numbers (found, ports, G_N_ELEMENTS (ports));

  for (int i = 0; i < n_ports; i++)
    g_string_append_printf (path, "%c%u", i == 0 ? '-' : '.', ports[i]);

  return g_string_free (path, FALSE);
}

static void
append_endpoint (GByteArray *bytes, const struct libusb_endpoint_descriptor *endpoint)
{
  const guint8 data[] = {
    7,
    USB_DESCRIPTOR_TYPE_ENDPOINT,
    endpoint->bEndpointAddress,
    endpoint->bmAttributes,
    endpoint->wMaxPacketSize & 0xff,
    endpoint->wMaxPacketSize >> 8,
    endpoint->bInterval,
  };

  g_byte_array_append (bytes, data, sizeof data);
  g_byte_array_append (bytes, endpoint->extra, endpoint->extra_length);
}

static void
append_interface (GByteArray *bytes, const struct libusb_interface_descriptor *interface)
{
  const guint8 data[] = {
    9,
    USB_DESCRIPTOR_TYPE_INTERFACE,
    interface->bInterfaceNumber,
    interface->bAlternateSetting,
    interface->bNumEndpoints,
    interface->bInterfaceClass,
    interface->bInterfaceSubClass,
    interface->bInterfaceProtocol,
    interface->iInterface,
  };

  g_byte_array_append (bytes, data, sizeof data);
  g_byte_array_append (bytes, interface->extra, interface->extra_length);
  for (int i = 0; i < interface->bNumEndpoints; i++)
    append_endpoint (bytes, &interface->endpoint[i]);
}

static GBytes *
flatten (const struct libusb_config_descriptor *configuration)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint8 data[] = {
    9,
    USB_DESCRIPTOR_TYPE_CONFIGURATION,
    0, /* wTotalLength, known in the end */
    0,
    configuration->bNumInterfaces,
    configuration->bConfigurationValue,
    configuration->iConfiguration,
    configuration->bmAttributes,
    configuration->MaxPower,
  };

  g_byte_array_append (bytes, data, sizeof data);
  g_byte_array_append (bytes, configuration->extra, configuration->extra_length);

  for (int i = 0; i < configuration->bNumInterfaces; i++)
    for (int j = 0; j < configuration->interface[i].num_altsetting; j++)
      append_interface (bytes, &configuration->interface[i].altsetting[j]);

  bytes->data[2] = bytes->len & 0xff;
  bytes->data[3] = bytes->len >> 8;

  return g_byte_array_free_to_bytes (bytes);
}

/* libusb has the descriptors from the operating system and gives them out as its own structures.
 * They become bytes again, so that there is one form of a configuration and one parser. */
static GBytes *
dup_descriptors (libusb_device *found)
{
  struct libusb_config_descriptor *configuration = NULL;
  GBytes *bytes;

  if (libusb_get_active_config_descriptor (found, &configuration) < 0 &&
      libusb_get_config_descriptor (found, 0, &configuration) < 0)
    return NULL;

  bytes = flatten (configuration);
  libusb_free_config_descriptor (configuration);

  return bytes;
}

static char *
ask_for_string (libusb_device_handle *handle, guint8 index)
{
  guint8 data[255];
  int length;

  if (index == 0)
    return NULL;

  length = libusb_get_string_descriptor (handle, index, USB_LANGUAGE_EN_US, data, sizeof data);

  return length < 0 ? NULL : usb_string_parse (data, length);
}

static void
forget_strings (UsbIdentity *identity)
{
  g_clear_pointer (&identity->manufacturer, g_free);
  g_clear_pointer (&identity->product, g_free);
  g_clear_pointer (&identity->serial, g_free);
}

static void
read_kernel_strings (UsbIdentity *identity)
{
  identity->manufacturer = usb_sysfs_dup_text (identity->port_path, "manufacturer");
  identity->product =
    usb_string_collapse_blanks (usb_sysfs_dup_text (identity->port_path, "product"));
  identity->serial = usb_sysfs_dup_text (identity->port_path, "serial");

  if (!usb_sysfs_is_at (identity->port_path, identity->address))
    forget_strings (identity);
}

static void
read_device_strings (UsbIdentity *identity,
                     libusb_device *found,
                     const struct libusb_device_descriptor *descriptor)
{
  libusb_device_handle *handle = NULL;

  if (libusb_open (found, &handle) < 0)
    return;

  identity->manufacturer = ask_for_string (handle, descriptor->iManufacturer);
  identity->product = usb_string_collapse_blanks (ask_for_string (handle, descriptor->iProduct));
  identity->serial = ask_for_string (handle, descriptor->iSerialNumber);
  libusb_close (handle);
}

/**
 * usb_enumeration_is_hub:
 * @found: a device of libusb
 *
 * Returns: whether it is a hub, a root hub among them
 */
gboolean
usb_enumeration_is_hub (libusb_device *found)
{
  struct libusb_device_descriptor descriptor = { 0 };

  libusb_get_device_descriptor (found, &descriptor);

  return descriptor.bDeviceClass == LIBUSB_CLASS_HUB;
}

/**
 * usb_enumeration_is_at:
 * @found: a device of libusb, of whatever context
 * @device: one of ours
 *
 * Returns: whether both have the same address at the same port
 */
gboolean
usb_enumeration_is_at (libusb_device *found, UsbDevice *device)
{
  g_autofree char *port_path = NULL;

  if (libusb_get_bus_number (found) != usb_device_get_bus_number (device) ||
      libusb_get_device_address (found) != usb_device_get_address (device))
    return FALSE;

  port_path = dup_port_path (found);

  return g_str_equal (port_path, usb_device_get_port_path (device));
}

/**
 * usb_enumeration_is_same:
 * @found: a device of libusb, of whatever context
 * @device: one of ours
 *
 * Looks closer than usb_enumeration_is_at(): there are systems where a board that re-enumerates
 * gets its old address, so what it says of itself has to be compared as well.
 *
 * Returns: whether @device is what @found is
 */
gboolean
usb_enumeration_is_same (libusb_device *found, UsbDevice *device)
{
  struct libusb_device_descriptor descriptor = { 0 };
  g_autoptr (GBytes) theirs = NULL;
  GBytes *ours = usb_device_get_descriptors (device);

  libusb_get_device_descriptor (found, &descriptor);

  if (!usb_enumeration_is_at (found, device) ||
      descriptor.idVendor != usb_device_get_vendor_id (device) ||
      descriptor.idProduct != usb_device_get_product_id (device) ||
      descriptor.bcdDevice != usb_device_get_release (device))
    return FALSE;

  theirs = dup_descriptors (found);

  return theirs != NULL && ours != NULL ? g_bytes_equal (theirs, ours) : theirs == ours;
}

/**
 * usb_enumeration_new_device:
 * @found: a device of libusb
 *
 * Notes what is known of a device. On Linux nothing is asked of the device itself; elsewhere its
 * strings are, which blocks for at most three seconds.
 *
 * Returns: (transfer full): the device
 */
UsbDevice *
usb_enumeration_new_device (libusb_device *found)
{
  struct libusb_device_descriptor descriptor = { 0 };
  g_auto (UsbIdentity) identity = { 0 };

  libusb_get_device_descriptor (found, &descriptor);

  identity.port_path = dup_port_path (found);
  identity.bus_number = libusb_get_bus_number (found);
  identity.address = libusb_get_device_address (found);
  identity.vendor_id = descriptor.idVendor;
  identity.product_id = descriptor.idProduct;
  identity.release = descriptor.bcdDevice;
  identity.descriptors = dup_descriptors (found);

  /* Where the kernel has asked every device for its strings, no device is asked again: that needs
   * no permission, disturbs nobody, and what is missing there did not come. */
  if (usb_sysfs_is_available ())
    read_kernel_strings (&identity);
  else
    read_device_strings (&identity, found, &descriptor);

  return usb_device_new (&identity);
}
