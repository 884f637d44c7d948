/* bus-sysfs.h: the files below /sys, /dev/bus/usb and /run/udev that show a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The host controller all virtual buses hang from, below /sys. */
#define BUS_SYSFS_CONTROLLER "devices/platform/virtual-usb.0"

/* One device as it is published. */
typedef struct {
  char *name;    /* "1-2.4", "usb1" */
  char *devpath; /* below /sys, with a leading slash */
  guint bus_number;
  guint address;
  guint speed;
  guint node_mode;
  guint n_ports; /* of a hub, otherwise 0 */
  guint8 device[18];
  guint8 *configuration;
  gsize configuration_length;
  char *manufacturer; /* NULL: it has none */
  char *product;
  char *serial;
} BusSysfsDevice;

void bus_sysfs_device_clear (BusSysfsDevice *self);

/**
 * bus_sysfs_make_directories:
 * @root: the directory that stands for "/"
 *
 * Makes what is there before any device is.
 */
void bus_sysfs_make_directories (const char *root);

/**
 * bus_sysfs_publish:
 * @root: the directory that stands for "/"
 * @device: a device
 *
 * Writes everything about a device, and in the end the link by which it is found.
 */
void bus_sysfs_publish (const char *root, const BusSysfsDevice *device);

/**
 * bus_sysfs_set_claimed:
 * @root: the directory that stands for "/"
 * @device: a device that is published
 * @interface: one of its interfaces
 * @claimed: whether a program has claimed it
 *
 * Shows it as the kernel does: the interface's driver is usbfs then.
 */
void bus_sysfs_set_claimed (const char *root,
                            const BusSysfsDevice *device,
                            guint interface,
                            gboolean claimed);

/**
 * bus_sysfs_unpublish:
 * @root: the directory that stands for "/"
 * @device: a device
 *
 * Removes it all in the reverse order.
 */
void bus_sysfs_unpublish (const char *root, const BusSysfsDevice *device);

/**
 * bus_sysfs_dup_node:
 * @root: the directory that stands for "/"
 * @device: a device
 *
 * Returns: (transfer full): where its device node is
 */
char *bus_sysfs_dup_node (const char *root, const BusSysfsDevice *device);

/**
 * bus_sysfs_dup_properties:
 * @device: a device
 *
 * Returns: (transfer full): its properties as in "uevent", a line each
 */
char *bus_sysfs_dup_properties (const BusSysfsDevice *device);

void bus_sysfs_remove_tree (const char *path);

G_END_DECLS
