/* virtual-bus-client.h: for programs that run on a virtual bus and want to tell it what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * virtual_bus_run_on:
 * @argv: the program's own arguments
 * @options: %NULL-terminated: options for virtual-bus, for example "--instant"
 *
 * Makes sure that the program runs on a virtual bus of its own: if it does not yet, it starts again
 * on one and this does not return. Call it first thing in main(), before there is any thread.
 */
void virtual_bus_run_on (char **argv, const char *const *options);

/**
 * virtual_bus_ask:
 * @error: return location for an error
 * @format: a verb and its arguments, as in printf()
 *
 * Tells the bus to do something and waits until it is done.
 *
 * Returns: (nullable): the answer, without "ok"
 */
char *virtual_bus_ask (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * virtual_bus_tell:
 * @format: a verb and its arguments, as in printf()
 *
 * As virtual_bus_ask(), for tests: what the bus refuses is the test's end.
 */
void virtual_bus_tell (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * virtual_bus_get_stat:
 * @path: a port path
 * @name: one of the names that the verb "stats" prints
 *
 * Returns: that counter
 */
guint64 virtual_bus_get_stat (const char *path, const char *name);

G_END_DECLS
