/* firmware-esp-merged.h: the flash of an ESP chip in one piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"

G_BEGIN_DECLS

gboolean firmware_esp_merged_is_present (GBytes *contents);
FirmwareEspBuild *
firmware_esp_merged_new_build (GBytes *contents, const FirmwareEspChip *chip, GError **error);

G_END_DECLS
