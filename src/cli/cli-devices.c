/* cli-devices.c: the boards that are connected, and which one is meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-devices.h"

#include <glib/gi18n.h>

#include "cli-interrupt.h"
#include "cli-print.h"
#include "dfu-error.h"
#include "dfu-quirks.h"

/* How long a board that was named may be away, in milliseconds: as long as one may take that was
 * switched by somebody else. It comes as an event; only who waits in vain waits for all of it. */
#define COMEBACK_PATIENCE 2000

static DfuDeviceList *
list_devices (UsbBus *bus, const GError *error, CliExit *status)
{
  g_autoptr (WordingMessage) message = NULL;

  if (bus != NULL)
    return dfu_device_list_new (bus);

  message = wording_message_new_for_bus (error);
  cli_print_failure ("USB", message);
  *status = CLI_EXIT_FAILURE;
  return NULL;
}

/**
 * cli_devices_new:
 * @status: (out): the exit status when there is no list
 *
 * Finds the boards that are connected, and follows them; says on standard error why it cannot.
 *
 * Returns: (transfer full) (nullable): the boards
 */
DfuDeviceList *
cli_devices_new (CliExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UsbBus) bus = usb_bus_new (&error);

  return list_devices (bus, error, status);
}

/**
 * cli_devices_new_still:
 * @status: (out): the exit status when there is no list
 *
 * Finds the boards that are connected now, which is faster than cli_devices_new().
 *
 * Returns: (transfer full) (nullable): the boards
 */
DfuDeviceList *
cli_devices_new_still (CliExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UsbBus) bus = usb_bus_new_still (&error);

  return list_devices (bus, error, status);
}

/**
 * cli_devices_print_none:
 *
 * Says on standard error that no board was found, and how to get one there.
 */
void
cli_devices_print_none (void)
{
  g_printerr ("%s\n",
              _ ("No board in bootloader mode is connected. Hold BOOT, tap RESET, let go of BOOT, "
                 "then try again."));
}

static void
print_board (DfuDevice *device)
{
  UsbDevice *usb_device = dfu_device_get_usb_device (device);
  const char *name = dfu_device_get_name (device);
  g_autofree char *serial = dfu_device_dup_serial (device);

  g_printerr ("  --path %-10s %s [%04x:%04x]%s%s\n", dfu_device_get_port_path (device),
              name != NULL ? name : "", usb_device_get_vendor_id (usb_device),
              usb_device_get_product_id (usb_device), serial != NULL ? " --serial " : "",
              serial != NULL ? serial : "");
}

static void
print_boards (GPtrArray *boards)
{
  for (guint i = 0; i < boards->len; i++)
    print_board (g_ptr_array_index (boards, i));
}

/* A file may name a board by what it is with its program running, and nobody has seen that. The ids
 * of an ESP ROM do not change. */
static gboolean
may_name_program (DfuDevice *device, const FirmwareDfuSuffix *suffix, const GError *error)
{
  if ((dfu_quirks_find_device (dfu_device_get_usb_device (device)) & DFU_QUIRK_ESP_ARCHIVE) != 0)
    return FALSE;

  return g_error_matches (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE) && suffix != NULL &&
         suffix->vendor == usb_device_get_vendor_id (dfu_device_get_usb_device (device)) &&
         dfu_device_get_mode (device) == DFU_MODE_DFU && dfu_device_get_program (device) == NULL;
}

/* Whoever did not name the board sees which it is before anything is done to it; or does not look,
 * which is no reason not to do it. */
static DfuDevice *
tell_chosen (DfuDevice *device)
{
  cli_interrupt_outlive_reader ();
  cli_print_board (dfu_device_get_name (device), dfu_device_get_port_path (device));
  return g_object_ref (device);
}

static DfuDevice *
refuse (DfuDevice *device, FirmwareImage *image, const GError *error, CliExit *status)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);
  UsbDevice *usb_device = dfu_device_get_usb_device (device);
  g_autoptr (WordingMessage) message =
    wording_message_new_for_refusal (error, firmware_image_get_chip (image));

  cli_print_failure (dfu_device_get_port_path (device), message);
  if (may_name_program (device, suffix, error)) {
    g_printerr ("  %s", _ ("If these are the ids of the board’s program, say so:"));
    g_printerr (" --device %04x:%04x,%04x:%04x\n", suffix->vendor, suffix->product,
                usb_device_get_vendor_id (usb_device), usb_device_get_product_id (usb_device));
  }

  if (g_error_matches (error, DFU_ERROR, DFU_ERROR_ADDRESSED_IMAGE) &&
      dfu_device_get_mode (device) == DFU_MODE_RUNTIME)
    g_printerr ("  %s bootlace-cli detach --path %s\n",
                _ ("If its bootloader speaks DfuSe, switch the board first:"),
                dfu_device_get_port_path (device));

  *status = cli_exit_from_error (error);
  return NULL;
}

static DfuDevice *
tell_none (GPtrArray *boards, const CliChoice *choice, CliExit *status)
{
  *status = CLI_EXIT_NO_DEVICE;

  if (choice->path != NULL) {
    g_printerr (_ ("There is no board in bootloader mode at USB port %s."), choice->path);
    g_printerr ("\n");
  } else if (boards->len == 0 || cli_choice_is_any (choice)) {
    cli_devices_print_none ();
    return NULL;
  }

  if (boards->len > 0) {
    g_printerr ("%s\n", _ ("None of the boards that are connected is the one that is meant:"));
    print_boards (boards);
  }

  return NULL;
}

static DfuDevice *
tell_several (GPtrArray *candidates, CliExit *status)
{
  g_printerr ("%s\n", _ ("Several boards are connected; say which with --path:"));
  print_boards (candidates);
  *status = CLI_EXIT_USAGE;
  return NULL;
}

static GPtrArray *
list_all (DfuDeviceList *devices)
{
  GListModel *model = G_LIST_MODEL (devices);
  GPtrArray *boards = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (boards, g_list_model_get_item (model, i));

  return boards;
}

typedef struct {
  DfuDeviceList *devices;
  const CliChoice *choice;
  FirmwareImage *image; /* (nullable): what a board must be able to take */

  GPtrArray *boards;     /* of DfuDevice; all that were there at the last look */
  GPtrArray *candidates; /* of DfuDevice; borrowed from there */
  DfuDevice *refused;    /* (nullable): borrowed; the first that is meant and cannot be given it */
  GError *refusal;       /* (nullable): why */
} Search;

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->boards, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_error (&self->refusal);
  self->refused = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Returns whether there is anything to say about what is meant. */
static gboolean
look (Search *self)
{
  search_clear (self);
  self->boards = list_all (self->devices);
  self->candidates = g_ptr_array_new ();

  for (guint i = 0; i < self->boards->len; i++) {
    DfuDevice *device = g_ptr_array_index (self->boards, i);

    if (!cli_choice_fits (self->choice, device))
      continue;

    cli_choice_tell_program (self->choice, device);
    if (self->image == NULL ||
        dfu_device_accepts (device, self->image, self->refusal == NULL ? &self->refusal : NULL))
      g_ptr_array_add (self->candidates, device);
    else if (self->refused == NULL)
      self->refused = device;
  }

  return self->candidates->len > 0 || self->refused != NULL;
}

static gboolean
set_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* A port that is named and taken by something else is not waited for. */
static gboolean
is_taken (const Search *self)
{
  for (guint i = 0; i < self->boards->len; i++)
    if (g_strcmp0 (dfu_device_get_port_path (g_ptr_array_index (self->boards, i)),
                   self->choice->path) == 0)
      return TRUE;

  return FALSE;
}

static void
look_until (Search *self, const gboolean *is_over)
{
  do
    g_main_context_iteration (NULL, TRUE);
  while (!look (self) && !*is_over);
}

/* Whoever names a board knows that it is there; perhaps it is just changing its mode. */
static void
look_for_a_moment (Search *self)
{
  gboolean is_over = FALSE;
  const guint timer = g_timeout_add (COMEBACK_PATIENCE, set_over_cb, &is_over);

  look_until (self, &is_over);
  g_source_remove (timer);
}

/* Returns FALSE when the person does not want to wait any longer. */
static gboolean
look_until_there (Search *self)
{
  gboolean is_over = FALSE;
  g_autoptr (CliInterrupt) interrupt = cli_interrupt_new (set_over_cb, &is_over);

  g_printerr ("%s\n", _ ("Waiting for the board; Ctrl+C ends that."));
  look_until (self, &is_over);

  return !is_over;
}

static gboolean
wait (Search *self)
{
  if (self->choice->waits)
    return look_until_there (self);

  if (!cli_choice_is_any (self->choice) && !is_taken (self))
    look_for_a_moment (self);

  return TRUE;
}

/**
 * cli_devices_choose:
 * @devices: the boards that are connected
 * @choice: which one the person means
 * @image: (nullable): what it shall be given
 * @status: (out): the exit status when there is no such board
 *
 * Picks the only board that is meant and can take @image, and says on standard output which it is.
 * Never guesses: with several it lists them on standard error. A board that was named and is not
 * there is waited for, for a moment or, where the person wants that, until it comes.
 *
 * Returns: (transfer full) (nullable): the board
 */
DfuDevice *
cli_devices_choose (DfuDeviceList *devices,
                    const CliChoice *choice,
                    FirmwareImage *image,
                    CliExit *status)
{
  g_auto (Search) search = { .devices = devices, .choice = choice, .image = image };

  if (!look (&search) && !wait (&search)) {
    *status = CLI_EXIT_CANCELLED;
    return NULL;
  }

  if (search.candidates->len == 1)
    return tell_chosen (g_ptr_array_index (search.candidates, 0));
  if (search.candidates->len > 1)
    return tell_several (search.candidates, status);
  if (search.refused != NULL)
    return refuse (search.refused, image, search.refusal, status);

  return tell_none (search.boards, choice, status);
}
