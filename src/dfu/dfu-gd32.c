/* dfu-gd32.c: what GigaDevice's ROM says of itself, set right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both come from dfu-util and the makers' fork of it: the GD32VF103's serial number is a part of
 * its name, such as "3CBJ", sent as bytes where USB wants characters of two bytes each; and early
 * ROMs tell of pages twice as large and a flash eight times as large as the chip's.
 */

#include "dfu-gd32.h"

#include <string.h>

#define NAME_LENGTH 4

/**
 * dfu_gd32_decode_serial:
 * @serial: (nullable): the serial number as USB reads it
 *
 * Returns: (transfer full) (nullable): the bytes that were sent, when these are all letters and
 *   digits
 */
char *
dfu_gd32_decode_serial (const char *serial)
{
  g_autoptr (GString) bytes = NULL;

  if (serial == NULL || !g_utf8_validate (serial, -1, NULL))
    return NULL;

  bytes = g_string_new (NULL);
  for (const char *at = serial; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar unit = g_utf8_get_char (at);

    if (unit > 0xffff || !g_ascii_isalnum (unit & 0xff) || !g_ascii_isalnum (unit >> 8))
      return NULL;

    g_string_append_c (bytes, (char) (unit & 0xff));
    g_string_append_c (bytes, (char) (unit >> 8));
  }

  return bytes->len > 0 ? g_string_free (g_steal_pointer (&bytes), FALSE) : NULL;
}

/* The third letter of the name is the size of the flash, as in the chip's data sheet. */
static guint
find_n_pages (char letter)
{
  switch (letter) {
  case 'B':
    return 128;
  case '8':
    return 64;
  case '6':
    return 32;
  case '4':
    return 16;
  default:
    return 0;
  }
}

/**
 * dfu_gd32_describe_flash:
 * @serial: (nullable): the serial number as USB reads it
 *
 * Returns: (transfer full) (nullable): the memory layout of a GD32VF103's flash, or %NULL when the
 *   serial number does not tell
 */
char *
dfu_gd32_describe_flash (const char *serial)
{
  g_autofree char *name = dfu_gd32_decode_serial (serial);
  guint n_pages;

  if (name == NULL || strlen (name) != NAME_LENGTH || name[0] != '3' || name[3] != 'J')
    return NULL;

  n_pages = find_n_pages (name[2]);
  return n_pages > 0 ? g_strdup_printf ("@Internal Flash  /0x08000000/%03u*001Kg", n_pages) : NULL;
}
