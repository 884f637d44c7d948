/* test-setup-holder.c: who has a board, by the signs that the kernel shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <unistd.h>

#include "setup-holder.h"
#include "test-device.h"
#include "test-tree.h"
#include "test-verdict.h"
#include "usb-error.h"

#define INTERFACE "/sys/bus/usb/devices/1-2:1.2"
#define NODE "/dev/bus/usb/001/007"

typedef struct {
  const char *name;
  SetupHolderFacts facts;
  SetupState state;
  SetupAction action;
  const char *words;
  const char *command;
} Case;

#define USBFS .driver = (char *) "usbfs"

static const Case cases[] = {
  { "no-board", { FALSE }, SETUP_STATE_SKIPPED, SETUP_ACTION_NONE, "bootloader" },
  { "nobody", { TRUE, FALSE, { TRUE } }, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "Nothing else" },
  { "nobody-any-more",
    { TRUE, TRUE, { TRUE } },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "any more: try again" },
  { "we", { TRUE, FALSE, { TRUE, TRUE, USBFS } }, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "itself" },
  { "fwupd",
    { TRUE, TRUE, { TRUE, FALSE, USBFS, (char *) "fwupd", 812 } },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "“fwupd” is using the board (process 812).",
    "sudo systemctl stop fwupd" },
  { "virtual-machine",
    { TRUE, FALSE, { TRUE, FALSE, USBFS, (char *) "qemu-system-x86", 5 } },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "handed to a virtual machine" },
  { "another-bootlace",
    { TRUE, FALSE, { TRUE, FALSE, USBFS, (char *) "bootlace-cli", 5 } },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "Let it finish" },
  { "stranger",
    { TRUE, FALSE, { TRUE, FALSE, USBFS, (char *) "thing", 5 } },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "“thing” is using the board (process 5)." },
  { "hidden-suspect",
    { TRUE, FALSE, { TRUE, FALSE, USBFS }, (char *) NODE, 1, (char *) "fwupd", 812 },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "probably “fwupd” (process 812)",
    "sudo systemctl stop fwupd" },
  { "hidden-stranger",
    { TRUE, FALSE, { TRUE, FALSE, USBFS }, (char *) NODE, 1, (char *) "openocd", 813 },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "Close it" },
  { "hidden-suspects",
    { TRUE, FALSE, { TRUE, FALSE, USBFS }, (char *) NODE, 2, (char *) "fwupd", 812 },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "Bootlace may not look into it",
    "sudo fuser -v " NODE },
  { "hidden",
    { TRUE, FALSE, { TRUE, FALSE, USBFS }, (char *) NODE },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "Bootlace may not look into it",
    "sudo fuser -v " NODE },
  { "looking-on",
    { TRUE, FALSE, { TRUE, FALSE, NULL, (char *) "thing", 5 } },
    SETUP_STATE_DOUBTFUL,
    SETUP_ACTION_CHECK_AGAIN,
    "“thing” has the board open (process 5)." },
  { "kernel-driver",
    { TRUE, FALSE, { TRUE, FALSE, (char *) "cdc_acm" } },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "steps back" },
  { "stubborn-kernel-driver",
    { TRUE, TRUE, { TRUE, FALSE, (char *) "cdc_acm" } },
    SETUP_STATE_BAD,
    SETUP_ACTION_COPY_COMMAND,
    "did not step back",
    "sudo modprobe -r cdc_acm" },
  /* Windows shows nothing but the failure. */
  { "busy-and-nothing-known",
    { TRUE, TRUE },
    SETUP_STATE_BAD,
    SETUP_ACTION_CHECK_AGAIN,
    "Another program is using the board." },
  { "nothing-known", { TRUE }, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "Nothing else" },
};

static void
test_decides (gconstpointer user_data)
{
  const Case *row = user_data;
  g_autoptr (SetupVerdict) verdict = setup_holder_decide (&row->facts);

  test_assert_verdict (verdict, row->state, row->action, row->words, row->command);
}

typedef struct {
  char *root;
  GPtrArray *devices;
  SetupHolderFacts facts;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->root = test_tree_new ();
  test_tree_make_folder (fixture->root, INTERFACE);
  test_tree_make_folder (fixture->root, "/proc/sys");

  fixture->devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (fixture->devices, test_device_new_dfu ("1-2", 0x303a, 0x0002, DFU_MODE_DFU));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  setup_holder_facts_clear (&fixture->facts);
  g_ptr_array_unref (fixture->devices);
  test_tree_free (fixture->root);
}

static void
gather (Fixture *fixture, const GError *error)
{
  g_autoptr (SetupSituation) situation =
    setup_situation_new (fixture->root, fixture->devices, NULL, error);

  setup_holder_facts_clear (&fixture->facts);
  setup_holder_gather (&fixture->facts, situation);
}

static void
add_process (Fixture *fixture, guint process, const char *name, const char *file)
{
  g_autofree char *comm = g_strdup_printf ("/proc/%u/comm", process);
  g_autofree char *link = g_strdup_printf ("/proc/%u/fd/3", process);
  g_autofree char *text = g_strconcat (name, "\n", NULL);

  test_tree_write (fixture->root, comm, text);
  if (file != NULL)
    test_tree_link (fixture->root, link, file);
}

static void
test_nobody (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = g_error_new (USB_ERROR, USB_ERROR_BUSY, "Held");

  add_process (fixture, 10, "editor", "/dev/bus/usb/001/008");
  add_process (fixture, 11, "fwupd", NULL);
  gather (fixture, error);

  g_assert_true (fixture->facts.connected);
  g_assert_true (fixture->facts.busy);
  g_assert_true (fixture->facts.holder.known);
  g_assert_false (fixture->facts.holder.ours);
  g_assert_null (fixture->facts.holder.driver);
  g_assert_null (fixture->facts.holder.program);
  g_assert_null (fixture->facts.suspect);
}

static void
test_program (Fixture *fixture, gconstpointer user_data)
{
  test_tree_link (fixture->root, INTERFACE "/driver", "../../../../bus/usb/drivers/usbfs");
  add_process (fixture, 11, "fwupd", NULL);
  gather (fixture, NULL);

  /* The system's programs do not show what they have open. */
  g_assert_cmpstr (fixture->facts.holder.driver, ==, "usbfs");
  g_assert_null (fixture->facts.holder.program);
  g_assert_cmpstr (fixture->facts.suspect, ==, "fwupd");

  add_process (fixture, 812, "dfu-util", NODE);
  gather (fixture, NULL);
  g_assert_cmpstr (fixture->facts.holder.program, ==, "dfu-util");
  g_assert_cmpuint (fixture->facts.holder.process, ==, 812);
  g_assert_null (fixture->facts.suspect);
}

/* What can be looked into and has not got the board is not to blame; of what cannot, as what was
 * started with sudo, it is likely. */
static void
test_suspects (Fixture *fixture, gconstpointer user_data)
{
  test_tree_link (fixture->root, INTERFACE "/driver", "../../../../bus/usb/drivers/usbfs");
  add_process (fixture, 11, "ModemManager", "/dev/null");
  add_process (fixture, 12, "editor", NULL);
  gather (fixture, NULL);
  g_assert_null (fixture->facts.suspect);

  add_process (fixture, 813, "openocd", NULL);
  gather (fixture, NULL);
  g_assert_cmpstr (fixture->facts.suspect, ==, "openocd");
  g_assert_cmpuint (fixture->facts.suspect_process, ==, 813);
  g_assert_cmpuint (fixture->facts.n_suspects, ==, 1);
  g_assert_cmpstr (fixture->facts.node, ==, NODE);

  add_process (fixture, 14, "fwupd", NULL);
  gather (fixture, NULL);
  g_assert_cmpuint (fixture->facts.n_suspects, ==, 2);
}

static void
test_ours (Fixture *fixture, gconstpointer user_data)
{
  test_tree_link (fixture->root, INTERFACE "/driver", "../usbfs");
  add_process (fixture, (guint) getpid (), "bootlace", NODE);
  gather (fixture, NULL);

  g_assert_true (fixture->facts.holder.ours);
  g_assert_null (fixture->facts.holder.program);
}

/* Nothing is known of a system without sysfs and /proc, nor of what speaks no DFU. */
static void
test_nothing (Fixture *fixture, gconstpointer user_data)
{
  test_tree_remove (fixture->root, "/sys");
  test_tree_remove (fixture->root, "/proc");
  gather (fixture, NULL);
  g_assert_true (fixture->facts.connected);
  g_assert_false (fixture->facts.holder.known);

  g_ptr_array_set_size (fixture->devices, 0);
  g_ptr_array_add (fixture->devices, test_device_new ("1-3", 0x10c4, 0xea60));
  gather (fixture, NULL);
  g_assert_false (fixture->facts.connected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/setup/holder/decides/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_decides);
  }

  g_test_add ("/setup/holder/gathers/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/setup/holder/gathers/program", Fixture, NULL, set_up, test_program, tear_down);
  g_test_add ("/setup/holder/gathers/suspects", Fixture, NULL, set_up, test_suspects, tear_down);
  g_test_add ("/setup/holder/gathers/ours", Fixture, NULL, set_up, test_ours, tear_down);
  g_test_add ("/setup/holder/gathers/nothing", Fixture, NULL, set_up, test_nothing, tear_down);

  return g_test_run ();
}
