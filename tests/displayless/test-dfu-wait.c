/* test-dfu-wait.c: waiting for a device's own time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-wait.h"

#include <pthread.h>
#include <signal.h>

#define TIME 50              /* ms */
#define EXTREMELY_LONG 60000 /* ms */

static int n_signals; /* atomic */

static void
signal_cb (int number)
{
  g_atomic_int_inc (&n_signals);
}

static gpointer
disturb_in_thread (gpointer waiter)
{
  for (int i = 0; i < 5; i++) {
    pthread_kill (*(pthread_t *) waiter, SIGUSR1);
    while (g_atomic_int_get (&n_signals) <= i)
      g_thread_yield ();
  }

  return NULL;
}

/* As after Ctrl+Z and "fg". */
static void
test_signals (void)
{
  const struct sigaction action = { .sa_handler = signal_cb };
  const gint64 begin = g_get_monotonic_time ();
  pthread_t self = pthread_self ();
  GThread *thread;

  g_assert_cmpint (sigaction (SIGUSR1, &action, NULL), ==, 0);
  thread = g_thread_new ("disturb", disturb_in_thread, &self);
  dfu_wait (TIME, NULL);

  g_assert_cmpint (g_get_monotonic_time () - begin, >=, TIME * 1000);
  g_thread_join (thread);
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const gint64 begin = g_get_monotonic_time ();
  GThread *thread = g_thread_new ("cancel", cancel_in_thread, cancellable);

  dfu_wait (EXTREMELY_LONG, cancellable);

  g_assert_cmpint (g_get_monotonic_time () - begin, <, EXTREMELY_LONG * 1000);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/wait/signals", test_signals);
  g_test_add_func ("/dfu/wait/cancel", test_cancel);

  return g_test_run ();
}
