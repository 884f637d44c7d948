/* firmware-place.h: firmware that a person says the place of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-convert.h"

G_BEGIN_DECLS

FirmwareImage *
firmware_place (FirmwareImage *image, const char *name, gint64 address, GError **error);
FirmwareImage *
firmware_place_raw (GBytes *contents, const char *name, gint64 address, GError **error);

G_END_DECLS
