/* cli-flash-options.h: what people say to bootlace-cli flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-choice.h"
#include "dfu-upgrade.h"

G_BEGIN_DECLS

/**
 * CliFlashOptions:
 *
 * The options of the command, as they stand on the command line. All zero: nothing was said.
 */
typedef struct {
  CliChoice choice;
  DfuDfuseOptions dfuse;
  char *backup;
  char *address;
  gboolean replaces_backup;
  gboolean always_reads_back;
  gboolean never_reads_back;
  gboolean restarts;
  gboolean stays;
  gboolean status_every_block;
  gboolean as_is;
  gboolean raw;
  gboolean accepted;
} CliFlashOptions;

void cli_flash_options_clear (CliFlashOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliFlashOptions, cli_flash_options_clear)

gboolean cli_flash_options_parse (CliFlashOptions *self, int *argc, char ***argv);
void cli_flash_options_apply (const CliFlashOptions *self, DfuDevice *device, DfuUpgrade *upgrade);

G_END_DECLS
