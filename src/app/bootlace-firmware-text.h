/* bootlace-firmware-text.h: firmware in a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

char *bootlace_firmware_text_describe (FirmwareImage *image);

G_END_DECLS
