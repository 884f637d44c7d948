/* setup-zadig.c: what Zadig is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zadig reads two kinds of file, both of lines "name = value" below "[section]": its own settings
 * from "zadig.ini" in the folder that it is started in, and a device from whatever file is chosen
 * with Device → Load Preset Device… (libwdi, examples/zadig.c: parse_ini, parse_preset).
 */

#include "setup-zadig.h"

#include <string.h>

#include "setup-board-id.h"
#include "setup-zadig-search.h"

#define OPTIONS_NAME "zadig.ini"

/* In characters. libwdi makes a file name of it and refuses more than 200 bytes. */
#define MAX_NAME 48

/* A name comes from a device, which may call itself anything; a quote would end the value and a
 * line break the line. */
static char *
make_plain (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *part = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_NAME));

  for (char *c = part; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || strchr ("\"\\", *c) != NULL)
      *c = '_';

  return g_steal_pointer (&part);
}

static const char *
get_board_name (const SetupDriverNode *node)
{
  const SetupBoardId *id = setup_board_id_find (node->vendor, node->product);

  if (node->name != NULL && *node->name != '\0')
    return node->name;

  return id != NULL ? id->name : "USB DFU";
}

/**
 * setup_zadig_target_init:
 * @self: a target
 * @node: what needs WinUSB
 *
 * Takes from @node what Zadig has to know.
 */
void
setup_zadig_target_init (SetupZadigTarget *self, const SetupDriverNode *node)
{
  g_autofree char *name = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (node != NULL);

  name = make_plain (get_board_name (node));
  *self = (SetupZadigTarget){
    .vendor = node->vendor,
    .product = node->product,
    .interface = node->interface,
    .replaces = node->service != NULL && *node->service != '\0',
  };

  /* As Zadig does it. */
  if (node->interface != SETUP_DRIVER_NO_INTERFACE)
    self->name = g_strdup_printf ("%s (Interface %d)", name, node->interface);
  else
    self->name = g_steal_pointer (&name);
}

/**
 * setup_zadig_target_init_example:
 * @self: a target
 *
 * Takes an ESP32-S2, for who reads on before a board is connected.
 */
void
setup_zadig_target_init_example (SetupZadigTarget *self)
{
  g_autoptr (SetupDriverNode) node = setup_driver_node_new ("USB\\VID_303A&PID_0002&MI_02");

  setup_zadig_target_init (self, node);
}

/**
 * setup_zadig_target_clear:
 * @self: a target
 *
 * Frees what @self holds and leaves it empty.
 */
void
setup_zadig_target_clear (SetupZadigTarget *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  *self = (SetupZadigTarget){ 0 };
}

/**
 * setup_zadig_target_dup_id:
 * @self: a target
 *
 * Returns: (transfer full): what Zadig's fields beside "USB ID" hold then, "303A 0002 02"
 */
char *
setup_zadig_target_dup_id (const SetupZadigTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->interface == SETUP_DRIVER_NO_INTERFACE)
    return g_strdup_printf ("%04X %04X", self->vendor, self->product);

  return g_strdup_printf ("%04X %04X %02X", self->vendor, self->product, (guint) self->interface);
}

/**
 * setup_zadig_target_build_options:
 * @self: a target
 *
 * Makes mistakes hard: WinUSB is chosen, the device as a whole is not in the list, and what has a
 * driver only when that is what has to be replaced.
 *
 * Returns: (transfer full): what is to be in "zadig.ini"
 */
char *
setup_zadig_target_build_options (const SetupZadigTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("[general]\n"
                          "  advanced_mode = false\n"
                          "  exit_on_success = true\n"
                          "[device]\n"
                          "  list_all = %s\n"
                          "  include_hubs = false\n"
                          "  trim_whitespaces = true\n"
                          "[driver]\n"
                          "  default_driver = 0\n",
                          self->replaces ? "true" : "false");
}

/**
 * setup_zadig_target_build_preset:
 * @self: a target
 *
 * Returns: (transfer full): a preset device for exactly this interface
 */
char *
setup_zadig_target_build_preset (const SetupZadigTarget *self)
{
  g_autofree char *interface = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->interface != SETUP_DRIVER_NO_INTERFACE)
    interface = g_strdup_printf ("  MI = 0x%02X\n", (guint) self->interface);

  return g_strdup_printf ("[device]\n"
                          "  Description = \"%s\"\n"
                          "  VID = 0x%04X\n"
                          "  PID = 0x%04X\n"
                          "%s",
                          self->name, self->vendor, self->product,
                          interface != NULL ? interface : "");
}

/**
 * setup_zadig_target_build_preset_name:
 * @self: a target
 *
 * Returns: (transfer full): the name of the preset's file
 */
char *
setup_zadig_target_build_preset_name (const SetupZadigTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->interface == SETUP_DRIVER_NO_INTERFACE)
    return g_strdup_printf ("bootlace-%04x-%04x.cfg", self->vendor, self->product);

  return g_strdup_printf ("bootlace-%04x-%04x-%d.cfg", self->vendor, self->product,
                          self->interface);
}

static gboolean
save (const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents (path, text, -1, error);
}

/**
 * setup_zadig_target_save:
 * @self: a target
 * @folder: where Zadig will be started
 * @error: return location for an error
 *
 * Writes Zadig's settings and the preset into @folder, which is made where there is none. Blocks on
 * files.
 *
 * Returns: whether both are there
 */
gboolean
setup_zadig_target_save (const SetupZadigTarget *self, const char *folder, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *options = NULL;
  g_autofree char *preset = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  name = setup_zadig_target_build_preset_name (self);
  options = setup_zadig_target_build_options (self);
  preset = setup_zadig_target_build_preset (self);

  /* Whether it could be made is seen in the next step, which can say so. */
  g_mkdir_with_parents (folder, 0700);

  return save (folder, OPTIONS_NAME, options, error) && save (folder, name, preset, error);
}

/**
 * setup_zadig_build_folder:
 *
 * Returns: (transfer full): the folder of ours that Zadig is started in
 */
char *
setup_zadig_build_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "bootlace", "zadig", NULL);
}

/**
 * setup_zadig_open:
 * @target: what needs WinUSB
 * @error: return location for an error, %G_IO_ERROR_NOT_FOUND when there is no Zadig
 *
 * Finds Zadig, tells it what to do and starts it; see setup_zadig_start(). Blocks until the person
 * has given the permission: not the main thread of a window.
 *
 * Returns: whether it was started
 */
gboolean
setup_zadig_open (const SetupZadigTarget *target, GError **error)
{
  g_auto (GStrv) folders = setup_zadig_list_folders ();
  g_autofree char *path = setup_zadig_find ((const char *const *) folders);
  g_autofree char *folder = setup_zadig_build_folder ();

  g_return_val_if_fail (target != NULL, FALSE);

  if (path == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Zadig was not found");
    return FALSE;
  }

  return setup_zadig_target_save (target, folder, error) && setup_zadig_start (path, folder, error);
}
