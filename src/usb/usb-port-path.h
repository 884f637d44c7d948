/* usb-port-path.h: where devices are plugged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int usb_port_path_compare (const char *a, const char *b);

G_END_DECLS
