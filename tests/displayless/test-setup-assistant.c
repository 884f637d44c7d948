/* test-setup-assistant.c: the setup assistant follows what happens on a bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-error.h"
#include "setup-assistant.h"
#include "test-tree.h"

#define RULES "/etc/udev/rules.d"
#define PACKAGED_RULES "/usr/lib/udev/rules.d"
#define OPEN_RULE                                                                                  \
  "SUBSYSTEMS==\"usb\", ATTRS{idVendor}==\"303a\", ATTRS{idProduct}==\"00??\", "                   \
  "GROUP=\"plugdev\", "                                                                            \
  "MODE=\"0666\"\n"

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
  test_tree_make_folder (fixture->root, RULES);
  test_tree_make_folder (fixture->root, PACKAGED_RULES);
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

static const char *
get_summary (Fixture *fixture, const char *id)
{
  return setup_check_get_verdict (setup_assistant_find_check (fixture->assistant, id))->summary;
}

static void
test_subject (Fixture *fixture, gconstpointer user_data)
{
  bus_fixture_plug ("esp32s2@1-1,mode=dfu");
  bus_fixture_plug ("cp2102@1-2");
  wait_for (fixture, "bootloader", SETUP_STATE_GOOD);
  g_assert_null (setup_assistant_get_subject (fixture->assistant));

  setup_assistant_set_subject (fixture->assistant, "1-2", NULL);
  g_assert_true (setup_assistant_is_busy (fixture->assistant));
  wait_for_answers (fixture);
  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_WAITING);
  g_assert_cmpint (get_state (fixture, "access"), ==, SETUP_STATE_SKIPPED);
  g_assert_cmpstr (setup_assistant_get_subject (fixture->assistant), ==, "1-2");

  /* Its own string, too. */
  setup_assistant_set_subject (fixture->assistant, setup_assistant_get_subject (fixture->assistant),
                               NULL);
  g_assert_cmpstr (setup_assistant_get_subject (fixture->assistant), ==, "1-2");

  setup_assistant_set_subject (fixture->assistant, NULL, NULL);
  wait_for_answers (fixture);
  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_GOOD);
}

/* Of two boards, the one that needs help; but no headset that nobody wants to flash. */
static void
test_needy (Fixture *fixture, gconstpointer user_data)
{
  bus_fixture_plug ("generic-dfu@1-3");
  virtual_bus_tell ("deny-access 1-3");
  bus_fixture_plug ("esp32s2@1-1");
  bus_fixture_plug ("esp32s2@1-2");
  wait_for (fixture, "access", SETUP_STATE_GOOD);

  virtual_bus_tell ("deny-access 1-2");
  setup_assistant_check_again (fixture->assistant);
  wait_for (fixture, "access", SETUP_STATE_BAD);

  virtual_bus_tell ("allow-access 1-2");
  wait_for (fixture, "access", SETUP_STATE_GOOD);

  /* It is asked about when it is meant. */
  setup_assistant_set_subject (fixture->assistant, "1-3", NULL);
  wait_for (fixture, "access", SETUP_STATE_BAD);
  virtual_bus_tell ("allow-access 1-3");
  wait_for (fixture, "access", SETUP_STATE_GOOD);
}

/* The error is about a board, and goes with it. */
static void
test_error (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = g_error_new (DFU_ERROR, DFU_ERROR_NOT_RETURNED, "It stayed away");

  bus_fixture_plug ("esp32s2@1-1,mode=dfu");
  wait_for (fixture, "limits", SETUP_STATE_GOOD);
  g_assert_true (setup_assistant_is_ready (fixture->assistant));
  g_assert_null (setup_assistant_get_worst (fixture->assistant));

  setup_assistant_set_subject (fixture->assistant, "1-1", error);
  wait_for_answers (fixture);
  g_assert_cmpint (get_state (fixture, "limits"), ==, SETUP_STATE_DOUBTFUL);
  g_assert_true (setup_assistant_is_ready (fixture->assistant));
  g_assert_true (setup_assistant_get_worst (fixture->assistant) ==
                 setup_assistant_find_check (fixture->assistant, "limits"));

  setup_assistant_set_subject (fixture->assistant, "1-1", NULL);
  wait_for_answers (fixture);
  g_assert_cmpint (get_state (fixture, "limits"), ==, SETUP_STATE_GOOD);
}

static void
test_holder (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *pid = NULL;
  g_autofree char *summary = NULL;

  /* The bus's sysfs and the system's /proc tell. */
  g_assert_finalize_object (fixture->assistant);
  fixture->assistant = setup_assistant_new (fixture->bus);

  bus_fixture_plug ("esp32s2@1-1,mode=dfu");
  wait_for (fixture, "holder", SETUP_STATE_GOOD);

  /* Nothing tells that another program took it. */
  pid = virtual_bus_ask (NULL, "hold-interface 1-1");
  wait_for (fixture, "holder", SETUP_STATE_BAD);

  /* The process may not have its name yet: it asks again by itself. */
  summary = g_strdup_printf ("“ModemManager” is using the board (process %s).", pid);
  while (!g_str_equal (get_summary (fixture, "holder"), summary))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (setup_assistant_is_ready (fixture->assistant));

  /* Nor that it let go. */
  virtual_bus_tell ("release-interface 1-1");
  wait_for (fixture, "holder", SETUP_STATE_GOOD);
  g_assert_true (setup_assistant_is_ready (fixture->assistant));
}

/* The person does what the drawing says, and the window follows. */
static void
test_bootloader (Fixture *fixture, gconstpointer user_data)
{
  bus_fixture_plug ("esp32s2@1-1,mode=app");
  wait_for (fixture, "bootloader", SETUP_STATE_WAITING);
  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_GOOD);

  virtual_bus_tell ("hold-boot 1-1 on");
  virtual_bus_tell ("press-reset 1-1");
  wait_for (fixture, "bootloader", SETUP_STATE_GOOD);
}

/* Espressif's documented rule opens boards to everybody; that is told when it is found. */
static void
test_rules (Fixture *fixture, gconstpointer user_data)
{
  static const char *const paths[] = { RULES "/40-dfuse.rules", PACKAGED_RULES "/60-esp.rules" };
  SetupCheck *check = setup_assistant_find_check (fixture->assistant, "access");

  bus_fixture_plug ("esp32s2@1-1");
  wait_for (fixture, "access", SETUP_STATE_GOOD);
  wait_for_answers (fixture);
  g_assert_null (setup_check_get_verdict (check)->advice);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    test_tree_write (fixture->root, paths[i], OPEN_RULE);
    while (setup_check_get_verdict (check)->advice == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_cmpint (get_state (fixture, "access"), ==, SETUP_STATE_GOOD);

    test_tree_remove (fixture->root, paths[i]);
    while (setup_check_get_verdict (check)->advice != NULL)
      g_main_context_iteration (NULL, TRUE);
  }
}

static void
acted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  *done = setup_assistant_act_finish (SETUP_ASSISTANT (object), result, &error);
  g_assert_no_error (error);
}

static void
test_act (Fixture *fixture, gconstpointer user_data)
{
  gboolean done = FALSE;

  wait_for_answers (fixture);
  setup_assistant_act_async (fixture->assistant, SETUP_ACTION_CHECK_AGAIN, NULL, acted_cb, &done);
  g_assert_true (setup_assistant_is_busy (fixture->assistant));

  while (!done)
    g_main_context_iteration (NULL, TRUE);
  wait_for_answers (fixture);
}

static void
test_model (Fixture *fixture, gconstpointer user_data)
{
  static const char *const ids[] = { "usb", "board", "bootloader", "access", "holder", "limits" };
  GListModel *model = G_LIST_MODEL (fixture->assistant);

  g_assert_true (g_list_model_get_item_type (model) == SETUP_TYPE_CHECK);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, G_N_ELEMENTS (ids));
  g_assert_null (g_list_model_get_item (model, G_N_ELEMENTS (ids)));
  g_assert_null (setup_assistant_find_check (fixture->assistant, "weather"));

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (SetupCheck) check = g_list_model_get_item (model, i);

    g_assert_cmpstr (setup_check_get_id (check), ==, ids[i]);
    g_assert_true (setup_assistant_find_check (fixture->assistant, ids[i]) == check);
  }
}

/* Where libusb cannot start, the assistant is what says why. */
static void
test_no_bus (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->assistant);
  test_tree_remove (fixture->root, "/dev");
  test_tree_write (fixture->root, "/.dockerenv", "");
  fixture->assistant = setup_assistant_new_for_root (NULL, fixture->root);

  wait_for (fixture, "usb", SETUP_STATE_BAD);
  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_SKIPPED);

  /* What is missing has come, but libusb is not started again for that. */
  test_tree_make_folder (fixture->root, "/dev/bus/usb");
  while (strstr (get_summary (fixture, "usb"), "cannot use USB") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_state (fixture, "usb"), ==, SETUP_STATE_BAD);
}

/* Neither a round that has not begun nor one that is under way keeps it alive, nor does a device.
 */
static void
test_abandoned (Fixture *fixture, gconstpointer user_data)
{
  SetupAssistant *assistant = NULL;

  bus_fixture_plug ("esp32s2@1-1");
  wait_for (fixture, "access", SETUP_STATE_GOOD);

  assistant = setup_assistant_new_for_root (fixture->bus, fixture->root);
  g_assert_finalize_object (assistant);

  assistant = setup_assistant_new_for_root (fixture->bus, fixture->root);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  setup_assistant_check_again (assistant);
  g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (assistant);

  virtual_bus_tell ("deny-access 1-1");
  wait_for_answers (fixture);
  setup_assistant_check_again (fixture->assistant);
  wait_for (fixture, "access", SETUP_STATE_BAD);
  virtual_bus_tell ("allow-access 1-1");
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/setup/assistant/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *const[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  add ("model", test_model);
  add ("live", test_live);
  add ("bootloader", test_bootloader);
  add ("subject", test_subject);
  add ("needy", test_needy);
  add ("error", test_error);
  add ("holder", test_holder);
  add ("rules", test_rules);
  add ("act", test_act);
  add ("no-bus", test_no_bus);
  add ("abandoned", test_abandoned);

  return g_test_run ();
}
