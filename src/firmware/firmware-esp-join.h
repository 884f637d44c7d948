/* firmware-esp-join.h: joins parts that were cut only for hosts that do not wait for an erase
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

GBytes *firmware_esp_join_payload (GBytes *payload);
FirmwareImage *firmware_esp_join (FirmwareImage *image);

G_END_DECLS
