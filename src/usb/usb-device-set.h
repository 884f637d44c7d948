/* usb-device-set.h: devices that one thread puts in and others wait for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * UsbDeviceSet:
 *
 * Devices in the order of their ports. Any thread may call any function.
 */
typedef struct _UsbDeviceSet UsbDeviceSet;

UsbDeviceSet *usb_device_set_new (void);
void usb_device_set_free (UsbDeviceSet *self);

void usb_device_set_add (UsbDeviceSet *self, UsbDevice *device);
void usb_device_set_remove (UsbDeviceSet *self, UsbDevice *device);
gboolean usb_device_set_update_access (UsbDeviceSet *self);

GPtrArray *usb_device_set_list (UsbDeviceSet *self);
UsbDevice *usb_device_set_wait_for_device (UsbDeviceSet *self,
                                           UsbDeviceMatch match,
                                           gpointer user_data,
                                           guint timeout,
                                           GCancellable *cancellable,
                                           GError **error);
gboolean usb_device_set_wait_for_departure (UsbDeviceSet *self, UsbDevice *device, guint timeout);

G_END_DECLS
