/* setup-usb.c: is USB reachable from here?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-usb.h"

#include <glib/gi18n.h>

#include "dfu-error.h"
#include "setup-sign.h"
#include "usb-error.h"

#define FLATPAK_COMMAND "flatpak override --user --device=all " APPLICATION_ID

/* The board leaves and comes back whenever it changes its mode; without --auto-attach Windows
 * would keep it then. */
#define WSL_COMMAND "usbipd attach --wsl --auto-attach --busid BUSID"

/* A folder and not a single device, because a board that comes back is another one. 189 is the
 * major number of USB devices: Linux, Documentation/admin-guide/devices.txt. */
#define DOCKER_COMMAND                                                                             \
  "docker run -v /dev/bus/usb:/dev/bus/usb --device-cgroup-rule='c 189:* rmw' IMAGE"
#define PODMAN_COMMAND "podman run -v /dev/bus/usb:/dev/bus/usb --group-add keep-groups IMAGE"

typedef struct {
  const char *container;
  const char *command;
} ContainerRow;

static const ContainerRow container_rows[] = {
  { "docker", DOCKER_COMMAND },
  { "podman", PODMAN_COMMAND },
};

static void
read_flatpak_info (SetupUsbFacts *self, const char *root)
{
  g_autofree char *path = g_strconcat (root, "/.flatpak-info", NULL);
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) devices = NULL;

  self->flatpak = g_file_test (path, G_FILE_TEST_EXISTS);
  if (!self->flatpak || !g_key_file_load_from_file (info, path, G_KEY_FILE_NONE, NULL))
    return;

  devices = g_key_file_get_string_list (info, "Context", "devices", NULL, NULL);
  self->flatpak_devices =
    devices != NULL && (g_strv_contains ((const char *const *) devices, "all") ||
                        g_strv_contains ((const char *const *) devices, "usb"));
}

/**
 * setup_usb_gather:
 * @self: (out caller-allocates): the facts; all but what the bus and the last attempt tell
 * @root: what every path begins with
 *
 * Looks around. Blocks on small files.
 */
void
setup_usb_gather (SetupUsbFacts *self, const char *root)
{
  g_autofree char *nodes = g_strconcat (root, "/dev/bus/usb", NULL);

  *self = (SetupUsbFacts){ .has_nodes = g_file_test (nodes, G_FILE_TEST_IS_DIR) };
  setup_machine_gather (&self->machine, root);
  read_flatpak_info (self, root);
}

/**
 * setup_usb_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_usb_facts_clear (SetupUsbFacts *self)
{
  setup_machine_clear (&self->machine);
}

/**
 * setup_usb_dup_handover:
 * @machine: a machine
 *
 * Says how a virtual machine gets at a board that is plugged into the computer around it.
 *
 * Returns: (transfer full) (nullable): a sentence or two, translated; %NULL for a real computer
 */
char *
setup_usb_dup_handover (const SetupMachine *machine)
{
  if (machine->kind != SETUP_MACHINE_VIRTUAL)
    return NULL;

  switch (machine->hypervisor) {
  case SETUP_HYPERVISOR_VIRTUALBOX:
    return g_strdup (_ ("This is a virtual machine: add a USB filter for the board in "
                        "VirtualBox’s settings of it. What is chosen in the menu “Devices → USB” "
                        "is lost whenever the board restarts."));
  case SETUP_HYPERVISOR_VMWARE:
    return g_strdup (_ ("This is a virtual machine: hand the board to it in VMware’s menu "
                        "“Removable Devices”, and have VMware remember that."));
  case SETUP_HYPERVISOR_QEMU:
    return g_strdup (_ ("This is a virtual machine: hand the board to it in its viewer’s menu for "
                        "USB redirection, with “auto-connect” switched on: the board leaves and "
                        "comes back whenever it restarts."));
  case SETUP_HYPERVISOR_PARALLELS:
    return g_strdup (_ ("This is a virtual machine: hand the board to it in Parallels’ menu "
                        "“Devices → USB & Bluetooth”."));
  case SETUP_HYPERVISOR_HYPER_V:
    return g_strdup (_ ("This is a virtual machine of Hyper-V, which cannot hand USB devices to "
                        "it. Run Bootlace on the computer that the board is plugged into."));
  case SETUP_HYPERVISOR_CLOUD:
    return g_strdup (_ ("This computer stands in a data centre. Run Bootlace on the computer that "
                        "the board is plugged into."));
  case SETUP_HYPERVISOR_UNKNOWN:
    break;
  }

  return g_strdup (_ ("This is a virtual machine: hand the board to it in the settings of the "
                      "program that runs it."));
}

static const char *
find_container_command (const char *container)
{
  for (guint i = 0; i < G_N_ELEMENTS (container_rows); i++)
    if (g_str_equal (container_rows[i].container, container))
      return container_rows[i].command;

  return NULL;
}

static SetupVerdict *
refuse_container (const char *container)
{
  const char *command = find_container_command (container);

  return setup_sign_answer (SETUP_SIGN_CONTAINER_WITHOUT_USB, SETUP_STATE_BAD,
                            command != NULL ? SETUP_ACTION_COPY_COMMAND : SETUP_ACTION_CHECK_AGAIN,
                            command, "{kind}", container, NULL);
}

/* Looking again does not start libusb. At this moment one row is for every error. */
static SetupVerdict *
refuse_blind (void)
{
  const SetupSymptom *symptom =
    setup_symptom_find_code (USB_ERROR, USB_ERROR_FAILED, SETUP_MOMENT_BUS);
  g_autofree char *hint = setup_symptom_dup_hint (symptom);

  return setup_verdict_new (SETUP_STATE_BAD, _ (symptom->summary), hint, SETUP_ACTION_NONE, NULL);
}

static SetupVerdict *
refuse_nothing_there (const SetupUsbFacts *facts)
{
  g_autofree char *handover = setup_usb_dup_handover (&facts->machine);

  if (facts->machine.container != NULL && !facts->has_nodes)
    return refuse_container (facts->machine.container);

  if (facts->machine.kind == SETUP_MACHINE_WSL_1)
    return setup_sign_answer (SETUP_SIGN_WSL_1, SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                              "wsl --set-version DISTRIBUTION 2", NULL);

  if (facts->machine.kind == SETUP_MACHINE_WSL_2)
    return setup_sign_answer (SETUP_SIGN_WSL_2, SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                              WSL_COMMAND, NULL);

  if (handover != NULL && !facts->has_nodes)
    return setup_sign_answer (SETUP_SIGN_VIRTUAL_MACHINE_WITHOUT_USB, SETUP_STATE_BAD,
                              SETUP_ACTION_CHECK_AGAIN, NULL, "{handover}", handover, NULL);

  if (!facts->has_nodes)
    return setup_sign_answer (SETUP_SIGN_NO_NODES, SETUP_STATE_BAD, SETUP_ACTION_CHECK_AGAIN, NULL,
                              NULL);

  return facts->blind ? refuse_blind () : NULL;
}

/* A board that restarts is a new device, and whoever shares it out has it again then. */
static SetupVerdict *
suspect_host (const SetupMachine *machine)
{
  g_autofree char *handover = setup_usb_dup_handover (machine);

  if (machine->kind == SETUP_MACHINE_WSL_2)
    return setup_sign_answer (SETUP_SIGN_BACK_AT_WINDOWS, SETUP_STATE_DOUBTFUL,
                              SETUP_ACTION_COPY_COMMAND, WSL_COMMAND, NULL);

  if (handover != NULL)
    return setup_sign_answer (SETUP_SIGN_BACK_AT_HOST, SETUP_STATE_DOUBTFUL,
                              SETUP_ACTION_CHECK_AGAIN, NULL, "{handover}", handover, NULL);

  return NULL;
}

/**
 * setup_usb_decide:
 * @facts: the facts
 *
 * Whatever else the signs say, a device that is seen proves that USB can be reached.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_usb_decide (const SetupUsbFacts *facts)
{
  SetupVerdict *verdict = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  /* Devices are seen in sysfs here, but none of them can be opened. */
  if (facts->flatpak && !facts->flatpak_devices)
    return setup_sign_answer (SETUP_SIGN_FLATPAK_WITHOUT_USB, SETUP_STATE_BAD,
                              SETUP_ACTION_COPY_COMMAND, FLATPAK_COMMAND, NULL);

  if (facts->n_devices == 0)
    verdict = refuse_nothing_there (facts);
  if (verdict == NULL && facts->lost)
    verdict = suspect_host (&facts->machine);

  if (verdict != NULL)
    return verdict;

  if (facts->flatpak)
    return setup_verdict_new_plain (SETUP_STATE_GOOD, _ ("USB can be reached out of the Flatpak."));

  return setup_verdict_new_plain (SETUP_STATE_GOOD, _ ("USB can be reached."));
}

/**
 * setup_usb_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_usb_answer (const SetupSituation *situation)
{
  g_auto (SetupUsbFacts) facts = { 0 };

  setup_usb_gather (&facts, situation->root);
  facts.n_devices = situation->devices->len;
  facts.blind = situation->blind;
  facts.lost = g_error_matches (situation->error, DFU_ERROR, DFU_ERROR_NOT_RETURNED);

  return setup_usb_decide (&facts);
}
