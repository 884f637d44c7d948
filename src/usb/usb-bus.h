/* usb-bus.h: the devices that are connected now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "usb-device.h"

G_BEGIN_DECLS

/**
 * UsbBus:
 *
 * A #GListModel of #UsbDevice that follows the world: by hotplug events where libusb has them, by
 * looking every second where it has not (Windows, a sandbox without the host's events). Hubs are
 * left out.
 *
 * The list model changes only on the main context that was the thread default when the bus was
 * made. The other calls may be made from any thread, and need nobody to run that context.
 */
#define USB_TYPE_BUS (usb_bus_get_type ())
G_DECLARE_FINAL_TYPE (UsbBus, usb_bus, USB, BUS, GObject)

/**
 * UsbDeviceMatch:
 * @device: a device
 * @user_data: data of the caller
 *
 * Called with the bus locked, in any thread: it must only look at @device.
 *
 * Returns: whether @device is the one that is waited for
 */
typedef gboolean (*UsbDeviceMatch) (UsbDevice *device, gpointer user_data);

UsbBus *usb_bus_new (GError **error);
UsbBus *usb_bus_new_still (GError **error);

gboolean usb_bus_has_hotplug (UsbBus *self);

void usb_bus_rescan (UsbBus *self);
GPtrArray *usb_bus_list_devices (UsbBus *self);
UsbDevice *usb_bus_wait_for_device (UsbBus *self,
                                    UsbDeviceMatch match,
                                    gpointer user_data,
                                    guint timeout,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean usb_bus_wait_for_departure (UsbBus *self, UsbDevice *device, guint timeout);

G_END_DECLS
