/* virtual-bus-main.c: runs a command on a virtual USB bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-holder.h"
#include "control-server.h"
#include "usbfs-server.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PRELOAD_NAME "libvirtual-bus-preload.so"
#define EXIT_USAGE 2
#define EXIT_NOT_FOUND 127
#define DEFAULT_NOTICE_MS 100
#define MAX_DIRECTORY_LENGTH 60 /* sockets below it have to fit into 108 bytes */

static char **board_texts;
static char **command;
static char *control_path;
static gboolean is_instant;
static int transfer_us = 250;
static int enumeration_ms = 100;
static int notice_ms = -1; /* negative: DEFAULT_NOTICE_MS, or 0 when nothing takes time */
static int sector_erase_ms = 45;
static int block_erase_ms = 150;
static int page_program_us = 1100;
static int md5_ms_per_mib = 1000;

static const GOptionEntry entries[] = {
  { "board", 0, 0, G_OPTION_ARG_STRING_ARRAY, &board_texts, "Plug in a board", "KIND@PATH[,…]" },
  { "control", 0, 0, G_OPTION_ARG_FILENAME, &control_path, "Where to listen for verbs", "SOCKET" },
  { "instant", 0, 0, G_OPTION_ARG_NONE, &is_instant, "Nothing takes time", NULL },
  { "transfer-us", 0, 0, G_OPTION_ARG_INT, &transfer_us, "Time of a control transfer", "N" },
  { "enumeration-ms", 0, 0, G_OPTION_ARG_INT, &enumeration_ms, "From plugging to showing", "N" },
  { "notice-ms", 0, 0, G_OPTION_ARG_INT, &notice_ms, "From leaving to vanishing", "N" },
  { "sector-erase-ms", 0, 0, G_OPTION_ARG_INT, &sector_erase_ms, "Time to erase 4 KiB", "N" },
  { "block-erase-ms", 0, 0, G_OPTION_ARG_INT, &block_erase_ms, "Time to erase 64 KiB", "N" },
  { "page-program-us", 0, 0, G_OPTION_ARG_INT, &page_program_us, "Time to write 256 bytes", "N" },
  { "md5-ms-per-mib", 0, 0, G_OPTION_ARG_INT, &md5_ms_per_mib, "Time to check 1 MiB", "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &command, NULL, NULL },
  { NULL },
};

/* All that runs while the command does. */
typedef struct {
  char *directory;
  GMainLoop *loop;
  VirtualBus *bus;
  UsbfsServer *usbfs;
  ControlServer *control;
  ControlContext verbs;
  GPid child; /* 0 when there is no command, or no longer */
  int exit_status;
} Host;

static char *
make_directory (GError **error)
{
  gboolean is_short = strlen (g_get_tmp_dir ()) < MAX_DIRECTORY_LENGTH;
  char *path = g_build_filename (is_short ? g_get_tmp_dir () : "/tmp", "vbus-XXXXXX", NULL);

  if (g_mkdtemp (path) != NULL)
    return path;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot make %s: %s", path,
               g_strerror (errno));
  g_free (path);

  return NULL;
}

static char *
dup_preload_path (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = g_path_get_dirname (self);

  return g_build_filename (directory, PRELOAD_NAME, NULL);
}

/* The preload stays first in the list, and a sanitizer's runtime puts up with that. */
static char **
make_environment (Host *self)
{
  char **environment = g_get_environ ();
  g_autofree char *preload = dup_preload_path ();
  const char *before = g_environ_getenv (environment, "LD_PRELOAD");
  const char *asan = g_environ_getenv (environment, "ASAN_OPTIONS");
  g_autofree char *list =
    g_strdup_printf ("%s%s%s", preload, before != NULL ? ":" : "", before != NULL ? before : "");
  g_autofree char *asan_options =
    g_strdup_printf ("%s%sverify_asan_link_order=0", asan != NULL ? asan : "",
                     asan != NULL ? ":" : "");

  environment = g_environ_setenv (environment, "VIRTUAL_BUS_DIR", self->directory, TRUE);
  environment = g_environ_setenv (environment, "VIRTUAL_BUS_CONTROL", control_path, TRUE);
  environment = g_environ_setenv (environment, "ASAN_OPTIONS", asan_options, TRUE);

  return g_environ_setenv (environment, "LD_PRELOAD", list, TRUE);
}

static void
print_environment (char **environment)
{
  static const char *const names[] = { "VIRTUAL_BUS_DIR", "VIRTUAL_BUS_CONTROL", "ASAN_OPTIONS",
                                       "LD_PRELOAD" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *quoted = g_shell_quote (g_environ_getenv (environment, names[i]));

    g_print ("export %s=%s\n", names[i], quoted);
  }
}

static void
child_ended_cb (GPid pid, int status, gpointer user_data)
{
  Host *self = user_data;

  self->exit_status = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
  self->child = 0;
  g_main_loop_quit (self->loop);
}

/* The command decides what a signal means; without one, it is the end. */
static gboolean
forward_signal (Host *self, int number)
{
  if (self->child == 0)
    g_main_loop_quit (self->loop);
  else if (number != SIGINT || !isatty (STDIN_FILENO)) /* a terminal tells all of us */
    kill (self->child, number);

  return G_SOURCE_CONTINUE;
}

static gboolean
interrupted_cb (gpointer user_data)
{
  return forward_signal (user_data, SIGINT);
}

static gboolean
terminated_cb (gpointer user_data)
{
  return forward_signal (user_data, SIGTERM);
}

static gboolean
hung_up_cb (gpointer user_data)
{
  return forward_signal (user_data, SIGHUP);
}

static gboolean
start_bus (Host *self, GError **error)
{
  VirtualBusTiming timing = { .transfer_us = is_instant ? 0 : transfer_us };

  if (notice_ms < 0)
    notice_ms = is_instant ? 0 : DEFAULT_NOTICE_MS;
  timing.notice_us = notice_ms * 1000;

  self->bus = virtual_bus_new (self->directory, NULL, &timing);
  self->verbs.bus = self->bus;
  if (!is_instant)
    self->verbs.timing = (BoardTiming){
      .flash = { sector_erase_ms * 1000, block_erase_ms * 1000, page_program_us },
      .md5_us_per_mib = md5_ms_per_mib * 1000,
    };

  self->usbfs = usbfs_server_new (self->bus, NULL, error);
  if (self->usbfs == NULL)
    return FALSE;

  if (control_path == NULL)
    control_path = g_build_filename (self->directory, "control", NULL);
  self->control = control_server_new (&self->verbs, control_path, NULL, error);
  if (self->control == NULL)
    return FALSE;

  for (char **text = board_texts; text != NULL && *text != NULL; text++) {
    if (!control_plug (&self->verbs, *text, error))
      return FALSE;
  }

  /* The first boards were there before the command; only later ones are seen to arrive. */
  if (!is_instant)
    self->bus->timing.enumeration_us = enumeration_ms * 1000;

  return TRUE;
}

static gboolean
start_command (Host *self, char **environment, GError **error)
{
  if (!g_spawn_async (NULL, command, environment,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                        G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                      NULL, NULL, &self->child, error))
    return FALSE;

  g_child_watch_add (self->child, child_ended_cb, self);

  return TRUE;
}

static void
stop (Host *self)
{
  g_clear_pointer (&self->usbfs, usbfs_server_free);
  g_clear_pointer (&self->control, control_server_free);
  g_clear_pointer (&self->bus, virtual_bus_free);
  bus_sysfs_remove_tree (self->directory);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

static gboolean
start (Host *self, GError **error)
{
  g_auto (GStrv) environment = NULL;

  if (!start_bus (self, error))
    return FALSE;

  environment = make_environment (self);
  g_unix_signal_add (SIGINT, interrupted_cb, self);
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  g_unix_signal_add (SIGHUP, hung_up_cb, self);

  if (command != NULL)
    return start_command (self, environment, error);

  print_environment (environment);

  return TRUE;
}

static int
run (void)
{
  Host self = { .exit_status = 0 };
  g_autoptr (GError) error = NULL;

  self.directory = make_directory (&error);
  if (self.directory == NULL) {
    g_printerr ("virtual-bus: %s\n", error->message);
    return EXIT_USAGE;
  }

  self.loop = g_main_loop_new (NULL, FALSE);
  if (start (&self, &error)) {
    g_main_loop_run (self.loop);
  } else {
    g_printerr ("virtual-bus: %s\n", error->message);
    self.exit_status = error->domain == G_SPAWN_ERROR ? EXIT_NOT_FOUND : EXIT_USAGE;
  }

  stop (&self);

  return self.exit_status;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[-- COMMAND…]");
  g_autoptr (GError) error = NULL;

  if (argc == 2 && g_str_equal (argv[1], BUS_HOLDER_ARGUMENT))
    return bus_holder_main ();

  setlocale (LC_ALL, "");
  g_option_context_set_summary (context, "Runs a command on a virtual USB bus, or serves one until "
                                         "SIGTERM.");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("virtual-bus: %s\n", error->message);
    return EXIT_USAGE;
  }

  /* GOption leaves the "--" that separates the command. */
  if (command != NULL && g_str_equal (command[0], "--"))
    command++;

  return run ();
}
