/* usb-descriptors.h: what a device says of itself, USB 2.0 section 9.6
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* bDescriptorType, USB 2.0 table 9-5 */
#define USB_DESCRIPTOR_TYPE_CONFIGURATION 0x02
#define USB_DESCRIPTOR_TYPE_STRING 0x03
#define USB_DESCRIPTOR_TYPE_INTERFACE 0x04
#define USB_DESCRIPTOR_TYPE_ENDPOINT 0x05

/**
 * UsbInterface:
 * @number: bInterfaceNumber
 * @alternate: bAlternateSetting
 * @interface_class: bInterfaceClass
 * @interface_subclass: bInterfaceSubClass
 * @interface_protocol: bInterfaceProtocol
 * @string_index: iInterface, 0 when the interface has no name
 * @extra: (nullable): the class descriptors that follow the interface descriptor, as they came
 *
 * One alternate setting of one interface. Endpoints and what follows them are not kept: every
 * request goes through the default control pipe.
 */
typedef struct {
  guint8 number;
  guint8 alternate;
  guint8 interface_class;
  guint8 interface_subclass;
  guint8 interface_protocol;
  guint8 string_index;
  GBytes *extra;
} UsbInterface;

/**
 * UsbConfiguration:
 * @value: bConfigurationValue
 * @interfaces: (element-type UsbInterface): every alternate setting, in the order of the bytes
 * @extra: (nullable): the descriptors before the first interface descriptor, as they came
 *
 * One configuration of a device. It owns its interfaces.
 */
typedef struct {
  guint8 value;
  GPtrArray *interfaces;
  GBytes *extra;
} UsbConfiguration;

UsbConfiguration *usb_configuration_parse (const guint8 *data, gsize length, GError **error);
void usb_configuration_free (UsbConfiguration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbConfiguration, usb_configuration_free)

GBytes *usb_interface_find_descriptor (const UsbInterface *self, guint8 descriptor_type);

G_END_DECLS
