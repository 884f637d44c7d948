/* cli-choice.h: which board is meant, what of it, and how to work on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "dfu-choice.h"
#include "dfu-device.h"
#include "dfu-visit.h"

G_BEGIN_DECLS

/**
 * CliChoice:
 * @waits: whether to wait until the board is there
 * @timeout: how many seconds to wait for it to come back, 0 for the usual time
 * @timeouts: what cli_choice_check() made of these
 * @verbose: whether to print the log of what was done
 *
 * The options of a command that works on a board. The others say which is meant; each narrows the
 * choice. All zero: any board that is there.
 */
typedef struct {
  char *path;
  char *device;
  char *serial;
  char *alternate;
  char *interface;
  char *configuration;
  gboolean waits;
  int timeout;
  DfuTimeouts timeouts;
  gboolean verbose;
} CliChoice;

void cli_choice_clear (CliChoice *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliChoice, cli_choice_clear)

GOptionEntry *cli_choice_join_entries (CliChoice *self, const GOptionEntry *own);
gboolean cli_choice_check_path (const char *path);
gboolean cli_choice_check (CliChoice *self);
gboolean cli_choice_names_board (const CliChoice *self);
gboolean cli_choice_fits (const CliChoice *self, DfuDevice *device);
gboolean cli_choice_is_any (const CliChoice *self);
void cli_choice_tell_program (const CliChoice *self, DfuDevice *device);
void cli_choice_get_dfu (const CliChoice *self, DfuDevice *device, DfuChoice *choice);

G_END_DECLS
