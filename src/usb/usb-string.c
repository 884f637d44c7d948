/* usb-string.c: string descriptors, USB 2.0 section 9.6.7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-string.h"

#include "usb-descriptors.h"

#define HEADER_LENGTH 2
#define MAX_LENGTH 255
#define REQUEST_GET_DESCRIPTOR 0x06 /* USB 2.0 table 9-4 */

#define TIMEOUT 1000 /* ms */

/**
 * usb_string_parse:
 * @data: a string descriptor
 * @length: how many bytes there are
 *
 * Turns a string descriptor into UTF-8. Lone surrogates and other bytes that are no UTF-16 become
 * replacement characters, and the text ends at a NUL, which some devices send. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL when @data is no string descriptor
 */
char *
usb_string_parse (const guint8 *data, gsize length)
{
  g_autoptr (GString) text = NULL;
  gsize end;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (length < HEADER_LENGTH || data[0] < HEADER_LENGTH || data[1] != USB_DESCRIPTOR_TYPE_STRING)
    return NULL;

  text = g_string_new (NULL);
  end = MIN (data[0], length);

  for (gsize i = HEADER_LENGTH; i + 1 < end; i += 2) {
    gunichar unit = data[i] | data[i + 1] << 8;

    if (unit == 0)
      break;

    if (unit >= 0xd800 && unit < 0xdc00 && i + 3 < end && (data[i + 3] & 0xfc) == 0xdc) {
      gunichar low = data[i + 2] | data[i + 3] << 8;

      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      i += 2;
    }

    g_string_append_unichar (text, g_unichar_validate (unit) ? unit : 0xfffd);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * usb_string_read:
 * @pipe: a pipe without transfers in flight
 * @index: the number of the string, such as iInterface; not 0
 * @error: return location for an error
 *
 * Asks the device for one of its strings, in American English, which every device has. Blocks for
 * at most a second; the pipe's thread.
 *
 * Returns: (transfer full): the text, or %NULL with @error set; %USB_ERROR_STALL when the device
 *   has no such string
 */
char *
usb_string_read (UsbPipe *pipe, guint8 index, GError **error)
{
  guint8 data[MAX_LENGTH] = { 0 };
  UsbSetup setup = { 0 };
  gssize length;
  char *text;

  g_return_val_if_fail (USB_IS_PIPE (pipe), NULL);
  g_return_val_if_fail (index != 0, NULL);

  setup.request_type = USB_REQUEST_TYPE_IN;
  setup.request = REQUEST_GET_DESCRIPTOR;
  setup.value = USB_DESCRIPTOR_TYPE_STRING << 8 | index;
  setup.index = USB_LANGUAGE_EN_US;
  setup.length = sizeof data;

  length = usb_pipe_control (pipe, &setup, data, TIMEOUT, error);
  if (length < 0)
    return NULL;

  text = usb_string_parse (data, length);
  if (text == NULL)
    g_set_error (error, USB_ERROR, USB_ERROR_FAILED, "String %u is not a string descriptor", index);

  return text;
}
