/* test-check.h: what tests expect of images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *test_read_image (GBytes *contents);
FirmwareSegment *test_get_segment (FirmwareImage *image, guint number);
gboolean test_has_finding (FirmwareImage *image,
                           FirmwareFindingKind kind,
                           const char *part,
                           const char *found,
                           const char *expected);
guint test_count_findings (FirmwareImage *image, FirmwareFindingKind kind);
char *test_dup_findings (FirmwareImage *image);
void test_assert_place (const GError *error);
void test_assert_refused (GBytes *contents, int code, const char *part_of_message);

G_END_DECLS
