/* fuzz-image.h: what must hold for whatever a reader returns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-format.h"

G_BEGIN_DECLS

void fuzz_image_check (FirmwareImage *image, GError *error);

G_END_DECLS
