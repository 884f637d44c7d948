/* dfu-upload.h: what the device holds, block by block, DFU 1.1 section 6.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-log.h"
#include "dfu-session.h"

G_BEGIN_DECLS

/**
 * DfuUploadSink:
 * @offset: where the bytes lie, counted from the first that was read
 * @data: bytes of the device
 * @length: how many, at least one
 * @user_data: data of the caller
 * @error: return location for the reason why reading should end
 *
 * Called for every block in the order of their bytes, in the thread of the upload.
 *
 * Returns: whether to go on
 */
typedef gboolean (*DfuUploadSink) (guint64 offset,
                                   const guint8 *data,
                                   gsize length,
                                   gpointer user_data,
                                   GError **error);

/**
 * DfuUpload:
 * @session: a session with a device in dfuIDLE
 * @transfer_size: bytes a block
 * @first_block: wBlockNum of the first block; 0 in DFU 1.1
 * @size: how many bytes are wanted at most; more than that is neither asked for nor passed on, but
 *   for the rest of the last block
 * @block_timeout: for one block, in milliseconds
 * @streams: whether the next blocks may be asked for before the first has come; only for devices
 *   that have at least @size bytes, since they may take what is asked beyond the end amiss
 * @log: where the steps are written
 * @sink: takes the bytes
 * @user_data: data for @sink
 *
 * What an upload needs. Borrows everything.
 */
typedef struct {
  DfuSession *session;
  guint16 transfer_size;
  guint16 first_block;
  guint64 size;
  guint block_timeout;
  gboolean streams;
  DfuLog *log;
  DfuUploadSink sink;
  gpointer user_data;
} DfuUpload;

/**
 * DfuUploadEnd:
 * @size: how many bytes went into the sink
 * @is_all: whether the device ended it, by a block that was not full
 *
 * How an upload ended.
 */
typedef struct {
  guint64 size;
  gboolean is_all;
} DfuUploadEnd;

gboolean dfu_upload_run (const DfuUpload *self,
                         DfuUploadEnd *end,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
