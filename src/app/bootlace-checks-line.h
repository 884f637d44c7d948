/* bootlace-checks-line.h: what the checks of a firmware came to, in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-clearance.h"

G_BEGIN_DECLS

char *bootlace_checks_line_dup_text (FirmwareImage *image, BootlaceClearance *clearance);
const char *bootlace_checks_line_get_icon (FirmwareImage *image, BootlaceClearance *clearance);
const char *bootlace_checks_line_get_style (FirmwareImage *image, BootlaceClearance *clearance);

G_END_DECLS
