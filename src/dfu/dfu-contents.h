/* dfu-contents.h: all or some of what a device holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-upload.h"
#include "dfu-visit.h"

G_BEGIN_DECLS

/* A device that never ends is given up after this many bytes: 64 MiB. */
#define DFU_CONTENTS_MAX (64 * 1024 * 1024)

/**
 * DfuContentsRange:
 * @has_address: whether it begins at @address, which only DfuSe knows; else where the memory does
 * @address: where it begins
 * @length: how many bytes it has at most; 0 for all that follow
 *
 * What is to be read of a memory.
 */
typedef struct {
  gboolean has_address;
  guint32 address;
  guint64 length;
} DfuContentsRange;

gboolean dfu_contents_check_readable (const DfuVisit *visit, GError **error);
guint64 dfu_contents_find_size (const DfuVisit *visit, guint64 length);
gboolean dfu_contents_feed (DfuVisit *visit,
                            const DfuContentsRange *range,
                            DfuUploadSink sink,
                            gpointer user_data,
                            DfuUploadEnd *end,
                            GCancellable *cancellable,
                            GError **error);
GBytes *dfu_contents_read (DfuVisit *visit,
                           const DfuContentsRange *range,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
