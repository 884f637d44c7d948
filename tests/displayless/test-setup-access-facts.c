/* test-setup-access-facts.c: what decides about access, gathered from a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-access.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "test-tree.h"

/* No such bus is on any computer. */
#define BUS 77
#define ADDRESS 3
#define NODE "/dev/bus/usb/077/003"
#define RECORD "/run/udev/data/c189:9730"

typedef struct {
  char *root;
  SetupSituation situation;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_auto (UsbIdentity) identity = {
    .port_path = g_strdup ("77-1"),
    .bus_number = BUS,
    .address = ADDRESS,
    .vendor_id = 0x303a,
    .product_id = 0x0002,
  };

  g_setenv ("PATH", "bin::/opt/bin:/usr/bin", TRUE);
  fixture->root = test_tree_new ();
  fixture->situation = (SetupSituation){
    .root = fixture->root,
    .subject = usb_device_new (&identity),
    .speaks_dfu = TRUE,
  };
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->situation.subject);
  test_tree_free (fixture->root);
}

static void
make_program (Fixture *fixture, const char *path)
{
  g_autofree char *full = g_strconcat (fixture->root, path, NULL);

  test_tree_write (fixture->root, path, "");
  g_assert_no_errno (g_chmod (full, 0755));
}

static void
test_bare (Fixture *fixture, gconstpointer user_data)
{
  g_auto (SetupAccessFacts) facts = { 0 };

  setup_access_gather (&facts, &fixture->situation);

  g_assert_true (facts.connected);
  g_assert_false (facts.sandboxed);
  g_assert_false (facts.has_helper);
  g_assert_false (facts.has_polkit);
  g_assert_cmpstr (facts.node.path, ==, NODE);
  g_assert_cmpint (facts.rule.state, ==, SETUP_RULE_STATE_ABSENT);
  g_assert_cmpuint (facts.person.user, ==, getuid ());
  g_assert_cmpstr (facts.person.name, ==, g_get_user_name ());
  g_assert_false (facts.person.logind);
}

static void
test_desktop (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *seat = g_strdup_printf ("ACTIVE_UID=%u\n", getuid ());
  g_autoptr (SetupVerdict) verdict = NULL;
  g_auto (SetupAccessFacts) facts = { 0 };

  make_program (fixture, SETUP_HELPER_PATH);
  make_program (fixture, "/opt/bin/pkexec");
  make_program (fixture, "/usr/bin/bootlace-cli");
  test_tree_write (fixture->root, NODE, "");
  test_tree_write (fixture->root, "/run/udev/control", "");
  test_tree_write (fixture->root, RECORD, "G:uaccess\nE:ID_SEAT=seat1\n");
  test_tree_write (fixture->root, "/run/systemd/seats/seat0", "ACTIVE_UID=4000000\n");
  test_tree_write (fixture->root, "/run/systemd/seats/seat1", seat);
  test_tree_write (fixture->root, "/etc/udev/rules.d/40-dfuse.rules",
                   "ATTRS{idVendor}==\"303a\", ATTRS{idProduct}==\"00??\", MODE=\"0666\"\n");

  setup_access_gather (&facts, &fixture->situation);

  g_assert_true (facts.has_helper);
  g_assert_true (facts.has_polkit);
  g_assert_cmpstr (facts.printer, ==, "/usr/bin/bootlace-cli");
  g_assert_true (facts.node.udev_runs);
  g_assert_true (facts.node.tagged);
  /* The person at the seat that the board belongs to. */
  g_assert_true (facts.person.seated);
  g_assert_cmpstr (facts.rule.other_path, ==, "/etc/udev/rules.d/40-dfuse.rules");
  g_assert_true (facts.rule.other_is_open);

  facts.accessible = FALSE;
  verdict = setup_access_decide (&facts);
  g_assert_cmpint (verdict->state, ==, SETUP_STATE_BAD);
  g_assert_cmpint (verdict->action, ==, SETUP_ACTION_INSTALL_RULE);
}

static void
test_sandbox (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SetupVerdict) verdict = NULL;
  g_auto (SetupAccessFacts) facts = { 0 };

  test_tree_write (fixture->root, "/.flatpak-info", "");

  setup_access_gather (&facts, &fixture->situation);
  facts.accessible = FALSE;
  verdict = setup_access_decide (&facts);
  g_assert_cmpint (verdict->state, ==, SETUP_STATE_BAD);
  g_assert_cmpint (verdict->action, ==, SETUP_ACTION_COPY_COMMAND);
  g_assert_nonnull (strstr (verdict->command, "flatpak run "));
}

/* A program that may not be run is none. */
static void
test_no_programs (Fixture *fixture, gconstpointer user_data)
{
  g_auto (SetupAccessFacts) facts = { 0 };

  test_tree_write (fixture->root, SETUP_HELPER_PATH, "");
  test_tree_write (fixture->root, "/usr/bin/pkexec", "");
  make_program (fixture, "/bin/pkexec");

  setup_access_gather (&facts, &fixture->situation);
  g_assert_false (facts.has_helper);
  g_assert_false (facts.has_polkit);
}

static void
test_no_board (Fixture *fixture, gconstpointer user_data)
{
  g_auto (SetupAccessFacts) facts = { 0 };

  fixture->situation.speaks_dfu = FALSE;
  setup_access_gather (&facts, &fixture->situation);
  g_assert_false (facts.connected);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/setup/access-facts/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("bare", test_bare);
  ADD ("desktop", test_desktop);
  ADD ("sandbox", test_sandbox);
  ADD ("no-programs", test_no_programs);
  ADD ("no-board", test_no_board);

  return g_test_run ();
}
