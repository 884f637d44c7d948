/* dfu-stream.h: blocks sent one behind the other, with the queue kept full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-session.h"

G_BEGIN_DECLS

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

DfuStream *dfu_stream_new (DfuSession *session, guint timeout, gsize n_before);
void dfu_stream_free (DfuStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DfuStream, dfu_stream_free)

gboolean dfu_stream_is_full (const DfuStream *self);
gboolean dfu_stream_has_failed (const DfuStream *self);
gsize dfu_stream_get_n_taken (const DfuStream *self);

void dfu_stream_send (DfuStream *self, const guint8 *data, guint16 length, gboolean is_last);
gboolean dfu_stream_reap (DfuStream *self);
gboolean dfu_stream_end (DfuStream *self, gsize *first, gsize *last, GError **error);

guint dfu_stream_choose_interval (gsize n_blocks, gint64 elapsed);

G_END_DECLS
