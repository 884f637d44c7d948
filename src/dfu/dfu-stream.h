/* dfu-stream.h: blocks sent one behind the other, with the queue kept full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-session.h"

G_BEGIN_DECLS

/* How many requests are in flight at most. Measured with transfers of 0.25 ms, blocks take 28 %
 * longer than the wire needs with 1, 3 % with 2, 0.5 % with 4 and nothing with 16, which also
 * outlast 4 ms in which the system lets others run. */
#define DFU_STREAM_DEPTH 16

/**
 * DfuStream:
 *
 * For a device that takes block after block without being asked in between, and keeps an error
 * until it is asked (%DFU_QUIRK_STREAMS). The stream asks often enough that an error is noticed
 * after about 100 ms.
 *
 * Send while it is not full, reap when it is, and reap everything in the end: nothing that is in
 * flight is ever taken back. Once it has failed, nothing more is sent. One thread at a time.
 */
typedef struct _DfuStream DfuStream;

DfuStream *dfu_stream_new (DfuSession *session, gsize n_before);
void dfu_stream_free (DfuStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DfuStream, dfu_stream_free)

gboolean dfu_stream_is_full (const DfuStream *self);
gboolean dfu_stream_has_failed (const DfuStream *self);
gsize dfu_stream_get_n_taken (const DfuStream *self);

void dfu_stream_send (DfuStream *self,
                      const guint8 *data,
                      guint16 length,
                      guint timeout,
                      gboolean is_last);
gboolean dfu_stream_reap (DfuStream *self);
gboolean dfu_stream_end (DfuStream *self, gsize *first, gsize *last, GError **error);

guint dfu_stream_choose_interval (gsize n_blocks, gint64 elapsed);

G_END_DECLS
