/* engine-seam.h: the engine on whatever a test puts in the place of USB, and of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-operation.h"
#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * EngineSeam:
 * @open: in the place of usb_device_open()
 * @find: the device that is there, or comes within so many milliseconds, and fits; or %NULL
 * @has_left: whether the device has left, or leaves within so many milliseconds
 * @now: what g_get_monotonic_time() answers to the engine; waiting only moves it on
 * @wait: (nullable): called when the engine begins to wait for a device's own time
 *
 * A program that is linked with engine_seam_dep runs the whole engine, operations and all, without
 * libusb, a bus or any waiting: the linker puts these in the place of what the engine calls.
 */
typedef struct {
  UsbPipe *(*open) (UsbDevice *device, GError **error);
  UsbDevice *(*find) (UsbDeviceMatch match, gpointer user_data, guint timeout);
  gboolean (*has_left) (UsbDevice *device, guint timeout);
  gint64 now;
  void (*wait) (void);
} EngineSeam;

extern EngineSeam engine_seam;

UsbBus *engine_seam_new_bus (void);
void engine_seam_forget_news (DfuOperation *operation);

G_END_DECLS
