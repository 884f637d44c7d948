/* dfu-dfuse-contents.h: all or some of what a memory of a DfuSe device holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-contents.h"
#include "dfu-dfuse.h"
#include "dfu-memories.h"
#include "dfu-upload.h"
#include "dfu-visit.h"

G_BEGIN_DECLS

DfuDfuse dfu_dfuse_new_from_visit (const DfuVisit *visit);
guint64 dfu_dfuse_find_readable (const DfuMemoryLayout *layout, guint32 *address);
guint64 dfu_dfuse_find_readable_from (const DfuMemoryLayout *layout, guint32 address);
gboolean dfu_dfuse_contents_feed (DfuVisit *visit,
                                  const DfuContentsRange *range,
                                  DfuUploadSink sink,
                                  gpointer user_data,
                                  DfuUploadEnd *end,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
