/* firmware-image-runs.h: an image of bytes that have addresses and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *
firmware_image_new_from_runs (const FirmwareFormat *format, GArray *runs, const char *chip);

G_END_DECLS
