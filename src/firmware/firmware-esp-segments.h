/* firmware-esp-segments.h: from the parts of an ESP archive to segments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-checks.h"

G_BEGIN_DECLS

void firmware_esp_segments_add (FirmwareEspContext *context, GArray *parts);

G_END_DECLS
