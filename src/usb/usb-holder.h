/* usb-holder.h: who has a device's interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-device.h"
#include "usb-error.h"

G_BEGIN_DECLS

/* What the kernel calls a program that has claimed an interface. */
#define USB_HOLDER_PROGRAM_DRIVER "usbfs"

/**
 * UsbHolder:
 * @known: whether the system tells at all; only Linux does
 * @ours: whether this process has the device open itself
 * @driver: (nullable): the kernel driver that has the interface; %USB_HOLDER_PROGRAM_DRIVER stands
 *   for a program
 * @program: (nullable): what another process that has the device open calls itself
 * @process: that process, or 0 when none can be seen
 *
 * Who has an interface. Only %USB_HOLDER_PROGRAM_DRIVER proves that a program has claimed it; a
 * program that has the device open may only have looked at it.
 */
struct _UsbHolder {
  gboolean known;
  gboolean ours;
  char *driver;
  char *program;
  guint process;
};

void usb_holder_find (UsbHolder *self, const char *root, UsbDevice *device, guint8 interface);
void usb_holder_copy (UsbHolder *self, const UsbHolder *other);
void usb_holder_clear (UsbHolder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UsbHolder, usb_holder_clear)

gboolean usb_holder_is_kernel (const UsbHolder *self);
char *usb_holder_dup_text (const UsbHolder *self);

G_END_DECLS
