/* bus-fixture.c: what tests of USB on the virtual bus have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"

/* Plugs in what "KIND@PATH,option=value" says, and waits until it shows. Nothing is left of what
 * was done to an earlier board at that port. */
void
bus_fixture_plug (const char *board)
{
  g_auto (GStrv) parts = g_strsplit_set (board, "@,", -1);

  virtual_bus_tell ("plug %s", board);
  virtual_bus_tell ("clear-faults %s", parts[1]);
  virtual_bus_tell ("slow-transfers %s 0", parts[1]);
  virtual_bus_tell ("reset-stats %s", parts[1]);
  virtual_bus_tell ("wait-for %s present", parts[1]);
}

static void
unplug (const char *path, const char *state)
{
  if (!g_str_has_prefix (state, "unplugged"))
    virtual_bus_tell ("unplug %s", path);
}

static void
wait_until_absent (const char *path, const char *state)
{
  virtual_bus_tell ("wait-for %s absent", path);
}

static void
for_each_board (const char *list, void (*call) (const char *path, const char *state))
{
  g_auto (GStrv) boards = g_strsplit (list, " ", -1);

  for (guint i = 0; boards[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (boards[i], "=", 2);

    if (g_strv_length (parts) == 2)
      call (parts[0], parts[1]);
  }
}

/* Unplugs all boards, so that the next test begins with none, once the hub has noticed all of that.
 */
void
bus_fixture_clear (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *list = virtual_bus_ask (&error, "list");

  g_assert_no_error (error);
  for_each_board (list, unplug);
  for_each_board (list, wait_until_absent);
}

UsbBus *
bus_fixture_new_bus (gboolean polling)
{
  g_autoptr (GError) error = NULL;
  UsbBus *bus = g_initable_new (USB_TYPE_BUS, NULL, &error, "polling", polling, NULL);

  g_assert_no_error (error);
  g_assert_cmpint (usb_bus_has_hotplug (bus), ==, !polling);

  return bus;
}

/* Looks into the list model. */
UsbDevice *
bus_fixture_dup_device (UsbBus *bus, const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (bus)); i++) {
    g_autoptr (UsbDevice) device = g_list_model_get_item (G_LIST_MODEL (bus), i);

    if (g_str_equal (usb_device_get_port_path (device), path))
      return g_steal_pointer (&device);
  }

  return NULL;
}

/* Runs the main context until the list model has something else at @path than @old. */
UsbDevice *
bus_fixture_wait_for_other (UsbBus *bus, const char *path, UsbDevice *old)
{
  g_autoptr (UsbDevice) device = bus_fixture_dup_device (bus, path);

  while (device == old) {
    g_main_context_iteration (NULL, TRUE);
    g_clear_object (&device);
    device = bus_fixture_dup_device (bus, path);
  }

  return g_steal_pointer (&device);
}
