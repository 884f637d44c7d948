/* firmware-image-private.h: how a format fills an image; nobody else changes one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *
firmware_image_new (const FirmwareFormat *format, GBytes *payload, const FirmwareDfuSuffix *suffix);

void firmware_image_set_origin (FirmwareImage *self, const FirmwareFormat *origin);
void firmware_image_set_target (FirmwareImage *self, const char *chip, guint64 flash_size);
void firmware_image_set_title (FirmwareImage *self, const char *title);
void
firmware_image_set_build (FirmwareImage *self, const char *idf_version, const char *build_date);
void firmware_image_add_segment (FirmwareImage *self, FirmwareSegment *segment);
void firmware_image_add_partition (FirmwareImage *self, FirmwarePartition *partition);
void firmware_image_add_finding (FirmwareImage *self, FirmwareFinding *finding);
void firmware_image_report (FirmwareImage *self,
                            FirmwareFindingKind kind,
                            const char *part,
                            const char *found,
                            const char *expected);
void firmware_image_add_piece (FirmwareImage *self,
                               gsize offset,
                               gsize length,
                               FirmwareSegment *segment,
                               guint64 address);
void firmware_image_set_joined (FirmwareImage *self, FirmwareImage *joined);

G_END_DECLS
