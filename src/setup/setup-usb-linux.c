/* setup-usb-linux.c: where this program runs, on Linux
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-usb.h"

/**
 * setup_usb_gather:
 * @self: (out caller-allocates): the facts; all but the number of devices
 * @root: what every path begins with
 *
 * Looks around.
 */
void
setup_usb_gather (SetupUsbFacts *self, const char *root)
{
  g_autofree char *nodes = g_strconcat (root, "/dev/bus/usb", NULL);

  *self = (SetupUsbFacts){ .has_nodes = g_file_test (nodes, G_FILE_TEST_IS_DIR) };
}
