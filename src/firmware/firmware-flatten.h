/* firmware-flatten.h: parts with addresses to bytes in a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FIRMWARE_FLATTEN_NO_FILL (-1)

GBytes *firmware_flatten (GListModel *segments, int fill, GError **error);

G_END_DECLS
