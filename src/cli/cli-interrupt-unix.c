/* cli-interrupt-unix.c: being asked to stop, by signals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-interrupt.h"

#include <glib-unix.h>
#include <signal.h>

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };

struct _CliInterrupt {
  guint signal_ids[G_N_ELEMENTS (stop_signals)];
};

/* As "nohup" does it, for work that shall outlive the terminal. */
static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/**
 * cli_interrupt_outlive_reader:
 *
 * From now on whoever reads the output may leave before the end: "bootlace-cli flash dfu.bin |
 * head".
 */
void
cli_interrupt_outlive_reader (void)
{
  signal (SIGPIPE, SIG_IGN);
}

/**
 * cli_interrupt_new:
 * @func: called on the main context each time that the program is asked to stop; should return
 *   %G_SOURCE_CONTINUE
 * @user_data: data for @func
 *
 * Begins to listen. Does what cli_interrupt_outlive_reader() does, too.
 *
 * Returns: (transfer full): what listens
 */
CliInterrupt *
cli_interrupt_new (GSourceFunc func, gpointer user_data)
{
  CliInterrupt *self = g_new0 (CliInterrupt, 1);

  cli_interrupt_outlive_reader ();

  for (gsize i = 0; i < G_N_ELEMENTS (stop_signals); i++) {
    if (stop_signals[i] != SIGHUP || !is_ignored (SIGHUP))
      self->signal_ids[i] = g_unix_signal_add (stop_signals[i], func, user_data);
  }

  return self;
}

/**
 * cli_interrupt_free:
 * @self: (transfer full): what listens
 *
 * Has the program be ended again as any other.
 */
void
cli_interrupt_free (CliInterrupt *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);

  g_free (self);
}
