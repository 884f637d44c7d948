/* usb-string.c: string descriptors, USB 2.0 section 9.6.7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-string.h"

#include "usb-descriptors.h"

#define HEADER_LENGTH 2

#define REPLACEMENT 0xfffd /* U+FFFD, the replacement character */

/* What ends a line is none, though GLib counts two of those. */
static gboolean
is_printable (gunichar character)
{
  const GUnicodeType type = g_unichar_type (character);

  return g_unichar_isprint (character) && type != G_UNICODE_LINE_SEPARATOR &&
         type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/**
 * usb_string_make_printable:
 * @text: what a device said; not always UTF-8
 *
 * Devices may say anything, and what they say is written to terminals and into lists. Bytes that
 * are no UTF-8 and everything that would move a cursor or turn the direction of writing become
 * replacement characters. Pure; any thread.
 *
 * Returns: (transfer full): text that can be shown
 */
char *
usb_string_make_printable (const char *text)
{
  g_autofree char *valid = NULL;
  GString *printable;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  printable = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (printable, is_printable (character) ? character : REPLACEMENT);
  }

  return g_string_free (printable, FALSE);
}

/**
 * usb_string_collapse_blanks:
 * @text: (transfer full) (nullable): a name
 *
 * Some devices line up the words of their names, as in “STM32  BOOTLOADER”. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): @text without blanks at its ends and with one between words
 */
char *
usb_string_collapse_blanks (char *text)
{
  char *end = text;

  if (text == NULL)
    return NULL;

  for (const char *at = g_strstrip (text); *at != '\0'; at++)
    if (*at != ' ' || at[1] != ' ')
      *end++ = *at;
  *end = '\0';

  return text;
}

/**
 * usb_string_parse:
 * @data: a string descriptor
 * @length: how many bytes there are
 *
 * Turns a string descriptor into UTF-8. Lone surrogates, other bytes that are no UTF-16 and what
 * cannot be shown become replacement characters, and the text ends at a NUL, which some devices
 * send. Pure; any thread.
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

    g_string_append_unichar (text, g_unichar_validate (unit) ? unit : REPLACEMENT);
  }

  return usb_string_make_printable (text->str);
}

/**
 * usb_string_make_setup:
 * @index: the number of the string, such as iInterface; not 0
 *
 * What is answered goes to usb_string_parse(); a device that has no such string stalls. Pure; any
 * thread.
 *
 * Returns: what asks a device for one of its strings, in American English, which every device has,
 *   and for %USB_STRING_MAX_LENGTH bytes of it
 */
UsbSetup
usb_string_make_setup (guint8 index)
{
  return (UsbSetup){ .request_type = USB_REQUEST_TYPE_IN,
                     .request = USB_REQUEST_GET_DESCRIPTOR,
                     .value = USB_DESCRIPTOR_TYPE_STRING << 8 | index,
                     .index = USB_LANGUAGE_EN_US,
                     .length = USB_STRING_MAX_LENGTH };
}
