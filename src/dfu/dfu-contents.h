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

gboolean dfu_contents_check_readable (const DfuVisit *visit, GError **error);
gboolean dfu_contents_feed (DfuVisit *visit,
                            guint64 length,
                            DfuUploadSink sink,
                            gpointer user_data,
                            DfuUploadEnd *end,
                            GCancellable *cancellable,
                            GError **error);
GBytes *
dfu_contents_read (DfuVisit *visit, guint64 length, GCancellable *cancellable, GError **error);

G_END_DECLS
