/* test-setup-bystander-list.c: boards that cannot be flashed as they are, coming and going
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "setup-bystander-list.h"

typedef struct {
  UsbBus *bus;
  DfuDeviceList *devices;
  SetupBystanderList *list;
  guint n_changes;
  guint n_notified;
} Fixture;

static void
changed_cb (Fixture *self)
{
  self->n_changes++;
}

static void
notify_cb (Fixture *self)
{
  self->n_notified++;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->bus = bus_fixture_new_bus (FALSE);
  self->devices = dfu_device_list_new (self->bus);
  self->list = setup_bystander_list_new (self->devices);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->list, "notify::n-items", G_CALLBACK (notify_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_assert_finalize_object (self->list);
  g_assert_finalize_object (self->devices);
  g_assert_finalize_object (self->bus);
  bus_fixture_clear ();
}

static void
wait_for (Fixture *self, guint n_bystanders)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->list)) != n_bystanders)
    g_main_context_iteration (NULL, TRUE);
}

static SetupBystander *
get (Fixture *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static void
wait_for_device (Fixture *self)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->devices)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_properties (Fixture *self, gconstpointer user_data)
{
  g_autoptr (SetupBystander) bridge = NULL;
  g_autofree char *name = NULL;
  g_autofree char *port_path = NULL;
  g_autofree char *label = NULL;
  g_autofree char *hint = NULL;
  SetupBoardKind kind = SETUP_BOARD_KIND_UNKNOWN;

  bus_fixture_plug ("cp2102@1-3");
  wait_for (self, 1);
  bridge = get (self, 0);

  g_object_get (bridge, "title", &name, "port-path", &port_path, "kind", &kind, "label", &label,
                "hint", &hint, NULL);
  g_assert_cmpstr (name, ==, "CP210x");
  g_assert_cmpstr (port_path, ==, "1-3");
  g_assert_cmpint (kind, ==, SETUP_BOARD_KIND_SERIAL_BRIDGE);
  g_assert_cmpstr (label, ==, "Wrong socket");
  g_assert_true (g_str_has_prefix (hint, "This is the serial socket."));
}

/* What stays is the same object, and nobody is told of a change there. */
static void
test_order (Fixture *self, gconstpointer user_data)
{
  g_autoptr (SetupBystander) bridge = NULL;
  g_autoptr (SetupBystander) second = NULL;

  bus_fixture_plug ("cp2102@1-3");
  wait_for (self, 1);
  bridge = get (self, 0);

  bus_fixture_plug ("esp32s2@1-10,mode=app");
  wait_for (self, 2);
  second = get (self, 0);
  g_assert_true (second == bridge);
  g_assert_cmpuint (self->n_changes, ==, 2);
  g_assert_cmpuint (self->n_notified, ==, 2);

  virtual_bus_tell ("unplug 1-3");
  wait_for (self, 1);
  g_clear_object (&second);
  second = get (self, 0);
  g_assert_cmpstr (setup_bystander_get_port_path (second), ==, "1-10");
  g_assert_cmpint (setup_bystander_get_kind (second), ==, SETUP_BOARD_KIND_APPLICATION);
}

static void
test_boards_are_none (Fixture *self, gconstpointer user_data)
{
  bus_fixture_plug ("esp32s2@1-10");
  wait_for_device (self);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 0);
}

/* A board at another port hides nobody, and who comes later sees what is there at once. */
static void
test_beside_a_board (Fixture *self, gconstpointer user_data)
{
  g_autoptr (SetupBystanderList) later = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  wait_for_device (self);
  bus_fixture_plug ("cp2102@1-3");
  wait_for (self, 1);

  later = setup_bystander_list_new (self->devices);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (later)), ==, 1);
}

/* A board that restarts into its application is remembered for a moment, or while it is held. */
static void
test_a_remembered_board_is_none (Fixture *self, gconstpointer user_data)
{
  g_autoptr (DfuDevice) device = NULL;

  bus_fixture_plug ("esp32s2@1-10,mode=app");
  wait_for (self, 1);
  virtual_bus_tell ("hold-boot 1-10 on");
  virtual_bus_tell ("press-reset 1-10");
  wait_for_device (self);
  wait_for (self, 0);

  device = g_list_model_get_item (G_LIST_MODEL (self->devices), 0);
  dfu_device_hold (device);
  virtual_bus_tell ("hold-boot 1-10 off");
  virtual_bus_tell ("press-reset 1-10");
  while (g_list_model_get_n_items (G_LIST_MODEL (self->bus)) == 0 || dfu_device_is_present (device))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 0);

  dfu_device_release (device);
  wait_for (self, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->devices)), ==, 0);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/setup/bystander-list/properties", test_properties },
    { "/setup/bystander-list/order", test_order },
    { "/setup/bystander-list/boards-are-none", test_boards_are_none },
    { "/setup/bystander-list/beside-a-board", test_beside_a_board },
    { "/setup/bystander-list/a-remembered-board-is-none", test_a_remembered_board_is_none },
  };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
