/* bootlace-part-text.h: parts of a firmware and partitions of the flash in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

const char *bootlace_part_get_style (FirmwareSegment *segment, FirmwareImage *image);
char *bootlace_part_dup_label (FirmwareSegment *segment);
char *bootlace_part_describe (FirmwareSegment *segment);
char *bootlace_part_describe_place (FirmwareSegment *segment, FirmwareImage *image);

FirmwarePartition *bootlace_partition_find (FirmwareImage *image, guint64 address);
char *bootlace_partition_dup_label (FirmwarePartition *partition);
char *bootlace_partition_dup_contents (FirmwarePartition *partition, FirmwareImage *image);
char *bootlace_partition_describe (FirmwarePartition *partition, FirmwareImage *image);

G_END_DECLS
