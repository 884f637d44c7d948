/* usb-descriptors.c: what a device says of itself, USB 2.0 section 9.6
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-descriptors.h"

#include "usb-error.h"

#define HEADER_LENGTH 2        /* bLength and bDescriptorType, which begin every descriptor */
#define CONFIGURATION_LENGTH 9 /* USB 2.0 table 9-10 */
#define INTERFACE_LENGTH 9     /* USB 2.0 table 9-12 */

static void
free_interface (UsbInterface *interface)
{
  g_clear_pointer (&interface->extra, g_bytes_unref);
  g_free (interface);
}

/* Ends the run of descriptors that began at @begin, which is NULL when there is none. */
static GBytes *
take_extra (const guint8 *begin, const guint8 *end)
{
  if (begin == NULL || begin == end)
    return NULL;

  return g_bytes_new (begin, end - begin);
}

static UsbInterface *
parse_interface (const guint8 *data)
{
  UsbInterface *interface = g_new0 (UsbInterface, 1);

  interface->number = data[2];
  interface->alternate = data[3];
  interface->interface_class = data[5];
  interface->interface_subclass = data[6];
  interface->interface_protocol = data[7];
  interface->string_index = data[8];

  return interface;
}

static gboolean
check_descriptor (const guint8 *data, gsize offset, gsize length, GError **error)
{
  gsize left = length - offset;
  guint8 minimum = HEADER_LENGTH;

  if (left < HEADER_LENGTH) {
    g_set_error (error, USB_ERROR, USB_ERROR_FAILED,
                 "Configuration has a stray byte at offset %" G_GSIZE_FORMAT, offset);
    return FALSE;
  }

  if (data[offset + 1] == USB_DESCRIPTOR_TYPE_INTERFACE)
    minimum = INTERFACE_LENGTH;

  if (data[offset] < minimum || data[offset] > left) {
    g_set_error (error, USB_ERROR, USB_ERROR_FAILED,
                 "Descriptor 0x%02x at offset %" G_GSIZE_FORMAT " says it is %u bytes long, but it"
                 " must have %u to %" G_GSIZE_FORMAT,
                 data[offset + 1], offset, data[offset], minimum, left);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_header (const guint8 *data, gsize length, GError **error)
{
  gsize total;

  if (length < CONFIGURATION_LENGTH || data[0] < CONFIGURATION_LENGTH || data[0] > length ||
      data[1] != USB_DESCRIPTOR_TYPE_CONFIGURATION) {
    g_set_error_literal (error, USB_ERROR, USB_ERROR_FAILED,
                         "Configuration does not begin with a configuration descriptor");
    return FALSE;
  }

  total = data[2] | data[3] << 8;
  if (total < data[0] || total > length) {
    g_set_error (error, USB_ERROR, USB_ERROR_FAILED,
                 "Configuration says it is %" G_GSIZE_FORMAT " bytes long, but %" G_GSIZE_FORMAT
                 " came",
                 total, length);
    return FALSE;
  }

  return TRUE;
}

/**
 * usb_configuration_parse:
 * @data: a configuration descriptor and all that comes with it
 * @length: how many bytes there are
 * @error: return location for an error
 *
 * Takes a configuration apart. What is behind wTotalLength is ignored; everything before it must
 * be well formed, as a device that lies here cannot be trusted with firmware. Pure; any thread.
 *
 * Returns: (transfer full): the configuration, or %NULL with @error set
 */
UsbConfiguration *
usb_configuration_parse (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (UsbConfiguration) self = NULL;
  const guint8 *extra = NULL;
  GBytes **extra_owner;
  gsize total;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (!check_header (data, length, error))
    return NULL;

  self = g_new0 (UsbConfiguration, 1);
  self->value = data[5];
  self->interfaces = g_ptr_array_new_with_free_func ((GDestroyNotify) free_interface);
  total = data[2] | data[3] << 8;
  extra = data + data[0];
  extra_owner = &self->extra;

  for (gsize offset = data[0]; offset < total; offset += data[offset]) {
    if (!check_descriptor (data, offset, total, error))
      return NULL;

    if (data[offset + 1] == USB_DESCRIPTOR_TYPE_INTERFACE) {
      UsbInterface *interface = parse_interface (data + offset);

      if (extra_owner != NULL)
        *extra_owner = take_extra (extra, data + offset);
      g_ptr_array_add (self->interfaces, interface);
      extra = data + offset + data[offset];
      extra_owner = &interface->extra;
    } else if (data[offset + 1] == USB_DESCRIPTOR_TYPE_ENDPOINT && extra_owner != NULL) {
      /* What follows an endpoint describes the endpoint. */
      *extra_owner = take_extra (extra, data + offset);
      extra_owner = NULL;
    }
  }

  if (extra_owner != NULL)
    *extra_owner = take_extra (extra, data + total);

  return g_steal_pointer (&self);
}

/**
 * usb_configuration_free:
 * @self: (nullable) (transfer full): a configuration
 *
 * Frees @self and its interfaces.
 */
void
usb_configuration_free (UsbConfiguration *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->interfaces, g_ptr_array_unref);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_free (self);
}

/**
 * usb_interface_find_descriptor:
 * @self: an alternate setting
 * @descriptor_type: bDescriptorType
 *
 * Looks for the first class descriptor of a type. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): its bytes, beginning with bLength, or %NULL when
 *   @self has none
 */
GBytes *
usb_interface_find_descriptor (const UsbInterface *self, guint8 descriptor_type)
{
  const guint8 *data;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->extra == NULL)
    return NULL;

  data = g_bytes_get_data (self->extra, &length);

  for (gsize offset = 0; length - offset >= HEADER_LENGTH; offset += data[offset]) {
    if (data[offset] < HEADER_LENGTH || data[offset] > length - offset)
      return NULL;

    if (data[offset + 1] == descriptor_type)
      return g_bytes_new_from_bytes (self->extra, offset, data[offset]);
  }

  return NULL;
}
