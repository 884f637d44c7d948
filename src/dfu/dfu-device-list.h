/* dfu-device-list.h: the DFU boards on a USB bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dfu-device.h"
#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * DfuDeviceList:
 *
 * A #GListModel of #DfuDevice over a #UsbBus, sorted by port path. A board that leaves is kept
 * for a moment, so that it stays one item while it re-enumerates, and as long as somebody holds
 * it with dfu_device_hold(). Main thread only.
 */
#define DFU_TYPE_DEVICE_LIST (dfu_device_list_get_type ())
G_DECLARE_FINAL_TYPE (DfuDeviceList, dfu_device_list, DFU, DEVICE_LIST, GObject)

DfuDeviceList *dfu_device_list_new (UsbBus *bus);

UsbBus *dfu_device_list_get_bus (DfuDeviceList *self);

G_END_DECLS
