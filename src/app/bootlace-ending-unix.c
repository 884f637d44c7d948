/* bootlace-ending-unix.c: being asked to end, by signals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-ending.h"

#include <glib-unix.h>
#include <signal.h>

/* The terminal, the session, and the terminal's going away. */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

struct _BootlaceEnding {
  guint ids[G_N_ELEMENTS (signals)];
};

/**
 * bootlace_ending_new:
 * @func: what to do, on the main context, as often as the program is asked; returns
 *   %G_SOURCE_CONTINUE
 * @user_data: data for @func
 *
 * Returns: (transfer full): what listens
 */
BootlaceEnding *
bootlace_ending_new (GSourceFunc func, gpointer user_data)
{
  BootlaceEnding *self = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (BootlaceEnding, 1);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    self->ids[i] = g_unix_signal_add (signals[i], func, user_data);

  return self;
}

/**
 * bootlace_ending_free:
 * @self: what listens
 */
void
bootlace_ending_free (BootlaceEnding *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (self->ids[i]);
  g_free (self);
}
