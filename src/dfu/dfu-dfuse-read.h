/* dfu-dfuse-read.h: what a DfuSe device holds, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-dfuse-plan.h"
#include "dfu-dfuse.h"
#include "dfu-upload.h"

G_BEGIN_DECLS

gboolean dfu_dfuse_read (const DfuDfuse *self,
                         guint16 transfer_size,
                         guint32 address,
                         guint64 size,
                         DfuUploadSink sink,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);
gboolean dfu_dfuse_can_compare (const DfuDfuseRun *run, const DfuMemories *memories);
gboolean dfu_dfuse_compare (const DfuDfuse *self,
                            guint16 transfer_size,
                            const DfuDfuseRun *run,
                            DfuUploadSink watch,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
