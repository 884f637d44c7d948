/* test-dfu-device-list.c: boards as a person sees them come and go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-device-list.h"
#include "dfu-error.h"
#include "dfu-session.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct {
  UpgradeFixture bus;
  DfuDeviceList *list;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  upgrade_fixture_set_up (&self->bus, user_data);
  self->list = dfu_device_list_new (self->bus.bus);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_assert_finalize_object (self->list);
  upgrade_fixture_tear_down (&self->bus, user_data);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

/* Turns the main loop until a condition holds. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 deadline = g_get_monotonic_time () + PATIENCE_US;                                 \
                                                                                                   \
    while (!(condition)) {                                                                         \
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);                                      \
      g_main_context_iteration (NULL, TRUE);                                                       \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

static DfuDevice *
get (Fixture *self, guint position)
{
  g_autoptr (DfuDevice) device = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  g_assert_nonnull (device);
  return device;
}

static void
detach (DfuDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UsbPipe) pipe = usb_device_open (dfu_device_get_usb_device (device), &error);
  g_autoptr (DfuSession) session = NULL;

  g_assert_no_error (error);
  session = dfu_session_new (pipe, 1000);
  dfu_session_claim (session, dfu_device_get_interface (device), &error);
  g_assert_no_error (error);
  dfu_session_detach (session, NULL);
}

static void
test_sorted (Fixture *self, gconstpointer user_data)
{
  bus_fixture_plug ("esp32s2@1-10");
  bus_fixture_plug ("esp32s2@1-2.3");
  bus_fixture_plug ("esp32s2@1-2.10");
  bus_fixture_plug ("cp2102@1-3");
  wait_until (count (self) == 3);

  g_assert_cmpstr (dfu_device_get_port_path (get (self, 0)), ==, "1-2.3");
  g_assert_cmpstr (dfu_device_get_port_path (get (self, 1)), ==, "1-2.10");
  g_assert_cmpstr (dfu_device_get_port_path (get (self, 2)), ==, "1-10");
  g_assert_cmpstr (dfu_device_get_name (get (self, 0)), ==, "ESP32-S2");
  g_assert_cmpint (dfu_device_get_mode (get (self, 0)), ==, DFU_MODE_RUNTIME);
}

static void
count_changes_cb (GListModel *model, guint position, guint removed, guint added, guint *n_changes)
{
  (*n_changes)++;
}

/* From run-time to DFU mode the board has another address, and is the same item. */
static void
test_one_item (Fixture *self, gconstpointer user_data)
{
  g_autoptr (DfuDevice) device = NULL;
  guint n_changes = 0;

  bus_fixture_plug ("esp32s2@1-10");
  wait_until (count (self) == 1);
  device = g_object_ref (get (self, 0));
  g_signal_connect (self->list, "items-changed", G_CALLBACK (count_changes_cb), &n_changes);

  detach (device);
  wait_until (dfu_device_get_mode (device) == DFU_MODE_DFU);

  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_true (dfu_device_is_present (device));
  g_assert_true (get (self, 0) == device);
}

static void
test_unplugged (Fixture *self, gconstpointer user_data)
{
  g_autoptr (DfuDevice) device = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  wait_until (count (self) == 1);
  device = g_object_ref (get (self, 0));

  virtual_bus_tell ("unplug 1-10");
  wait_until (!dfu_device_is_present (device));
  g_assert_cmpuint (count (self), ==, 1);
  wait_until (count (self) == 0);
}

static void
test_held (Fixture *self, gconstpointer user_data)
{
  g_autoptr (DfuDevice) device = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  bus_fixture_plug ("esp32s2@1-11");
  wait_until (count (self) == 2);
  device = g_object_ref (get (self, 0));
  dfu_device_hold (device);

  /* The other one goes after its moment of grace; the held one stays. */
  virtual_bus_tell ("unplug 1-10");
  virtual_bus_tell ("unplug 1-11");
  wait_until (count (self) == 1);
  g_assert_true (get (self, 0) == device);

  virtual_bus_tell ("plug 1-10");
  wait_until (dfu_device_is_present (device));
  g_assert_cmpuint (count (self), ==, 1);

  virtual_bus_tell ("unplug 1-10");
  wait_until (!dfu_device_is_present (device));
  dfu_device_release (device);
  wait_until (count (self) == 0);
}

static void
test_access (Fixture *self, gconstpointer user_data)
{
  bus_fixture_plug ("esp32s2@1-10");
  wait_until (count (self) == 1);
  g_assert_true (dfu_device_is_accessible (get (self, 0)));

  virtual_bus_tell ("unplug 1-10");
  wait_until (count (self) == 0);
  virtual_bus_tell ("plug 1-10");
  virtual_bus_tell ("deny-access 1-10");
  wait_until (count (self) == 1);
  usb_device_check_access (dfu_device_get_usb_device (get (self, 0)));
  g_assert_false (dfu_device_is_accessible (get (self, 0)));
  g_assert_cmpstr (dfu_device_get_name (get (self, 0)), ==, "ESP32-S2");

  virtual_bus_tell ("allow-access 1-10");
  wait_until (dfu_device_is_accessible (get (self, 0)));
}

static void
test_accepts (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (5000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("esp32s2@1-1");
  bus_fixture_plug ("esp32s3@1-4");
  wait_until (count (self) == 2);

  g_assert_true (dfu_device_accepts (get (self, 0), image, &error));
  g_assert_no_error (error);
  g_assert_false (dfu_device_accepts (get (self, 1), image, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE);
  g_assert_nonnull (strstr (error->message, "ESP32-S3"));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/dfu/device-list/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  add ("sorted", test_sorted);
  add ("one-item", test_one_item);
  add ("unplugged", test_unplugged);
  add ("held", test_held);
  add ("access", test_access);
  add ("accepts", test_accepts);

  return g_test_run ();
}
