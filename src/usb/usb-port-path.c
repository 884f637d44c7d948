/* usb-port-path.c: where devices are plugged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-port-path.h"

/**
 * usb_port_path_compare:
 * @a: a port path
 * @b: another one
 *
 * Compares where two devices are plugged in, number by number, so that "1-2" comes before "1-10"
 * and a hub before what is plugged into it. Pure; any thread.
 *
 * Returns: less than 0, 0, or more than 0, as strcmp()
 */
int
usb_port_path_compare (const char *a, const char *b)
{
  g_return_val_if_fail (a != NULL, 0);
  g_return_val_if_fail (b != NULL, 0);

  while (*a != '\0' && *b != '\0') {
    guint64 number_a = g_ascii_strtoull (a, (char **) &a, 10);
    guint64 number_b = g_ascii_strtoull (b, (char **) &b, 10);

    if (number_a != number_b)
      return number_a < number_b ? -1 : 1;
    if (*a != '\0' && *b != '\0') {
      a++;
      b++;
    }
  }

  return (*a != '\0') - (*b != '\0');
}
