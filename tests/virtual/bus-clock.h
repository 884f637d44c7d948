/* bus-clock.h: timers of a microsecond's resolution for a main context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GLib's own timeouts are rounded up to a millisecond; a control transfer takes a quarter of one.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BusClock BusClock;
typedef struct _BusTimer BusTimer;
typedef void (*BusTimerFunc) (gpointer user_data);

BusClock *bus_clock_new (GMainContext *context);
void bus_clock_free (BusClock *self);

/**
 * bus_clock_add:
 * @self: a clock
 * @at_us: when, in the time of g_get_monotonic_time()
 * @func: what to call; the timer is gone when it is called
 * @user_data: what to call it with
 *
 * Returns: a timer, which the clock keeps
 */
BusTimer *bus_clock_add (BusClock *self, gint64 at_us, BusTimerFunc func, gpointer user_data);
void bus_timer_cancel (BusTimer *self);

G_END_DECLS
