/* dfu-wait.c: waiting for a device's own time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-wait.h"

/**
 * dfu_wait:
 * @milliseconds: how long a device asked to be left alone
 * @cancellable: (nullable): ends the wait early
 *
 * Waits, in any thread but the main one. Returns early when cancelled; the caller looks.
 */
void
dfu_wait (guint milliseconds, GCancellable *cancellable)
{
  GPollFD cancelled;
  gboolean can_poll = g_cancellable_make_pollfd (cancellable, &cancelled);

  g_poll (&cancelled, can_poll ? 1 : 0, MIN (milliseconds, G_MAXINT));

  if (can_poll)
    g_cancellable_release_fd (cancellable);
}
