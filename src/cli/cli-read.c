/* cli-read.c: bootlace-cli read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-choice.h"
#include "cli-command.h"
#include "cli-devices.h"
#include "cli-new-file.h"
#include "cli-number.h"
#include "cli-operation.h"
#include "cli-save.h"
#include "dfu-contents.h"
#include "dfu-readout.h"
#include "wording-format.h"

typedef struct {
  CliChoice choice;
  char *path; /* where what is read goes */
  char *address_text;
  char *length_text;
  gboolean replaces;

  guint32 address; /* nothing unless there is a text */
  guint32 length;  /* in bytes; 0 for all that there is */
} Options;

static void
options_clear (Options *self)
{
  cli_choice_clear (&self->choice);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->address_text, g_free);
  g_clear_pointer (&self->length_text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
tell_success (GBytes *contents, const char *path)
{
  g_autofree char *size = wording_format_size (g_bytes_get_size (contents));

  /* Translators: the first %s is a size such as "4.2 MB", the second the name of a file */
  g_print (_ ("Read %s into %s"), size, path);
  g_print ("\n");
}

static CliExit
save (GBytes *contents, const char *path, gboolean replace)
{
  g_autoptr (GPtrArray) no_inputs = g_ptr_array_new ();
  CliExit status;

  /* Somebody may have made the file meanwhile. */
  if (!cli_new_file_check (path, replace))
    return CLI_EXIT_USAGE;

  status = cli_save (path, contents, no_inputs);
  if (status == CLI_EXIT_SUCCESS)
    tell_success (contents, path);

  return status;
}

/* A memory may end before that. */
static void
tell_shortness (GBytes *contents, gsize wanted)
{
  g_autofree char *size = wording_format_exact_size (g_bytes_get_size (contents));
  g_autofree char *wanted_size = wording_format_exact_size (wanted);

  if (g_bytes_get_size (contents) >= wanted)
    return;

  /* Translators: both are sizes, such as "4.2 MB (4194304 bytes)" */
  g_printerr (_ ("The board had only %s there of the %s that were asked for."), size, wanted_size);
  g_printerr ("\n");
}

static gboolean
check_arguments (int argc, const char *path)
{
  if (argc > 1) {
    g_printerr ("%s\n", _ ("“read” takes no arguments; name the file behind --output."));
    return FALSE;
  }

  if (path == NULL) {
    g_printerr ("%s\n", _ ("Name a file for what is read, with --output."));
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_numbers (Options *self)
{
  return (self->length_text == NULL ||
          cli_number_parse (self->length_text, "--length", DFU_CONTENTS_MAX, &self->length)) &&
         (self->address_text == NULL ||
          cli_number_parse (self->address_text, "--address", G_MAXUINT32, &self->address));
}

static gboolean
parse (Options *self, int argc, char **argv)
{
  const GOptionEntry own[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->path,
      N_ ("Where to write what is read; - for standard output"), N_ ("FILE") },
    { "length", 'l', 0, G_OPTION_ARG_STRING, &self->length_text, N_ ("Read only so many bytes"),
      "0x100000" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &self->address_text,
      N_ ("Begin at this address, on a board that speaks DfuSe"), "0x08000000" },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &self->replaces, N_ ("Replace the file if it exists"),
      NULL },
    { 0 },
  };
  g_autofree GOptionEntry *entries = cli_choice_join_entries (&self->choice, own);

  return cli_parse_options (&cli_command_read, entries, &argc, &argv) &&
         check_arguments (argc, self->path) && cli_choice_check (&self->choice) &&
         check_numbers (self) && cli_save_prepare (self->path) &&
         cli_new_file_check (self->path, self->replaces);
}

static DfuReadout *
create_readout (const Options *self, DfuDeviceList *devices, DfuDevice *device)
{
  g_auto (DfuChoice) choice = { 0 };
  DfuReadout *readout = dfu_readout_new (dfu_device_list_get_bus (devices),
                                         dfu_device_get_usb_device (device), self->length);

  if (self->address_text != NULL)
    dfu_readout_set_address (readout, self->address);
  cli_choice_get_dfu (&self->choice, device, &choice);
  dfu_work_set_choice (DFU_WORK (readout), &choice);
  dfu_work_set_timeouts (DFU_WORK (readout), &self->choice.timeouts);

  return readout;
}

static CliExit
read_device (const Options *self, DfuReadout *readout)
{
  const CliExit status = cli_operation_run (DFU_OPERATION (readout), self->choice.verbose);
  GBytes *contents = dfu_readout_get_contents (readout);

  if (status != CLI_EXIT_SUCCESS)
    return status;

  tell_shortness (contents, self->length);
  return save (contents, self->path, self->replaces);
}

static CliExit
run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (DfuDeviceList) devices = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (DfuReadout) readout = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!parse (&options, argc, argv))
    return CLI_EXIT_USAGE;

  devices = cli_devices_new (&status);
  device = devices != NULL ? cli_devices_choose (devices, &options.choice, NULL, &status) : NULL;
  if (device == NULL)
    return status;

  readout = create_readout (&options, devices, device);
  return read_device (&options, readout);
}

const CliCommand cli_command_read = {
  .name = "read",
  .arguments = "[--path PATH] --output FILE",
  .summary = N_ ("read what is on a board into a file"),
  .run = run,
};
