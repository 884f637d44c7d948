/* cli-flash-options.c: what people say to bootlace-cli flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-flash-options.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-new-file.h"
#include "cli-stream.h"

/**
 * cli_flash_options_clear:
 * @self: the options
 */
void
cli_flash_options_clear (CliFlashOptions *self)
{
  cli_choice_clear (&self->choice);
  g_clear_pointer (&self->backup, g_free);
  g_clear_pointer (&self->address, g_free);
}

static gboolean
refuse (const char *reason)
{
  g_printerr ("%s\n", reason);
  return FALSE;
}

/* What cannot be meant together, or not alone. */
static gboolean
check_together (const CliFlashOptions *self)
{
  if (self->always_reads_back && self->never_reads_back)
    return refuse (_ ("Use one of --verify and --no-verify."));
  if (self->restarts && self->stays)
    return refuse (_ ("A board cannot both restart and stay."));
  if (self->backup != NULL && cli_stream_is_meant (self->backup))
    return refuse (_ ("A backup goes into a file, not to standard output."));
  if (self->raw && !cli_choice_names_board (&self->choice))
    return refuse (_ ("Nothing in raw bytes says for which board they are: name it with --path, "
                      "--device or --serial."));

  return TRUE;
}

/**
 * cli_flash_options_parse:
 * @self: options that nothing was said of
 * @argc: (inout): how many arguments the command has, with its own name; what is no option stays
 * @argv: (inout): these
 *
 * Returns: whether the options were understood and can be meant; else it was said on standard error
 */
gboolean
cli_flash_options_parse (CliFlashOptions *self, int *argc, char ***argv)
{
  const GOptionEntry own[] = {
    { "verify", 0, 0, G_OPTION_ARG_NONE, &self->always_reads_back,
      N_ ("Read back what was written and compare, even where the board compares by itself"),
      NULL },
    { "no-verify", 0, 0, G_OPTION_ARG_NONE, &self->never_reads_back,
      N_ ("Do not read back what was written"), NULL },
    { "restart", 'R', 0, G_OPTION_ARG_NONE, &self->restarts,
      N_ ("Try to make the board run what was written"), NULL },
    { "stay", 0, 0, G_OPTION_ARG_NONE, &self->stays,
      N_ ("Leave the board in its bootloader, so that more can be written"), NULL },
    { "backup", 0, 0, G_OPTION_ARG_FILENAME, &self->backup,
      N_ ("Save what is on the board in this file before anything is written"), N_ ("FILE") },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &self->replaces_backup,
      N_ ("Replace the file of the backup if it exists"), NULL },
    { "status-every-block", 0, 0, G_OPTION_ARG_NONE, &self->status_every_block,
      N_ ("Ask the board after every block whether all is well"), NULL },
    { "as-is", 0, 0, G_OPTION_ARG_NONE, &self->as_is,
      N_ ("Send an ESP archive untouched, even where joining its pieces would save time"), NULL },
    { "accept-warnings", 0, 0, G_OPTION_ARG_NONE, &self->accepted,
      N_ ("Write it although there are warnings about it"), NULL },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &self->address,
      N_ ("Where the first byte of a plain file goes on a DfuSe board"), "0x08000000" },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_ ("Take the file for raw bytes; the board must be named"), NULL },
    { "mass-erase", 0, 0, G_OPTION_ARG_NONE, &self->dfuse.mass_erase,
      N_ ("Erase all of a DfuSe board’s memory, not only what is written"), NULL },
    { "read-unprotect", 0, 0, G_OPTION_ARG_NONE, &self->dfuse.read_unprotect,
      N_ ("Take a DfuSe board’s read protection away first, which erases everything"), NULL },
    { 0 },
  };
  g_autofree GOptionEntry *entries = cli_choice_join_entries (&self->choice, own);

  return cli_parse_options (&cli_command_flash, entries, argc, argv) && check_together (self) &&
         cli_choice_check (&self->choice) &&
         (self->backup == NULL || cli_new_file_check (self->backup, self->replaces_backup));
}

static DfuUpgradeFlags
find_flags (const CliFlashOptions *self)
{
  DfuUpgradeFlags flags = DFU_UPGRADE_DEFAULT;

  if (self->always_reads_back)
    flags |= DFU_UPGRADE_READ_BACK_ALWAYS;
  else if (!self->never_reads_back)
    flags |= DFU_UPGRADE_READ_BACK;
  if (self->restarts)
    flags |= DFU_UPGRADE_RESTART;
  if (self->stays)
    flags |= DFU_UPGRADE_STAY;
  if (self->as_is)
    flags |= DFU_UPGRADE_AS_IS;

  return flags;
}

/**
 * cli_flash_options_apply:
 * @self: options that cli_flash_options_parse() understood
 * @device: the board that was chosen
 * @upgrade: an upgrade of it that has not run
 *
 * Makes @upgrade do what was said.
 */
void
cli_flash_options_apply (const CliFlashOptions *self, DfuDevice *device, DfuUpgrade *upgrade)
{
  g_auto (DfuChoice) choice = { 0 };
  g_autoptr (GFile) backup = NULL;

  cli_choice_get_dfu (&self->choice, device, &choice);
  if (self->backup != NULL)
    backup = g_file_new_for_commandline_arg (self->backup);

  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  dfu_upgrade_set_backup (upgrade, backup);
  dfu_work_set_timeouts (DFU_WORK (upgrade), &self->choice.timeouts);
  dfu_upgrade_set_status_every_block (upgrade, self->status_every_block);
  dfu_upgrade_set_dfuse_options (upgrade, &self->dfuse);
  dfu_upgrade_set_flags (upgrade, find_flags (self));
}
