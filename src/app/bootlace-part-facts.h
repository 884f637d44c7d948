/* bootlace-part-facts.h: what a bootloader or an application tells of itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-part-row.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

void bootlace_part_facts_add (BootlacePartRow *row, FirmwareSegment *segment);
void bootlace_part_facts_add_md5 (BootlacePartRow *row, FirmwareSegment *segment);

G_END_DECLS
