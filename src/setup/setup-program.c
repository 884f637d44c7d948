/* setup-program.c: programs that are known to take boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-program.h"

#include <glib/gi18n.h>

static const char hand_back[] = N_ ("The board was handed to a virtual machine. Take it back in "
                                    "that machine’s USB menu.");
static const char let_finish[] = N_ ("Let it finish, or end it, then try again.");
static const char close_it[] = N_ ("Close it, then try again.");

/* The kernel knows only the first 15 bytes of a name. */
static const SetupProgram programs[] = {
  { "fwupd",
    N_ ("It updates the firmware of devices and looks at each that speaks DFU. It lets go within "
        "seconds; if it does not, stop it until the next start of the computer."),
    "sudo systemctl stop fwupd" },
  { "ModemManager",
    N_ ("It looks whether a new device is a modem. It lets go within half a minute; if it does "
        "not, stop it until the next start of the computer."),
    "sudo systemctl stop ModemManager" },
  { "brltty", N_ ("It takes serial converters for Braille displays. Stop it if you have none."),
    "sudo systemctl stop brltty" },
  { "qemu", hand_back },
  { "VBox", hand_back },
  { "VirtualBox", hand_back },
  { "vmware", hand_back },
  { "remote-viewer", hand_back },
  { "virt-viewer", hand_back },
  { "virt-manager", hand_back },
  { "gnome-boxes", hand_back },
  { "usbredirect", hand_back },
  { "bootlace", let_finish },
  { "dfu-util", let_finish },
  { "dfu-programmer", let_finish },
  { "esptool", let_finish },
  { "openocd", close_it },
};

/**
 * setup_program_find:
 * @name: what a program calls itself
 *
 * Returns: (nullable): what is known about it
 */
const SetupProgram *
setup_program_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (g_str_has_prefix (name, programs[i].name))
      return &programs[i];

  return NULL;
}

/**
 * setup_program_get_advice:
 * @name: what a program calls itself
 *
 * Returns: what to do about its having a board, translated
 */
const char *
setup_program_get_advice (const char *name)
{
  const SetupProgram *program = setup_program_find (name);

  return program != NULL ? _ (program->advice) : _ (close_it);
}
