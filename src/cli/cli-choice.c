/* cli-choice.c: which board is meant, what of it, and how to work on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-choice.h"

#include <glib/gi18n.h>

#include "cli-ids-choice.h"
#include "cli-number.h"
#include "cli-operation.h"

/**
 * cli_choice_clear:
 * @self: a choice
 */
void
cli_choice_clear (CliChoice *self)
{
  g_free (self->path);
  g_free (self->device);
  g_free (self->serial);
  g_free (self->alternate);
  g_free (self->interface);
  g_free (self->configuration);
}

/**
 * cli_choice_join_entries:
 * @self: where the options go that all of these commands have
 * @own: (nullable): a command's own options, up to an empty one
 *
 * Returns: (transfer full): the options of a command that works on a board
 */
GOptionEntry *
cli_choice_join_entries (CliChoice *self, const GOptionEntry *own)
{
  const GOptionEntry common[] = {
    { "path", 'p', 0, G_OPTION_ARG_STRING, &self->path, N_ ("The board at this USB port"), "1-10" },
    { "device", 'd', 0, G_OPTION_ARG_STRING, &self->device,
      N_ ("A board with these ids; behind a comma those that it has in its bootloader"),
      "303a:0002" },
    { "serial", 'S', 0, G_OPTION_ARG_STRING, &self->serial,
      N_ (
        "The board with this serial number; behind a comma the one that it has in its bootloader"),
      N_ ("TEXT") },
    { "alt", 0, 0, G_OPTION_ARG_STRING, &self->alternate,
      N_ ("This memory of it: the number or the name of an alternate setting"), N_ ("MEMORY") },
    { "interface", 'i', 0, G_OPTION_ARG_STRING, &self->interface,
      N_ ("This interface of it, in its bootloader"), N_ ("NUMBER") },
    { "configuration", 'c', 0, G_OPTION_ARG_STRING, &self->configuration,
      N_ ("A board in this configuration"), N_ ("NUMBER") },
    { "wait", 'w', 0, G_OPTION_ARG_NONE, &self->waits, N_ ("Wait until there is such a board"),
      NULL },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &self->timeout,
      N_ ("Wait this long for the board to come back, and no less for any answer"),
      N_ ("SECONDS") },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, N_ ("Print the log of what was done"),
      NULL },
  };
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  g_array_append_vals (entries, common, G_N_ELEMENTS (common));
  for (; own != NULL && own->long_name != NULL; own++)
    g_array_append_vals (entries, own, 1);

  return (GOptionEntry *) (gpointer) g_array_free (entries, FALSE);
}

static gboolean
check_device (const char *text)
{
  CliIds runtime;
  CliIds dfu;

  return text == NULL || cli_ids_choice_parse (text, &runtime, &dfu);
}

static gboolean
check_number (const char *text, const char *option)
{
  guint32 number;

  return text == NULL || cli_number_parse (text, option, G_MAXUINT8, &number);
}

/**
 * cli_choice_check_path:
 * @path: (nullable): what was typed behind --path
 *
 * Returns: whether it can be a port, or is missing; else it was said on standard error
 */
gboolean
cli_choice_check_path (const char *path)
{
  if (path == NULL || *path != '\0')
    return TRUE;

  g_printerr ("%s\n", _ ("Name a USB port behind --path, such as 1-10."));
  return FALSE;
}

/**
 * cli_choice_check:
 * @self: what was typed, which gets its time-outs
 *
 * Returns: whether it can be understood; else it was said on standard error
 */
gboolean
cli_choice_check (CliChoice *self)
{
  return cli_choice_check_path (self->path) && check_device (self->device) &&
         check_number (self->interface, "--interface") &&
         check_number (self->configuration, "--configuration") &&
         cli_operation_parse_timeout (self->timeout, &self->timeouts);
}

/**
 * cli_choice_names_board:
 * @self: what was typed
 *
 * Returns: whether it says which board is meant, and not only which of its parts
 */
gboolean
cli_choice_names_board (const CliChoice *self)
{
  return self->path != NULL || self->device != NULL || self->serial != NULL;
}

static gboolean
fits_ids (const char *text, DfuDevice *device)
{
  UsbDevice *usb_device = dfu_device_get_usb_device (device);
  CliIds runtime;
  CliIds dfu;

  return text == NULL ||
         (cli_ids_choice_parse (text, &runtime, &dfu) &&
          cli_ids_fit (dfu_device_get_mode (device) == DFU_MODE_DFU ? &dfu : &runtime,
                       usb_device_get_vendor_id (usb_device),
                       usb_device_get_product_id (usb_device)));
}

/* "A,B": the second for a board in DFU mode; none stands for any. But a comma may be part of one.
 */
static gboolean
fits_serial (const char *text, DfuDevice *device)
{
  g_autofree char *serial = dfu_device_dup_serial (device);
  g_auto (GStrv) both = NULL;
  const char *meant = NULL;

  if (text == NULL || g_strcmp0 (serial, text) == 0)
    return TRUE;

  both = g_strsplit (text, ",", 2);
  if (g_strv_length (both) < 2)
    return FALSE;

  meant = both[dfu_device_get_mode (device) == DFU_MODE_DFU ? 1 : 0];
  return *meant == '\0' || g_strcmp0 (serial, meant) == 0;
}

static gboolean
fits_configuration (const char *text, DfuDevice *device)
{
  const UsbConfiguration *configuration =
    usb_device_get_configuration (dfu_device_get_usb_device (device));
  guint32 number;

  return text == NULL || (cli_number_parse (text, "--configuration", G_MAXUINT8, &number) &&
                          configuration->value == number);
}

/**
 * cli_choice_fits:
 * @self: a choice that passed cli_choice_check()
 * @device: a board
 *
 * Returns: whether @device may be meant; its memories are looked at later, in its bootloader
 */
gboolean
cli_choice_fits (const CliChoice *self, DfuDevice *device)
{
  return (self->path == NULL || g_str_equal (dfu_device_get_port_path (device), self->path)) &&
         fits_serial (self->serial, device) && fits_ids (self->device, device) &&
         fits_configuration (self->configuration, device);
}

/**
 * cli_choice_is_any:
 * @self: a choice
 *
 * Returns: whether every board fits it
 */
gboolean
cli_choice_is_any (const CliChoice *self)
{
  return self->path == NULL && self->device == NULL && self->serial == NULL &&
         self->configuration == NULL;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text) && strlen (text) <= 3;
}

/**
 * cli_choice_tell_program:
 * @self: a choice that passed cli_choice_check()
 * @device: a board that fits it
 *
 * Who writes the ids of a board in either mode also says what the program of one is that is in its
 * bootloader, which a file may name.
 */
void
cli_choice_tell_program (const CliChoice *self, DfuDevice *device)
{
  CliIds runtime;
  CliIds dfu;

  if (self->device != NULL && cli_ids_choice_has_both (self->device) &&
      cli_ids_choice_parse (self->device, &runtime, &dfu) && cli_ids_are_of_one (&runtime))
    dfu_device_tell_program (device, (guint16) runtime.vendor, (guint16) runtime.product);
}

/* Ids behind a comma are those in DFU mode; a pair alone says nothing of a mode that comes, nor
 * does who wants none that is in it now. */
static void
get_ids (const char *text, DfuChoice *choice)
{
  CliIds runtime;
  CliIds dfu;

  if (text == NULL || !cli_ids_choice_has_both (text) ||
      !cli_ids_choice_parse (text, &runtime, &dfu) || dfu.vendor == CLI_IDS_NONE ||
      dfu.product == CLI_IDS_NONE)
    return;

  choice->vendor = dfu.vendor == CLI_IDS_ANY ? DFU_CHOICE_ANY : dfu.vendor;
  choice->product = dfu.product == CLI_IDS_ANY ? DFU_CHOICE_ANY : dfu.product;
}

/* A comma within the serial number of the board itself divides nothing. */
static void
get_serial (const char *text, DfuDevice *device, DfuChoice *choice)
{
  g_autofree char *serial = dfu_device_dup_serial (device);
  const char *comma = text != NULL ? strchr (text, ',') : NULL;

  if (g_strcmp0 (serial, text) != 0 && comma != NULL && comma[1] != '\0')
    choice->serial = g_strdup (comma + 1);
}

/**
 * cli_choice_get_dfu:
 * @self: a choice that passed cli_choice_check()
 * @device: a board that fits it
 * @choice: (out caller-allocates): what is meant of the board
 *
 * What looks like a number is one; a memory with such a name has a number too.
 */
void
cli_choice_get_dfu (const CliChoice *self, DfuDevice *device, DfuChoice *choice)
{
  guint32 number;

  dfu_choice_init (choice);
  get_ids (self->device, choice);
  get_serial (self->serial, device, choice);
  if (self->interface != NULL &&
      cli_number_parse (self->interface, "--interface", G_MAXUINT8, &number))
    choice->interface = (int) number;

  if (self->alternate != NULL && is_number (self->alternate))
    choice->alternate = atoi (self->alternate);
  else if (self->alternate != NULL)
    choice->alternate_name = g_strdup (self->alternate);
}
