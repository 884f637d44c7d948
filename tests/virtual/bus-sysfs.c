/* bus-sysfs.c: the files below /sys, /dev/bus/usb and /run/udev that show a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-sysfs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define USB_MAJOR 189
#define CONFIGURATION_HEADER_LENGTH 9
#define INTERFACE_DESCRIPTOR 4
#define INTERFACE_DESCRIPTOR_LENGTH 9

static void
write_bytes (const char *directory, const char *name, const void *bytes, gsize length)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0644, &error))
    g_error ("%s", error->message);
}

G_GNUC_PRINTF (3, 4)
static void
write_text (const char *directory, const char *name, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  write_bytes (directory, name, text, strlen (text));
}

static void
write_string (const char *directory, const char *name, const char *value)
{
  if (value != NULL)
    write_text (directory, name, "%s\n", value);
}

static void
make_directory (const char *path)
{
  if (g_mkdir_with_parents (path, 0755) < 0)
    g_error ("Cannot make %s: %s", path, g_strerror (errno));
}

static void
make_link (const char *target, const char *path)
{
  if (symlink (target, path) < 0)
    g_error ("Cannot make %s: %s", path, g_strerror (errno));
}

static guint
get_minor (const BusSysfsDevice *device)
{
  return (device->bus_number - 1) * 128 + device->address - 1;
}

/* A link from DIRECTORY, which is DEPTH levels below /sys, to something else below /sys. */
static char *
make_relative (guint depth, const char *target)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (path, "../");
  g_string_append (path, target);

  return g_string_free (path, FALSE);
}

static guint
count_slashes (const char *path)
{
  guint n_slashes = 0;

  for (; *path != '\0'; path++)
    n_slashes += *path == '/';

  return n_slashes;
}

static void
write_device_attributes (const char *directory, const BusSysfsDevice *device)
{
  const guint8 *descriptor = device->device;
  const guint8 *configuration = device->configuration;
  const char *dash = strchr (device->name, '-');

  write_text (directory, "dev", "%u:%u\n", USB_MAJOR, get_minor (device));
  write_text (directory, "busnum", "%u\n", device->bus_number);
  write_text (directory, "devnum", "%u\n", device->address);
  write_text (directory, "devpath", "%s\n", dash == NULL ? "0" : dash + 1);
  write_text (directory, "speed", "%u\n", device->speed);
  write_text (directory, "version", "%2x.%02x\n", descriptor[3], descriptor[2]);
  write_text (directory, "bDeviceClass", "%02x\n", descriptor[4]);
  write_text (directory, "bDeviceSubClass", "%02x\n", descriptor[5]);
  write_text (directory, "bDeviceProtocol", "%02x\n", descriptor[6]);
  write_text (directory, "bMaxPacketSize0", "%u\n", descriptor[7]);
  write_text (directory, "idVendor", "%02x%02x\n", descriptor[9], descriptor[8]);
  write_text (directory, "idProduct", "%02x%02x\n", descriptor[11], descriptor[10]);
  write_text (directory, "bcdDevice", "%02x%02x\n", descriptor[13], descriptor[12]);
  write_text (directory, "bNumConfigurations", "%u\n", descriptor[17]);
  write_text (directory, "bNumInterfaces", "%2u\n", configuration[4]);
  write_text (directory, "bConfigurationValue", "%u\n", configuration[5]);
  write_text (directory, "bmAttributes", "%02x\n", configuration[7]);
  write_text (directory, "bMaxPower", "%umA\n", configuration[8] * 2);
  write_text (directory, "configuration", "\n");
  write_text (directory, "maxchild", "%u\n", device->n_ports);
  write_text (directory, "rx_lanes", "1\n");
  write_text (directory, "tx_lanes", "1\n");
  write_text (directory, "authorized", "1\n");
  write_string (directory, "manufacturer", device->manufacturer);
  write_string (directory, "product", device->product);
  write_string (directory, "serial", device->serial);
}

static void
write_descriptors (const char *directory, const char *name, const BusSysfsDevice *device)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, device->device, sizeof device->device);
  g_byte_array_append (bytes, device->configuration, device->configuration_length);
  write_bytes (directory, name, bytes->data, bytes->len);
}

/* "1-2.4:1.0"; a root hub's is "1-0:1.0" */
static char *
dup_interface_name (const BusSysfsDevice *device, const guint8 *descriptor)
{
  g_autofree char *stem = NULL;

  if (strchr (device->name, '-') != NULL)
    stem = g_strdup (device->name);
  else
    stem = g_strdup_printf ("%u-0", device->bus_number);

  return g_strdup_printf ("%s:%u.%u", stem, device->configuration[5], descriptor[2]);
}

static void
publish_interface (const char *root, const BusSysfsDevice *device, const guint8 *descriptor)
{
  g_autofree char *name = dup_interface_name (device, descriptor);
  g_autofree char *directory = g_strdup_printf ("%s/sys%s/%s", root, device->devpath, name);
  g_autofree char *link = g_strdup_printf ("%s/sys/bus/usb/devices/%s", root, name);
  g_autofree char *target = g_strdup_printf ("../../..%s/%s", device->devpath, name);
  g_autofree char *subsystem_link = g_build_filename (directory, "subsystem", NULL);
  g_autofree char *subsystem = make_relative (count_slashes (device->devpath) + 1, "bus/usb");

  make_directory (directory);
  write_text (directory, "uevent", "DEVTYPE=usb_interface\nINTERFACE=%u/%u/%u\n", descriptor[5],
              descriptor[6], descriptor[7]);
  write_text (directory, "bInterfaceNumber", "%02x\n", descriptor[2]);
  write_text (directory, "bAlternateSetting", "%2u\n", descriptor[3]);
  write_text (directory, "bNumEndpoints", "%02x\n", descriptor[4]);
  write_text (directory, "bInterfaceClass", "%02x\n", descriptor[5]);
  write_text (directory, "bInterfaceSubClass", "%02x\n", descriptor[6]);
  write_text (directory, "bInterfaceProtocol", "%02x\n", descriptor[7]);
  make_link (subsystem, subsystem_link);
  make_link (target, link);
}

typedef void (*InterfaceFunc) (const char *root,
                               const BusSysfsDevice *device,
                               const guint8 *descriptor);

/* Calls FUNC for the first alternate setting of each interface. */
static void
foreach_interface (const char *root, const BusSysfsDevice *device, InterfaceFunc func)
{
  gsize offset = CONFIGURATION_HEADER_LENGTH;

  while (offset + 2 <= device->configuration_length) {
    const guint8 *descriptor = device->configuration + offset;

    if (descriptor[0] < 2 || offset + descriptor[0] > device->configuration_length)
      return;
    if (descriptor[1] == INTERFACE_DESCRIPTOR && descriptor[0] >= INTERFACE_DESCRIPTOR_LENGTH &&
        descriptor[3] == 0)
      func (root, device, descriptor);
    offset += descriptor[0];
  }
}

static void
unpublish_interface (const char *root, const BusSysfsDevice *device, const guint8 *descriptor)
{
  g_autofree char *name = dup_interface_name (device, descriptor);
  g_autofree char *link = g_strdup_printf ("%s/sys/bus/usb/devices/%s", root, name);

  g_unlink (link);
}

static void
write_udev_database (const char *root, const BusSysfsDevice *device)
{
  g_autofree char *directory = g_build_filename (root, "run/udev/data", NULL);
  g_autofree char *name = g_strdup_printf ("c%u:%u", USB_MAJOR, get_minor (device));

  write_text (directory, name, "I:1\nE:ID_VENDOR_ID=%02x%02x\nE:ID_MODEL_ID=%02x%02x\n",
              device->device[9], device->device[8], device->device[11], device->device[10]);
}

void
bus_sysfs_device_clear (BusSysfsDevice *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->devpath, g_free);
  g_clear_pointer (&self->configuration, g_free);
  g_clear_pointer (&self->manufacturer, g_free);
  g_clear_pointer (&self->product, g_free);
  g_clear_pointer (&self->serial, g_free);
}

void
bus_sysfs_make_directories (const char *root)
{
  static const char *const directories[] = {
    "sys/bus/usb/devices",       "sys/bus/usb/drivers", "sys/class",     "sys/dev/char",
    "sys/" BUS_SYSFS_CONTROLLER, "dev/bus/usb",         "run/udev/data",
  };
  g_autofree char *udev = g_build_filename (root, "run/udev", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (directories); i++) {
    g_autofree char *path = g_build_filename (root, directories[i], NULL);

    make_directory (path);
  }

  /* By this file libudev knows that udevd runs. */
  write_text (udev, "control", "%s", "");
}

void
bus_sysfs_publish (const char *root, const BusSysfsDevice *device)
{
  g_autofree char *directory = g_strdup_printf ("%s/sys%s", root, device->devpath);
  g_autofree char *node = bus_sysfs_dup_node (root, device);
  g_autofree char *node_directory = g_path_get_dirname (node);
  g_autofree char *node_name = g_path_get_basename (node);
  g_autofree char *properties = bus_sysfs_dup_properties (device);
  g_autofree char *subsystem_link = g_build_filename (directory, "subsystem", NULL);
  g_autofree char *subsystem = make_relative (count_slashes (device->devpath), "bus/usb");
  g_autofree char *number_link =
    g_strdup_printf ("%s/sys/dev/char/%u:%u", root, USB_MAJOR, get_minor (device));
  g_autofree char *number_target = g_strdup_printf ("../..%s", device->devpath);
  g_autofree char *link = g_strdup_printf ("%s/sys/bus/usb/devices/%s", root, device->name);
  g_autofree char *target = g_strdup_printf ("../../..%s", device->devpath);

  make_directory (directory);
  make_directory (node_directory);
  write_text (directory, "uevent", "DEVTYPE=usb_device\n%s", properties);
  write_device_attributes (directory, device);
  write_descriptors (directory, "descriptors", device);
  write_udev_database (root, device);
  make_link (subsystem, subsystem_link);
  make_link (number_target, number_link);

  write_descriptors (node_directory, node_name, device);
  if (g_chmod (node, device->node_mode) < 0)
    g_error ("Cannot set the mode of %s: %s", node, g_strerror (errno));

  foreach_interface (root, device, publish_interface);
  make_link (target, link);
}

void
bus_sysfs_set_claimed (const char *root,
                       const BusSysfsDevice *device,
                       guint interface,
                       gboolean claimed)
{
  g_autofree char *link = g_strdup_printf ("%s/sys%s/%s:%u.%u/driver", root, device->devpath,
                                           device->name, device->configuration[5], interface);
  g_autofree char *target =
    make_relative (count_slashes (device->devpath) + 1, "bus/usb/drivers/usbfs");

  g_unlink (link);
  if (claimed)
    make_link (target, link);
}

void
bus_sysfs_unpublish (const char *root, const BusSysfsDevice *device)
{
  g_autofree char *link = g_strdup_printf ("%s/sys/bus/usb/devices/%s", root, device->name);
  g_autofree char *number_link =
    g_strdup_printf ("%s/sys/dev/char/%u:%u", root, USB_MAJOR, get_minor (device));
  g_autofree char *node = bus_sysfs_dup_node (root, device);
  g_autofree char *database =
    g_strdup_printf ("%s/run/udev/data/c%u:%u", root, USB_MAJOR, get_minor (device));
  g_autofree char *directory = g_strdup_printf ("%s/sys%s", root, device->devpath);

  g_unlink (link);
  foreach_interface (root, device, unpublish_interface);
  g_unlink (node);
  g_unlink (number_link);
  g_unlink (database);
  bus_sysfs_remove_tree (directory);
}

char *
bus_sysfs_dup_node (const char *root, const BusSysfsDevice *device)
{
  return g_strdup_printf ("%s/dev/bus/usb/%03u/%03u", root, device->bus_number, device->address);
}

char *
bus_sysfs_dup_properties (const BusSysfsDevice *device)
{
  const guint8 *descriptor = device->device;

  return g_strdup_printf ("MAJOR=%u\nMINOR=%u\nDEVNAME=bus/usb/%03u/%03u\nDRIVER=usb\n"
                          "PRODUCT=%x/%x/%x\nTYPE=%u/%u/%u\nBUSNUM=%03u\nDEVNUM=%03u\n",
                          USB_MAJOR, get_minor (device), device->bus_number, device->address,
                          descriptor[8] | descriptor[9] << 8, descriptor[10] | descriptor[11] << 8,
                          descriptor[12] | descriptor[13] << 8, descriptor[4], descriptor[5],
                          descriptor[6], device->bus_number, device->address);
}

void
bus_sysfs_remove_tree (const char *path)
{
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    directory = g_dir_open (path, 0, NULL);

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    bus_sysfs_remove_tree (child);
  }

  g_remove (path);
}
