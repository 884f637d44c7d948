/* dfu-application.h: the application of an ESP chip, for programs that put it in their own place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-image.h"

G_BEGIN_DECLS

gboolean dfu_application_is_for (const FirmwareEspChip *chip);
GBytes *dfu_application_find (FirmwareImage *image);
gboolean dfu_application_check (GBytes *application, GError **error);
gboolean dfu_application_has_hash (GBytes *application);

G_END_DECLS
