/* bootlace-part-text.h: a part of a firmware in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-segment.h"

G_BEGIN_DECLS

const char *bootlace_part_get_style (FirmwareSegment *segment);
char *bootlace_part_dup_label (FirmwareSegment *segment);
char *bootlace_part_describe (FirmwareSegment *segment);

G_END_DECLS
