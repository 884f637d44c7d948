/* cli-flash.c: bootlace-cli flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "cli-command.h"
#include "cli-consent.h"
#include "cli-devices.h"
#include "cli-file.h"
#include "cli-print.h"
#include "cli-progress.h"
#include "dfu-upgrade.h"

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };

typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  DfuOperation *operation;
  guint signal_ids[G_N_ELEMENTS (stop_signals)];
  gboolean written;
  GError *error;
} Flash;

static gboolean
signal_cb (gpointer user_data)
{
  Flash *self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    g_printerr ("\n%s\n", _ ("Stopping as soon as the board can be left clean…"));
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_CONTINUE;
}

/* As "nohup" does it, for work that shall outlive the terminal. */
static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* Nothing may end the program while the board works on a request: it might never answer again. */
static void
watch_signals (Flash *self)
{
  /* Whoever reads the output may leave before the end: "bootlace-cli flash dfu.bin | head". */
  signal (SIGPIPE, SIG_IGN);

  for (gsize i = 0; i < G_N_ELEMENTS (stop_signals); i++) {
    if (stop_signals[i] != SIGHUP || !is_ignored (SIGHUP))
      self->signal_ids[i] = g_unix_signal_add (stop_signals[i], signal_cb, self);
  }
}

static void
unwatch_signals (Flash *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Flash *self = user_data;

  self->written = dfu_operation_run_finish (DFU_OPERATION (object), result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
run_to_the_end (Flash *self)
{
  g_autoptr (CliProgress) progress = cli_progress_new (self->operation);

  watch_signals (self);
  dfu_operation_run_async (self->operation, self->cancellable, run_cb, self);
  g_main_loop_run (self->loop);

  cli_progress_end (progress);
  unwatch_signals (self);
}

static CliExit
tell_success (Flash *self)
{
  if (dfu_operation_get_progress (self->operation).outcome == DFU_OUTCOME_VERIFIED) {
    g_print ("%s\n", _ ("Written and verified"));
    g_print ("%s\n", _ ("Press RESET on the board to start it."));
  } else {
    g_print ("%s\n", _ ("Written"));
    g_print ("%s\n",
             _ ("The board reported no error, but it cannot check what was written. If it does "
                "not start by itself, press RESET on it."));
  }

  return CLI_EXIT_SUCCESS;
}

static CliExit
tell_failure (Flash *self)
{
  const DfuProgress progress = dfu_operation_get_progress (self->operation);
  const CliExit status = cli_exit_from_error (self->error);
  g_autoptr (WordingMessage) message =
    wording_message_new_for_job (self->error, progress.reached, progress.flash_touched);

  cli_print_failure (status == CLI_EXIT_CANCELLED ? _ ("Cancelled") : _ ("Failed"), message);
  return status;
}

static CliExit
flash (DfuUpgrade *upgrade, gboolean verbose)
{
  Flash self = { .loop = g_main_loop_new (NULL, FALSE),
                 .cancellable = g_cancellable_new (),
                 .operation = DFU_OPERATION (upgrade) };
  CliExit status;

  run_to_the_end (&self);

  if (verbose) {
    g_autofree char *log = dfu_log_dup_text (dfu_operation_get_log (self.operation));

    g_printerr ("%s", log);
  }

  status = self.written ? tell_success (&self) : tell_failure (&self);

  g_clear_error (&self.error);
  g_object_unref (self.cancellable);
  g_main_loop_unref (self.loop);
  return status;
}

/* More patience with every answer, but less only while the board is away: whoever gives up on a
 * board that is erasing may leave it stuck. */
static void
set_patience (DfuUpgrade *upgrade, int seconds)
{
  const guint patience = (guint) seconds * 1000;
  DfuTimeouts timeouts = dfu_timeouts_default;

  if (seconds == 0)
    return;

  timeouts.request = MAX (timeouts.request, patience);
  timeouts.download = MAX (timeouts.download, patience);
  timeouts.manifest = MAX (timeouts.manifest, patience);
  timeouts.comeback = patience;
  dfu_upgrade_set_timeouts (upgrade, &timeouts);
}

static CliExit
run (int argc, char **argv)
{
  g_autofree char *port_path = NULL;
  int timeout = 0;
  gboolean status_every_block = FALSE;
  gboolean verbose = FALSE;
  gboolean accepted = FALSE;
  const GOptionEntry entries[] = {
    { "path", 'p', 0, G_OPTION_ARG_STRING, &port_path, N_ ("The board at this USB port"), "1-10" },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &timeout,
      N_ ("Wait this long for the board to come back, and no less for any answer"),
      N_ ("SECONDS") },
    { "status-every-block", 0, 0, G_OPTION_ARG_NONE, &status_every_block,
      N_ ("Ask the board after every block whether all is well"), NULL },
    { "accept-warnings", 0, 0, G_OPTION_ARG_NONE, &accepted,
      N_ ("Write it although there are warnings about it"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, N_ ("Print the log of what was done"), NULL },
    { 0 },
  };
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuUpgrade) upgrade = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_flash, entries, &argc, &argv))
    return CLI_EXIT_USAGE;

  if (port_path != NULL && *port_path == '\0') {
    g_printerr ("%s\n", _ ("Name a USB port behind --path, such as 1-10."));
    return CLI_EXIT_USAGE;
  }

  if (timeout < 0 || timeout > G_MAXINT / 1000) {
    g_printerr ("%s\n", _ ("The time-out must be a number of seconds."));
    return CLI_EXIT_USAGE;
  }

  image = cli_file_load (argc, argv, &status);
  if (image == NULL)
    return status;

  status = cli_consent_check (argv[1], image);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  devices = cli_devices_new (&status);
  if (devices == NULL)
    return status;

  device = cli_devices_choose (devices, port_path, image, &status);
  if (device == NULL)
    return status;

  status = cli_consent_ask (argv[1], image, accepted);
  if (status != CLI_EXIT_SUCCESS)
    return status;

  upgrade =
    dfu_upgrade_new (dfu_device_list_get_bus (devices), dfu_device_get_usb_device (device), image);
  set_patience (upgrade, timeout);
  dfu_upgrade_set_status_every_block (upgrade, status_every_block);

  return flash (upgrade, verbose);
}

const CliCommand cli_command_flash = {
  .name = "flash",
  .arguments = "[--path PATH] FILE…",
  .summary = N_ ("write a firmware file to a board"),
  .run = run,
};
