/* cli-operation.c: work on a board, on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-operation.h"

#include <glib/gi18n.h>

#include "cli-interrupt.h"
#include "cli-print.h"
#include "cli-progress.h"

typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  DfuOperation *operation;
  gboolean is_good;
  GError *error;
} Run;

static gboolean
interrupt_cb (gpointer user_data)
{
  Run *self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    g_printerr ("\n%s\n", _ ("Stopping as soon as the board can be left clean…"));
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Run *self = user_data;

  self->is_good = dfu_operation_run_finish (DFU_OPERATION (object), result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
run_to_the_end (Run *self)
{
  g_autoptr (CliProgress) progress = cli_progress_new (self->operation);
  /* Nothing may end the program while the board works on a request: it might never answer again. */
  g_autoptr (CliInterrupt) interrupt = cli_interrupt_new (interrupt_cb, self);

  dfu_operation_run_async (self->operation, self->cancellable, run_cb, self);
  g_main_loop_run (self->loop);

  cli_progress_end (progress);
}

static void
print_log (DfuOperation *operation)
{
  g_autofree char *log = dfu_log_dup_text (dfu_operation_get_log (operation));

  g_printerr ("%s", log);
}

/* The only file of an operation is the one that it writes. */
static CliExit
find_exit (const GError *error)
{
  if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED)
    return CLI_EXIT_FAILURE;

  return cli_exit_from_error (error);
}

static CliExit
tell_failure (DfuOperation *operation, const GError *error)
{
  const DfuProgress progress = dfu_operation_get_progress (operation);
  const CliExit status = find_exit (error);
  g_autoptr (WordingMessage) message = wording_message_new_for_job (error, &progress);

  cli_print_failure (status == CLI_EXIT_CANCELLED ? _ ("Cancelled") : _ ("Failed"), message);
  return status;
}

/**
 * cli_operation_run:
 * @operation: an operation that has not run
 * @verbose: whether to print its log on standard error in the end
 *
 * Runs it, with its progress on standard output, and says on standard error what went wrong. A
 * signal cancels it instead of ending the program.
 *
 * Returns: the exit status
 */
CliExit
cli_operation_run (DfuOperation *operation, gboolean verbose)
{
  Run run = { .loop = g_main_loop_new (NULL, FALSE),
              .cancellable = g_cancellable_new (),
              .operation = operation };
  CliExit status = CLI_EXIT_SUCCESS;

  run_to_the_end (&run);

  if (verbose)
    print_log (operation);
  if (!run.is_good)
    status = tell_failure (operation, run.error);

  g_clear_error (&run.error);
  g_object_unref (run.cancellable);
  g_main_loop_unref (run.loop);
  return status;
}

/* More patience with every answer, but less only while the board is away: whoever gives up on a
 * board that is erasing may leave it stuck. */
static DfuTimeouts
get_timeouts (int seconds)
{
  const guint patience = (guint) seconds * 1000;
  DfuTimeouts timeouts = dfu_timeouts_default;

  if (seconds == 0)
    return timeouts;

  timeouts.request = MAX (timeouts.request, patience);
  timeouts.download = MAX (timeouts.download, patience);
  timeouts.manifest = MAX (timeouts.manifest, patience);
  timeouts.mass_erase = MAX (timeouts.mass_erase, patience);
  timeouts.comeback = patience;
  return timeouts;
}

/**
 * cli_operation_parse_timeout:
 * @seconds: what was given with --timeout, 0 for nothing
 * @timeouts: (out caller-allocates): the upper bounds of waiting
 *
 * Returns: whether that is possible; if not, standard error says so
 */
gboolean
cli_operation_parse_timeout (int seconds, DfuTimeouts *timeouts)
{
  if (seconds < 0 || seconds > G_MAXINT / 1000) {
    g_printerr ("%s\n", _ ("The time-out must be a number of seconds."));
    return FALSE;
  }

  *timeouts = get_timeouts (seconds);
  return TRUE;
}
