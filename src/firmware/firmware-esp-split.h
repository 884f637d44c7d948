/* firmware-esp-split.h: takes the bytes of a flash apart into what an archive can hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"
#include "firmware-memory.h"

G_BEGIN_DECLS

gboolean firmware_esp_split_is_flash (const FirmwareRun *runs, gsize n_runs);
FirmwareEspBuild *firmware_esp_split (const FirmwareRun *runs,
                                      gsize n_runs,
                                      const FirmwareEspChip *chip,
                                      GError **error);

G_END_DECLS
