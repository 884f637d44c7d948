/* firmware-esp-loose.h: files of an ESP chip's firmware that do not say where they belong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"

G_BEGIN_DECLS

FirmwareEspBuild *firmware_esp_loose_new_build (GPtrArray *names,
                                                GPtrArray *contents,
                                                const FirmwareEspChip *chip,
                                                GError **error);

gboolean firmware_esp_loose_is_present (GBytes *contents);

G_END_DECLS
