/* dfu-poll.h: asking a busy device again, when it wants to be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-quirks.h"
#include "dfu-session.h"

G_BEGIN_DECLS

/**
 * DfuPoll:
 * @session: a session
 * @quirks: what is special about the device
 * @cancellable: (nullable): ends waiting
 * @deadline: monotonic time at which it is over, in microseconds
 * @answer_timeout: for one answer of a device that is at work inside the request, in milliseconds;
 * 0 for what the session takes
 * @n_asked: how often it was asked so far
 * @n_stalls: how often it has stalled so far
 *
 * Waiting for a device that is busy. Plain data.
 */
typedef struct {
  DfuSession *session;
  DfuQuirkFlags quirks;
  GCancellable *cancellable;
  gint64 deadline;
  guint answer_timeout;
  guint n_asked;
  guint n_stalls;
} DfuPoll;

void dfu_poll_init (DfuPoll *self,
                    DfuSession *session,
                    DfuQuirkFlags quirks,
                    guint timeout,
                    GCancellable *cancellable);

gboolean dfu_poll_again (DfuPoll *self, DfuStatus *status, GError **error);
gboolean dfu_poll_is_taking (const DfuStatus *status);
gboolean dfu_poll_until_taken (DfuPoll *self, DfuStatus *status, GError **error);

G_END_DECLS
