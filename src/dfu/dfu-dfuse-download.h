/* dfu-dfuse-download.h: erasing and writing by plan, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-dfuse-plan.h"
#include "dfu-dfuse.h"

G_BEGIN_DECLS

/**
 * DfuDfuseProgress:
 * @bytes_done: how many bytes were erased or written
 * @user_data: data of the caller
 *
 * Called after every sector or block, and once with 0 just before the first, in the thread of the
 * download.
 */
typedef void (*DfuDfuseProgress) (guint64 bytes_done, gpointer user_data);

/**
 * DfuDfuseDownload:
 * @dfuse: what to talk to
 * @plan: what to do
 * @alternate: the present alternate setting
 * @transfer_size: bytes a block
 * @progress: called after every sector or block
 * @user_data: data for @progress
 *
 * What a download needs. Borrows everything.
 */
typedef struct {
  DfuDfuse dfuse;
  const DfuDfusePlan *plan;
  guint8 alternate;
  guint16 transfer_size;
  DfuDfuseProgress progress;
  gpointer user_data;
} DfuDfuseDownload;

gboolean
dfu_dfuse_download_erase (DfuDfuseDownload *self, GCancellable *cancellable, GError **error);
gboolean
dfu_dfuse_download_mass_erase (DfuDfuseDownload *self, GCancellable *cancellable, GError **error);
gboolean
dfu_dfuse_download_write (DfuDfuseDownload *self, GCancellable *cancellable, GError **error);
gboolean dfu_dfuse_number_block (gsize number, guint16 *block_number);
gboolean dfu_dfuse_download_select (DfuDfuseDownload *self, guint8 alternate, GError **error);

G_END_DECLS
