/* dfu-interface.h: the DFU interface of a USB device, DFU 1.1 sections 4.1 and 4.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-enums.h"
#include "dfu-functional-descriptor.h"
#include "usb-device.h"

G_BEGIN_DECLS

/**
 * DfuInterface:
 * @number: bInterfaceNumber
 * @alternate: bAlternateSetting of the first DFU alternate setting
 * @n_alternates: how many DFU alternate settings the interface has
 * @n_interfaces: how many interfaces of the device speak DFU in the same mode
 * @string_index: iInterface of @alternate, 0 when it has no name
 * @protocol: bInterfaceProtocol
 * @mode: the same, or the truth where that is known to lie
 * @descriptor: the functional descriptor
 *
 * Plain data; copy it freely.
 */
typedef struct {
  guint8 number;
  guint8 alternate;
  guint8 n_alternates;
  guint8 n_interfaces;
  guint8 string_index;
  guint8 protocol;
  DfuMode mode;
  DfuFunctionalDescriptor descriptor;
} DfuInterface;

gboolean dfu_interface_find (DfuInterface *self, UsbDevice *device);
gboolean dfu_interface_find_number (DfuInterface *self, UsbDevice *device, guint8 number);
gboolean dfu_interface_takes_addresses (const DfuInterface *self);
gboolean dfu_interface_is_like (const DfuInterface *self, const UsbInterface *interface);
gboolean dfu_interface_has_alternate (const DfuInterface *self, const UsbInterface *interface);

G_END_DECLS
