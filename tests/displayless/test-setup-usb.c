/* test-setup-usb.c: whether USB can be reached, and what to do where it cannot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-usb.h"
#include "test-tree.h"
#include "test-verdict.h"

typedef struct {
  const char *name;
  SetupUsbFacts facts;
  SetupState state;
  SetupAction action;
  const char *words;
  const char *command;
} Case;

static const Case cases[] = {
  { "fine", { .has_nodes = TRUE, .n_devices = 3 }, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "reached" },
  { "nothing-connected", { .has_nodes = TRUE }, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "reached" },
  { "no-usb", { 0 }, SETUP_STATE_BAD, SETUP_ACTION_CHECK_AGAIN, "cannot use USB on this computer" },
  { "blind",
    { .has_nodes = TRUE, .blind = TRUE },
    SETUP_STATE_BAD,
    SETUP_ACTION_NONE,
    "Start Bootlace again once USB works" },
  { "flatpak",
    { .flatpak = TRUE, .flatpak_devices = TRUE, .has_nodes = TRUE },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "out of the Flatpak" },
  /* sysfs shows the devices all the same. */
  { "flatpak-without-devices",
    { .flatpak = TRUE, .n_devices = 3 },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "Flatpak",
    "flatpak override --user --device=all dev.bootlace.Bootlace" },
  { "docker",
    { .machine = { .container = (char *) "docker" } },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "container (docker)",
    "docker run -v /dev/bus/usb:/dev/bus/usb " },
  { "podman",
    { .machine = { .container = (char *) "podman" } },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "container (podman)",
    "podman run -v /dev/bus/usb:/dev/bus/usb " },
  { "lxc",
    { .machine = { .container = (char *) "lxc" } },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "container (lxc)" },
  /* Such as Toolbox, which is given all of /dev. */
  { "container-with-usb",
    { .machine = { .container = (char *) "podman" }, .has_nodes = TRUE },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "reached" },
  { "wsl-1",
    { .machine = { .kind = SETUP_MACHINE_WSL_1 } },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "first generation",
    "wsl --set-version" },
  { "wsl-2",
    { .machine = { .kind = SETUP_MACHINE_WSL_2 }, .has_nodes = TRUE },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "usbipd bind",
    "usbipd attach --wsl --auto-attach" },
  { "wsl-2-attached",
    { .machine = { .kind = SETUP_MACHINE_WSL_2 }, .has_nodes = TRUE, .n_devices = 1 },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "reached" },
  { "wsl-2-lost",
    { .machine = { .kind = SETUP_MACHINE_WSL_2 }, .has_nodes = TRUE, .n_devices = 1, .lost = TRUE },
    SETUP_STATE_DOUBTFUL,
    SETUP_ACTION_COPY_COMMAND,
    "Windows may have it again",
    "usbipd attach --wsl --auto-attach" },
  { "virtual-machine-lost",
    { .machine = { SETUP_MACHINE_VIRTUAL, SETUP_HYPERVISOR_VMWARE },
      .has_nodes = TRUE,
      .n_devices = 1,
      .lost = TRUE },
    SETUP_STATE_DOUBTFUL,
    SETUP_ACTION_CHECK_AGAIN,
    "may have it again" },
  { "lost",
    { .has_nodes = TRUE, .n_devices = 1, .lost = TRUE },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "reached" },
  { "virtual-machine",
    { .machine = { SETUP_MACHINE_VIRTUAL, SETUP_HYPERVISOR_VIRTUALBOX } },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "USB filter" },
  { "hyper-v",
    { .machine = { SETUP_MACHINE_VIRTUAL, SETUP_HYPERVISOR_HYPER_V } },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "cannot hand USB devices" },
  { "virtual-machine-with-usb",
    { .machine = { SETUP_MACHINE_VIRTUAL }, .has_nodes = TRUE },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "reached" },
};

static void
test_decides (gconstpointer user_data)
{
  const Case *row = user_data;
  g_autoptr (SetupVerdict) verdict = setup_usb_decide (&row->facts);

  test_assert_verdict (verdict, row->state, row->action, row->words, row->command);
}

static void
test_gathers_nodes (void)
{
  char *root = test_tree_new ();
  SetupUsbFacts facts = { 0 };

  setup_usb_gather (&facts, root);
  g_assert_false (facts.has_nodes);
  g_assert_false (facts.flatpak);
  setup_usb_facts_clear (&facts);

  test_tree_make_folder (root, "/dev/bus/usb");
  test_tree_write (root, "/.dockerenv", "");
  setup_usb_gather (&facts, root);
  g_assert_true (facts.has_nodes);
  g_assert_cmpstr (facts.machine.container, ==, "docker");
  setup_usb_facts_clear (&facts);

  test_tree_free (root);
}

static void
assert_flatpak (const char *info, gboolean devices)
{
  char *root = test_tree_new ();
  g_auto (SetupUsbFacts) facts = { 0 };

  test_tree_write (root, "/.flatpak-info", info);
  setup_usb_gather (&facts, root);
  g_assert_true (facts.flatpak);
  g_assert_cmpint (facts.flatpak_devices, ==, devices);

  test_tree_free (root);
}

static void
test_gathers_flatpak (void)
{
  assert_flatpak ("[Application]\nname=dev.bootlace.Bootlace\n\n"
                  "[Context]\nshared=ipc;\ndevices=dri;\n",
                  FALSE);
  assert_flatpak ("[Context]\ndevices=dri;all;\n", TRUE);
  assert_flatpak ("[Context]\ndevices=usb\n", TRUE);
  assert_flatpak ("[Context]\nshared=ipc;\n", FALSE);
  assert_flatpak ("this is no key file", FALSE);
  assert_flatpak ("", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/setup/usb/decides/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_decides);
  }
  g_test_add_func ("/setup/usb/gathers/nodes", test_gathers_nodes);
  g_test_add_func ("/setup/usb/gathers/flatpak", test_gathers_flatpak);

  return g_test_run ();
}
