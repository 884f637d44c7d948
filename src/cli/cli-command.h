/* cli-command.h: the commands of bootlace-cli
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"

G_BEGIN_DECLS

/**
 * CliCommand:
 * @name: the word that calls it
 * @arguments: what follows it, for the help
 * @summary: what it does, one untranslated line
 * @prints: whether what it prints is all that it does
 * @run: does it; gets its own arguments only, the name as the first
 *
 * One command. Each is a file of its own.
 */
typedef struct {
  const char *name;
  const char *arguments;
  const char *summary;
  gboolean prints;
  CliExit (*run) (int argc, char **argv);
} CliCommand;

extern const CliCommand cli_command_list;
extern const CliCommand cli_command_inspect;
extern const CliCommand cli_command_build;
extern const CliCommand cli_command_convert;
extern const CliCommand cli_command_suffix;
extern const CliCommand cli_command_flash;
extern const CliCommand cli_command_read;
extern const CliCommand cli_command_erase;
extern const CliCommand cli_command_detach;
extern const CliCommand cli_command_reset;
extern const CliCommand cli_command_doctor;
extern const CliCommand cli_command_rule; /* not on Windows */

CliExit cli_run (int argc, char **argv);

gboolean
cli_parse_options (const CliCommand *command, const GOptionEntry *entries, int *argc, char ***argv);
gboolean cli_takes_no_arguments (const CliCommand *command, int argc);

G_END_DECLS
