/* test-setup-assistant.c: the setup assistant follows what happens on a bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "setup-assistant.h"
#include "test-tree.h"

typedef struct {
  char *root;
  UsbBus *bus;
  SetupAssistant *assistant;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->root = test_tree_new ();
  test_tree_make_folder (fixture->root, "/dev/bus/usb");
  fixture->bus = bus_fixture_new_bus (FALSE);
  fixture->assistant = setup_assistant_new_for_root (fixture->bus, fixture->root);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->assistant);
  g_assert_finalize_object (fixture->bus);
  test_tree_free (fixture->root);
  bus_fixture_clear ();
}

static SetupState
get_state (Fixture *fixture, const char *id)
{
  return setup_check_get_verdict (setup_assistant_find_check (fixture->assistant, id))->state;
}

static void
wait_for (Fixture *fixture, const char *id, SetupState state)
{
  while (get_state (fixture, id) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_answers (Fixture *fixture)
{
  while (setup_assistant_is_busy (fixture->assistant))
    g_main_context_iteration (NULL, TRUE);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* From nothing to Ready without anybody's pressing a button. */
static void
test_live (Fixture *fixture, gconstpointer user_data)
{
  guint n_ready = 0;

  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_CHECKING);
  g_assert_true (setup_assistant_is_busy (fixture->assistant));
  g_assert_false (setup_assistant_is_ready (fixture->assistant));
  g_signal_connect_swapped (fixture->assistant, "notify::ready", G_CALLBACK (count_cb), &n_ready);

  wait_for_answers (fixture);
  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_WAITING);
  g_assert_true (setup_assistant_get_worst (fixture->assistant) ==
                 setup_assistant_find_check (fixture->assistant, "board"));
  g_assert_false (setup_assistant_is_ready (fixture->assistant));

  bus_fixture_plug ("esp32s2@1-1");
  wait_for (fixture, "board", SETUP_STATE_GOOD);
  g_assert_cmpint (get_state (fixture, "access"), ==, SETUP_STATE_GOOD);

  virtual_bus_tell ("deny-access 1-1");
  usb_bus_rescan (fixture->bus);
  wait_for (fixture, "access", SETUP_STATE_BAD);
  g_assert_false (setup_assistant_is_ready (fixture->assistant));
  g_assert_true (setup_assistant_get_worst (fixture->assistant) ==
                 setup_assistant_find_check (fixture->assistant, "access"));

  /* Nothing tells of a permission that is given. */
  virtual_bus_tell ("allow-access 1-1");
  wait_for (fixture, "access", SETUP_STATE_GOOD);

  bus_fixture_clear ();
  wait_for (fixture, "board", SETUP_STATE_WAITING);
  g_assert_cmpint (get_state (fixture, "access"), ==, SETUP_STATE_SKIPPED);
}

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *const[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/setup/assistant/live", Fixture, NULL, set_up, test_live, tear_down);

  return g_test_run ();
}
