/* cli-command.c: the commands of bootlace-cli
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-command.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "cli-stream.h"
#include "cli-terminal.h"
#include "cli-wrap.h"

#define CALL_WIDTH 34
#define HELP_WIDTH 80

static const CliCommand *const commands[] = {
  &cli_command_list,   &cli_command_inspect, &cli_command_build,  &cli_command_convert,
  &cli_command_suffix, &cli_command_flash,   &cli_command_read,   &cli_command_erase,
  &cli_command_detach, &cli_command_reset,   &cli_command_doctor,
#ifndef G_OS_WIN32
  &cli_command_rule,
#endif
};

static const struct {
  CliExit status;
  const char *meaning;
} exits[] = {
  { CLI_EXIT_SUCCESS, N_ ("done") },
  { CLI_EXIT_FAILURE, N_ ("USB cannot be used on this computer, or a file not written") },
  { CLI_EXIT_USAGE, N_ ("wrong call, or more than one board fits it") },
  { CLI_EXIT_FILE, N_ ("bad file") },
  { CLI_EXIT_NO_DEVICE, N_ ("no such board is connected") },
  { CLI_EXIT_NO_ACCESS, N_ ("you may not use the board") },
  { CLI_EXIT_WRONG_DEVICE, N_ ("the firmware is not for the board") },
  { CLI_EXIT_DEVICE_FAILED, N_ ("the board failed") },
  { CLI_EXIT_DEVICE_LOST, N_ ("the board was lost") },
  { CLI_EXIT_CANCELLED, N_ ("cancelled") },
  { CLI_EXIT_BUSY, N_ ("another program is using the board") },
  { CLI_EXIT_CONSENT, N_ ("there are warnings that nobody has accepted") },
  { CLI_EXIT_NOT_READY, N_ ("something is in the way of flashing") },
};

static void
print_wrapped (const char *text)
{
  g_autofree char *wrapped = cli_wrap (text, HELP_WIDTH);

  g_print ("%s\n", wrapped);
}

/* In columns of characters, which are not always bytes. */
static void
print_summary (const CliCommand *command)
{
  g_autofree char *call = g_strdup_printf ("%s %s", command->name, command->arguments);
  const int gap = MAX (2, CALL_WIDTH - (int) g_utf8_strlen (call, -1));
  g_autofree char *line = g_strdup_printf ("  %s%*s%s", call, gap, "", _ (command->summary));

  print_wrapped (line);
}

static void
print_exit (CliExit status, const char *meaning)
{
  g_autofree char *line = g_strdup_printf ("  %2d  %s", status, meaning);

  print_wrapped (line);
}

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: bootlace-cli COMMAND…"));
  g_print ("%s\n\n", _ ("Puts firmware on boards over USB DFU."));
  g_print ("%s\n", _ ("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    print_summary (commands[i]);

  g_print ("\n");
  print_wrapped (_ ("“bootlace-cli COMMAND --help” shows the options of a command."));
  g_print ("\n%s\n", _ ("Exit status:"));
  for (gsize i = 0; i < G_N_ELEMENTS (exits); i++)
    print_exit (exits[i].status, _ (exits[i].meaning));
}

static const CliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];

  return NULL;
}

/* GOption leaves the "--" in place that stands before a name like "-dash.bin". */
static void
drop_separator (int *argc, char **argv)
{
  if (*argc < 2 || !g_str_equal (argv[1], "--"))
    return;

  for (int i = 1; i < *argc; i++)
    argv[i] = argv[i + 1];
  (*argc)--;
}

static void
print_options (GOptionContext *context)
{
  g_autofree char *lines = g_option_context_get_help (context, TRUE, NULL);

  print_wrapped (g_strchomp (lines));
}

/* What is to be read and cannot be was not done. */
static CliExit
check_output (CliExit status)
{
  return status != CLI_EXIT_SUCCESS || cli_stream_check_output () ? status : CLI_EXIT_FAILURE;
}

/* Ends the program as GLib's own help does, whose lines are as long as they happen to be. */
static gboolean
help_cb (const char *option, const char *value, gpointer context, GError **error)
{
  print_options (context);
  exit (check_output (CLI_EXIT_SUCCESS));
}

static GOptionContext *
create_context (const CliCommand *command, const GOptionEntry *entries)
{
  const GOptionEntry help[] = {
    { "help", 'h', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, help_cb, N_ ("Print this help"),
      NULL },
    { 0 },
  };
  GOptionContext *context = g_option_context_new (command->arguments);
  GOptionGroup *options = g_option_group_new (NULL, NULL, NULL, context, NULL);

  g_option_group_set_translation_domain (options, GETTEXT_PACKAGE);
  g_option_group_add_entries (options, entries);
  g_option_group_add_entries (options, help);

  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_main_group (context, options);

  return context;
}

/**
 * cli_parse_options:
 * @command: the command that is being run
 * @entries: its options
 * @argc: (inout): how many arguments
 * @argv: (inout): the arguments; what is left are those that are no options
 *
 * Reads a command's options; says on standard error what is wrong with them. Where it is asked for
 * help, it prints that and ends the program.
 *
 * Returns: whether they are right
 */
gboolean
cli_parse_options (const CliCommand *command, const GOptionEntry *entries, int *argc, char ***argv)
{
  g_autofree char *program = g_strdup_printf ("bootlace-cli %s", command->name);
  g_autoptr (GOptionContext) context = create_context (command, entries);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  if (cli_terminal_parse (context, argc, argv, &error)) {
    drop_separator (argc, *argv);
    return TRUE;
  }

  g_printerr ("%s\n", error->message);
  return FALSE;
}

/**
 * cli_takes_no_arguments:
 * @command: the command that is being run
 * @argc: what cli_parse_options() left
 *
 * Returns: whether nothing is left; else it was said on standard error
 */
gboolean
cli_takes_no_arguments (const CliCommand *command, int argc)
{
  if (argc <= 1)
    return TRUE;

  /* Translators: %s is a command */
  g_printerr (_ ("“%s” takes no arguments."), command->name);
  g_printerr ("\n");
  return FALSE;
}

static CliExit
call (const CliCommand *command, int argc, char **argv)
{
  const CliExit status = command->run (argc, argv);

  return command->prints ? check_output (status) : status;
}

static CliExit
run (const char *name, int argc, char **argv)
{
  const CliCommand *command = find_command (name);

  if (command != NULL)
    return call (command, argc, argv);

  g_printerr (_ ("There is no command “%s”; “bootlace-cli help” lists the commands."), name);
  g_printerr ("\n");
  return CLI_EXIT_USAGE;
}

/* "help flash" is "flash --help". */
static CliExit
help (int argc, char **argv)
{
  char option[] = "--help";
  char *call[] = { argv[1], option, NULL };

  if (argc > 1)
    return run (argv[1], 2, call);

  print_help ();
  return check_output (CLI_EXIT_SUCCESS);
}

/**
 * cli_run:
 * @argc: as main() got it
 * @argv: as main() got it
 *
 * Runs the command that the arguments name.
 *
 * Returns: the exit status
 */
CliExit
cli_run (int argc, char **argv)
{
  if (argc < 2) {
    g_printerr ("%s\n", _ ("Say what to do; “bootlace-cli help” lists the commands."));
    return CLI_EXIT_USAGE;
  }

  if (g_str_equal (argv[1], "help") || g_str_equal (argv[1], "--help") ||
      g_str_equal (argv[1], "-h"))
    return help (argc - 1, argv + 1);

  if (g_str_equal (argv[1], "--version")) {
    g_print ("bootlace-cli %s\n", VERSION);
    return check_output (CLI_EXIT_SUCCESS);
  }

  return run (argv[1], argc - 1, argv + 1);
}
