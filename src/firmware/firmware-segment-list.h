/* firmware-segment-list.h: the segments of an image, for any number of threads at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "firmware-segment.h"

G_BEGIN_DECLS

/**
 * FirmwareSegmentList:
 *
 * A #GListModel of #FirmwareSegment. A #GListStore remembers where it was asked last, so two
 * threads may not read it at once; this list may be read by any, once it is filled.
 */
#define FIRMWARE_TYPE_SEGMENT_LIST (firmware_segment_list_get_type ())
G_DECLARE_FINAL_TYPE (FirmwareSegmentList, firmware_segment_list, FIRMWARE, SEGMENT_LIST, GObject)

FirmwareSegmentList *firmware_segment_list_new (void);
void firmware_segment_list_add (FirmwareSegmentList *self, FirmwareSegment *segment);
guint64 firmware_segment_list_get_total_size (FirmwareSegmentList *self);

G_END_DECLS
