/* dfu-interface.c: the DFU interface of a USB device, DFU 1.1 sections 4.1 and 4.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-interface.h"

#include "dfu-quirks.h"

/* DFU 1.1 table 4.1: "Application Specific Class", "Device Firmware Upgrade". */
#define INTERFACE_CLASS 0xfe
#define INTERFACE_SUBCLASS 0x01

/* Not in the specification, but some DfuSe bootloaders have it: the DSO Nano's (source: dfu-util).
 */
#define PROTOCOL_NONE 0x00

static gboolean
is_dfu (const UsbInterface *interface)
{
  return interface->interface_class == INTERFACE_CLASS &&
         interface->interface_subclass == INTERFACE_SUBCLASS &&
         (interface->interface_protocol == PROTOCOL_NONE ||
          interface->interface_protocol == DFU_MODE_RUNTIME ||
          interface->interface_protocol == DFU_MODE_DFU);
}

/* The descriptor follows the last alternate setting, or each of them; so any one will do. */
static gboolean
find_descriptor (DfuInterface *self, const UsbConfiguration *configuration)
{
  for (guint i = 0; i < configuration->interfaces->len; i++) {
    const UsbInterface *interface = g_ptr_array_index (configuration->interfaces, i);
    g_autoptr (GBytes) bytes = NULL;

    if (!dfu_interface_has_alternate (self, interface))
      continue;

    bytes = usb_interface_find_descriptor (interface, DFU_FUNCTIONAL_DESCRIPTOR_TYPE);
    if (bytes != NULL &&
        dfu_functional_descriptor_parse (&self->descriptor, g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes), NULL))
      return TRUE;
  }

  return FALSE;
}

/* Some devices say something else of themselves than what they do. */
static gboolean
correct (DfuInterface *self, UsbDevice *device)
{
  const DfuQuirkFlags quirks = dfu_quirks_find_device (device);

  if ((quirks & DFU_QUIRK_PLAIN) != 0)
    self->descriptor.version = DFU_VERSION_1_1;

  if ((quirks & DFU_QUIRK_NO_UPLOAD) != 0)
    self->descriptor.can_upload = FALSE;

  if ((quirks & DFU_QUIRK_DFU_MODE) != 0 ||
      (self->mode == PROTOCOL_NONE && dfu_interface_takes_addresses (self)))
    self->mode = DFU_MODE_DFU;

  return self->mode != PROTOCOL_NONE;
}

static void
take (DfuInterface *self, const UsbInterface *interface)
{
  if (self->n_alternates > 0) {
    self->n_alternates += self->n_alternates < G_MAXUINT8;
    return;
  }

  self->n_alternates = 1;
  self->number = interface->number;
  self->alternate = interface->alternate;
  self->string_index = interface->string_index;
  self->protocol = interface->interface_protocol;
  self->mode = interface->interface_protocol;
}

static gboolean
is_first_of_number (const UsbConfiguration *configuration, guint index, const DfuInterface *self)
{
  const UsbInterface *interface = g_ptr_array_index (configuration->interfaces, index);

  for (guint i = 0; i < index; i++) {
    const UsbInterface *earlier = g_ptr_array_index (configuration->interfaces, i);

    if (earlier->number == interface->number && dfu_interface_is_like (self, earlier))
      return FALSE;
  }

  return dfu_interface_is_like (self, interface);
}

static void
count_interfaces (DfuInterface *self, const UsbConfiguration *configuration)
{
  for (guint i = 0; i < configuration->interfaces->len; i++)
    if (self->n_interfaces < G_MAXUINT8 && is_first_of_number (configuration, i, self))
      self->n_interfaces++;
}

static gboolean
find (DfuInterface *self, UsbDevice *device, const guint8 *number)
{
  const UsbConfiguration *configuration = usb_device_get_configuration (device);

  if (configuration == NULL)
    return FALSE;

  *self = (DfuInterface){ 0 };

  for (guint i = 0; i < configuration->interfaces->len; i++) {
    const UsbInterface *interface = g_ptr_array_index (configuration->interfaces, i);

    if (!is_dfu (interface) || (number != NULL && interface->number != *number) ||
        (self->n_alternates > 0 && interface->number != self->number))
      continue;

    take (self, interface);
  }

  count_interfaces (self, configuration);
  return self->n_alternates > 0 && find_descriptor (self, configuration) && correct (self, device);
}

/**
 * dfu_interface_find:
 * @self: (out caller-allocates): the interface
 * @device: a USB device
 *
 * Looks for the first DFU interface with a valid functional descriptor in the device's active
 * configuration. Asks the device nothing. Any thread.
 *
 * Returns: whether @device speaks DFU
 */
gboolean
dfu_interface_find (DfuInterface *self, UsbDevice *device)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (USB_IS_DEVICE (device), FALSE);

  return find (self, device, NULL);
}

/**
 * dfu_interface_find_number:
 * @self: (out caller-allocates): the interface
 * @device: a USB device
 * @number: bInterfaceNumber
 *
 * As dfu_interface_find(), for devices with several.
 *
 * Returns: whether that interface of @device speaks DFU
 */
gboolean
dfu_interface_find_number (DfuInterface *self, UsbDevice *device, guint8 number)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (USB_IS_DEVICE (device), FALSE);

  return find (self, device, &number);
}

/**
 * dfu_interface_takes_addresses:
 * @self: a DFU interface
 *
 * ST's dialect says of every block to which address it goes, and so to which memory; in plain DFU
 * that is the alternate setting that is selected.
 *
 * Returns: whether it speaks DfuSe
 */
gboolean
dfu_interface_takes_addresses (const DfuInterface *self)
{
  return self->descriptor.version == DFU_VERSION_DFUSE;
}

/**
 * dfu_interface_is_like:
 * @self: a DFU interface
 * @interface: an alternate setting of some interface of the same device
 *
 * Returns: whether @interface speaks DFU in the same mode; those of @self do
 */
gboolean
dfu_interface_is_like (const DfuInterface *self, const UsbInterface *interface)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (interface != NULL, FALSE);

  return dfu_interface_has_alternate (self, interface) ||
         (is_dfu (interface) && interface->interface_protocol == self->protocol);
}

/**
 * dfu_interface_has_alternate:
 * @self: a DFU interface
 * @interface: an alternate setting of some interface of the same device
 *
 * Returns: whether @interface is one of the alternate settings (for people: memories) of @self
 */
gboolean
dfu_interface_has_alternate (const DfuInterface *self, const UsbInterface *interface)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (interface != NULL, FALSE);

  return interface->number == self->number && is_dfu (interface);
}
