/* usb-inventory.h: what is connected, from what events tell and from looking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libusb.h>

#include "usb-device-set.h"

G_BEGIN_DECLS

/**
 * UsbInventory:
 *
 * Keeps a #UsbDeviceSet true to the world. One thread changes it; any may read the set.
 */
typedef struct _UsbInventory UsbInventory;

UsbInventory *usb_inventory_new (void);
void usb_inventory_free (UsbInventory *self);

UsbDeviceSet *usb_inventory_get_devices (UsbInventory *self);
gboolean usb_inventory_has_unannounced (UsbInventory *self);

gboolean usb_inventory_note_arrival (UsbInventory *self, libusb_device *found);
gboolean usb_inventory_note_leaving (UsbInventory *self, libusb_device *found);
gboolean usb_inventory_look_into (UsbInventory *self,
                                  libusb_context *context,
                                  gboolean *changed,
                                  GError **error);
gboolean usb_inventory_look (UsbInventory *self, gboolean *changed, GError **error);

G_END_DECLS
