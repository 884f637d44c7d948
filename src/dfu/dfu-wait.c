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
  const gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);
  GPollFD cancelled;
  gboolean can_poll = g_cancellable_make_pollfd (cancellable, &cancelled);

  /* A signal ends the poll early, but a device that is asked too early may take it for an error. */
  for (gint64 left = milliseconds; left > 0; left = (end - g_get_monotonic_time () + 999) / 1000)
    if (g_poll (&cancelled, can_poll ? 1 : 0, (int) MIN (left, G_MAXINT)) > 0)
      break;

  if (can_poll)
    g_cancellable_release_fd (cancellable);
}
