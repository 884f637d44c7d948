/* usb-watch.h: a thread that knows what is connected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * UsbWatch:
 *
 * The half of #UsbBus that lives outside the main thread. It follows libusb's hotplug events, or
 * looks again and again in a fresh context where there are none, since a context of libusb that
 * gets no events never learns of a new device.
 *
 * All changes are made by one thread, "usb-events", so that events and looks cannot get into each
 * other's way. The functions may be called from any thread. A watch that looks only once has no
 * such thread.
 */
typedef struct _UsbWatch UsbWatch;

/**
 * UsbWatchFunc:
 * @user_data: data of the owner
 *
 * Called in the thread of the watch after devices came or left or their permissions changed,
 * with nothing locked.
 */
typedef void (*UsbWatchFunc) (gpointer user_data);

/**
 * UsbWatchMode:
 * @USB_WATCH_MODE_EVENTS: follow by events where there are any
 * @USB_WATCH_MODE_POLLING: follow by looking, even where there are events
 * @USB_WATCH_MODE_ONCE: look once
 */
typedef enum {
  USB_WATCH_MODE_EVENTS,
  USB_WATCH_MODE_POLLING,
  USB_WATCH_MODE_ONCE
} UsbWatchMode;

UsbWatch *usb_watch_new (UsbWatchMode mode, UsbWatchFunc func, gpointer user_data, GError **error);
void usb_watch_free (UsbWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbWatch, usb_watch_free)

gboolean usb_watch_has_hotplug (UsbWatch *self);
GPtrArray *usb_watch_list_devices (UsbWatch *self);

void usb_watch_rescan (UsbWatch *self);
UsbDevice *usb_watch_wait_for_device (UsbWatch *self,
                                      UsbDeviceMatch match,
                                      gpointer user_data,
                                      guint timeout,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean usb_watch_wait_for_departure (UsbWatch *self, UsbDevice *device, guint timeout);

G_END_DECLS
