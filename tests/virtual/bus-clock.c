/* bus-clock.c: timers of a microsecond's resolution for a main context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct _BusClock {
  int fd;
  GSource *source;
  GQueue timers; /* BusTimer, the earliest first */
};

struct _BusTimer {
  BusClock *clock;
  gint64 at_us;
  BusTimerFunc func;
  gpointer user_data;
};

static void
arm (BusClock *self)
{
  const BusTimer *first = g_queue_peek_head (&self->timers);
  struct itimerspec when = { 0 };

  if (first != NULL) {
    gint64 at_us = MAX (first->at_us, 1);

    when.it_value.tv_sec = at_us / G_USEC_PER_SEC;
    when.it_value.tv_nsec = at_us % G_USEC_PER_SEC * 1000;
  }

  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME, &when, NULL) < 0)
    g_error ("Cannot set the bus's timer: %s", g_strerror (errno));
}

static gint
compare_timers (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 first = ((const BusTimer *) a)->at_us;
  gint64 second = ((const BusTimer *) b)->at_us;

  return (first > second) - (first < second);
}

static gboolean
fire_cb (int fd, GIOCondition condition, gpointer user_data)
{
  BusClock *self = user_data;
  guint64 n_expirations;
  BusTimer *timer;

  /* Only to make the descriptor quiet; a timer set anew has nothing to read. */
  if (read (fd, &n_expirations, sizeof n_expirations) < 0 && errno != EAGAIN)
    g_error ("Cannot read the bus's timer: %s", g_strerror (errno));

  while ((timer = g_queue_peek_head (&self->timers)) != NULL &&
         timer->at_us <= g_get_monotonic_time ()) {
    g_queue_pop_head (&self->timers);
    timer->func (timer->user_data);
    g_free (timer);
  }

  arm (self);

  return G_SOURCE_CONTINUE;
}

BusClock *
bus_clock_new (GMainContext *context)
{
  BusClock *self = g_new0 (BusClock, 1);

  self->fd = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->fd < 0)
    g_error ("Cannot create the bus's timer: %s", g_strerror (errno));

  g_queue_init (&self->timers);
  self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_callback (self->source, G_SOURCE_FUNC (fire_cb), self, NULL);
  g_source_attach (self->source, context);

  return self;
}

void
bus_clock_free (BusClock *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_queue_clear_full (&self->timers, g_free);
  close (self->fd);
  g_free (self);
}

BusTimer *
bus_clock_add (BusClock *self, gint64 at_us, BusTimerFunc func, gpointer user_data)
{
  BusTimer *timer = g_new (BusTimer, 1);

  *timer = (BusTimer){ self, at_us, func, user_data };
  g_queue_insert_sorted (&self->timers, timer, compare_timers, NULL);
  if (g_queue_peek_head (&self->timers) == timer)
    arm (self);

  return timer;
}

void
bus_timer_cancel (BusTimer *self)
{
  BusClock *clock = self->clock;

  g_queue_remove (&clock->timers, self);
  g_free (self);
  arm (clock);
}
