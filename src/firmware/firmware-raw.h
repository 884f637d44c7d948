/* firmware-raw.h: bytes of no format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

gboolean firmware_raw_is_possible (GBytes *contents);
FirmwareImage *firmware_raw_read (GBytes *contents, GError **error);

G_END_DECLS
