/* test-usb-bus.c: the real libusb finds virtual boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "bus-fixture.h"

#define POLLING GINT_TO_POINTER (TRUE)
#define HOTPLUG GINT_TO_POINTER (FALSE)

static UsbBus *
new_bus (gconstpointer mode)
{
  return bus_fixture_new_bus (GPOINTER_TO_INT (mode));
}

static void
assert_order (UsbBus *bus, const char *expected)
{
  GListModel *model = G_LIST_MODEL (bus);
  g_autoptr (GPtrArray) devices = usb_bus_list_devices (bus);
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < devices->len; i++) {
    g_autoptr (UsbDevice) device = g_list_model_get_item (model, i);

    g_assert_true (device == devices->pdata[i]);
    g_string_append_printf (paths, "%s ", usb_device_get_port_path (device));
  }

  g_assert_cmpstr (paths->str, ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, devices->len);
  g_assert_null (g_list_model_get_item (model, devices->len));
}

static void
test_enumeration (gconstpointer mode)
{
  UsbBus *bus;
  UsbDevice *device;

  bus_fixture_plug ("esp32s2@1-10");
  bus_fixture_plug ("esp32s2@1-2.3,mode=dfu");
  bus_fixture_plug ("cp2102@1-2.1");
  bus_fixture_plug ("esp32s2@1-1");

  /* Complete at once, in the order of the ports, and no hubs. */
  bus = new_bus (mode);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (bus)) == USB_TYPE_DEVICE);
  assert_order (bus, "1-1 1-2.1 1-2.3 1-10 ");

  device = bus_fixture_dup_device (bus, "1-2.3");
  g_assert_false (usb_bus_wait_for_departure (bus, device, 0));
  g_assert_cmpuint (usb_device_get_bus_number (device), ==, 1);
  g_assert_cmpuint (usb_device_get_address (device), >, 1);
  g_assert_cmphex (usb_device_get_vendor_id (device), ==, 0x303a);
  g_assert_cmphex (usb_device_get_product_id (device), ==, 0x0002);
  g_assert_cmphex (usb_device_get_release (device), ==, 0x0723);
  g_assert_cmpstr (usb_device_get_manufacturer (device), ==, "Espressif");
  g_assert_cmpstr (usb_device_get_product (device), ==, "ESP32-S2");
  g_assert_cmpstr (usb_device_get_serial (device), ==, "0");
  g_assert_true (usb_device_is_accessible (device));

  g_assert_finalize_object (bus);
  g_assert_finalize_object (device);
  bus_fixture_clear ();
}

static void
test_still (void)
{
  g_autoptr (GError) error = NULL;
  UsbBus *bus;
  UsbDevice *device;

  bus_fixture_plug ("esp32s2@1-10");
  bus_fixture_plug ("cp2102@1-2.1");

  bus = usb_bus_new_still (&error);
  g_assert_no_error (error);
  g_assert_false (usb_bus_has_hotplug (bus));
  assert_order (bus, "1-2.1 1-10 ");

  /* What leaves or comes now is none of its business, however often it is asked to look. */
  device = bus_fixture_dup_device (bus, "1-10");
  virtual_bus_tell ("unplug 1-10");
  virtual_bus_tell ("wait-for 1-10 absent");
  usb_bus_rescan (bus);
  g_assert_false (usb_bus_wait_for_departure (bus, device, 50));
  assert_order (bus, "1-2.1 1-10 ");

  g_assert_finalize_object (bus);
  g_assert_finalize_object (device);
  bus_fixture_clear ();
}

/* Taken apart by libusb and put together again, the descriptors must be what the board sent. */
static void
test_descriptors (void)
{
  static const guint8 tail[] = {
    0x09, 0x04, 0x02, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x00, /* interface 2: DFU */
    0x09, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01, /* DFU functional descriptor */
  };
  UsbBus *bus;
  UsbDevice *device;
  const UsbConfiguration *configuration;
  GBytes *descriptors;
  g_autofree char *from_kernel = NULL;
  gsize length;

  bus_fixture_plug ("esp32s2@1-4,mode=dfu");
  bus = new_bus (HOTPLUG);
  device = bus_fixture_dup_device (bus, "1-4");
  descriptors = usb_device_get_descriptors (device);

  /* The kernel puts the device descriptor, of 18 bytes, before the configuration. */
  g_assert_true (
    g_file_get_contents ("/sys/bus/usb/devices/1-4/descriptors", &from_kernel, &length, NULL));
  g_assert_cmpmem (g_bytes_get_data (descriptors, NULL), g_bytes_get_size (descriptors),
                   from_kernel + 18, length - 18);
  g_assert_cmpmem (from_kernel + length - sizeof tail, sizeof tail, tail, sizeof tail);

  configuration = usb_device_get_configuration (device);
  g_assert_nonnull (configuration);
  g_assert_cmpuint (configuration->value, ==, 1);
  g_assert_cmpuint (configuration->interfaces->len, ==, 3);

  g_assert_finalize_object (bus);
  g_assert_finalize_object (device);
  bus_fixture_clear ();
}

static void
count_cb (gpointer counter)
{
  ++*(guint *) counter;
}

static void
test_access (gconstpointer mode)
{
  UsbBus *bus;
  UsbDevice *device;
  guint n_notified = 0;
  g_autoptr (UsbPipe) pipe = NULL;
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("esp32s2@1-1");
  virtual_bus_tell ("deny-access 1-1");
  bus = new_bus (mode);

  /* There, with all that the kernel knows, but closed. */
  device = bus_fixture_dup_device (bus, "1-1");
  g_assert_nonnull (device);
  g_assert_cmpstr (usb_device_get_product (device), ==, "ESP32-S2");
  g_assert_nonnull (usb_device_get_configuration (device));
  g_assert_false (usb_device_is_accessible (device));
  g_assert_null (usb_device_open (device, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_ACCESS);
  g_assert_cmpstr (error->message, ==, "Opening 1-1: permission denied");
  g_clear_error (&error);

  g_signal_connect_swapped (device, "notify::accessible", G_CALLBACK (count_cb), &n_notified);
  g_assert_false (usb_device_check_access (device));
  g_assert_cmpuint (n_notified, ==, 0);

  virtual_bus_tell ("allow-access 1-1");
  g_assert_true (usb_device_check_access (device));
  g_assert_cmpuint (n_notified, ==, 1);

  pipe = usb_device_open (device, &error);
  g_assert_no_error (error);
  g_clear_object (&pipe);

  /* A rescan sees the permissions as well, and tells on the main context. */
  virtual_bus_tell ("deny-access 1-1");
  usb_bus_rescan (bus);
  while (n_notified < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (usb_device_is_accessible (device));

  virtual_bus_tell ("allow-access 1-1");
  g_assert_finalize_object (bus);
  g_assert_finalize_object (device);
  bus_fixture_clear ();
}

static void
test_hotplug (gconstpointer mode)
{
  UsbBus *bus = new_bus (mode);
  UsbDevice *first;
  UsbDevice *second;
  g_autoptr (GError) error = NULL;

  assert_order (bus, "");

  bus_fixture_plug ("esp32s2@1-3");
  first = bus_fixture_wait_for_other (bus, "1-3", NULL);
  g_assert_false (usb_bus_wait_for_departure (bus, first, 0));
  g_assert_cmpstr (usb_device_get_product (first), ==, "ESP32-S2");
  g_assert_true (usb_device_is_accessible (first));

  bus_fixture_plug ("esp32s2@1-1");
  second = bus_fixture_wait_for_other (bus, "1-1", NULL);
  assert_order (bus, "1-1 1-3 ");

  virtual_bus_tell ("unplug 1-3");
  g_assert_null (bus_fixture_wait_for_other (bus, "1-3", first));
  assert_order (bus, "1-1 ");

  /* What it was can still be asked; it can only not be opened. */
  g_assert_true (usb_bus_wait_for_departure (bus, first, 0));
  g_assert_cmpstr (usb_device_get_product (first), ==, "ESP32-S2");
  g_assert_null (usb_device_open (first, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);

  g_assert_finalize_object (first);
  g_assert_finalize_object (bus);
  g_assert_finalize_object (second);
  bus_fixture_clear ();
}

/* A hub takes what is behind it along. */
static void
test_hub (gconstpointer mode)
{
  UsbBus *bus;
  UsbDevice *device;

  bus_fixture_plug ("esp32s2@1-2.1");
  bus_fixture_plug ("esp32s2@1-2.4");
  bus = new_bus (mode);
  assert_order (bus, "1-2.1 1-2.4 ");

  device = bus_fixture_dup_device (bus, "1-2.4");
  virtual_bus_tell ("unplug 1-2");
  g_assert_null (bus_fixture_wait_for_other (bus, "1-2.4", device));
  g_clear_object (&device);

  device = bus_fixture_dup_device (bus, "1-2.1");
  if (device != NULL)
    g_assert_null (bus_fixture_wait_for_other (bus, "1-2.1", device));
  g_clear_object (&device);
  assert_order (bus, "");

  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

static void
test_reenumeration (gconstpointer mode)
{
  UsbBus *bus;
  UsbDevice *before;
  UsbDevice *after;

  bus_fixture_plug ("esp32s2@1-1");
  virtual_bus_tell ("hold-boot 1-1 on");
  bus = new_bus (mode);

  before = bus_fixture_dup_device (bus, "1-1");
  virtual_bus_tell ("press-reset 1-1");
  after = bus_fixture_wait_for_other (bus, "1-1", before);
  if (after == NULL)
    after = bus_fixture_wait_for_other (bus, "1-1", NULL);

  g_assert_true (after != before);
  g_assert_cmpuint (usb_device_get_address (after), !=, usb_device_get_address (before));
  g_assert_true (usb_bus_wait_for_departure (bus, before, 0));
  g_assert_false (usb_bus_wait_for_departure (bus, after, 0));
  assert_order (bus, "1-1 ");

  g_assert_finalize_object (before);
  g_assert_finalize_object (bus);
  g_assert_finalize_object (after);
  bus_fixture_clear ();
}

/* Looks that find what events have not told yet, or tell as well, add nothing twice. */
static void
test_rescan (gconstpointer mode)
{
  UsbBus *bus = new_bus (mode);

  for (guint i = 0; i < 20; i++) {
    UsbDevice *device;

    virtual_bus_tell ("plug esp32s2@1-5");
    usb_bus_rescan (bus);
    device = bus_fixture_wait_for_other (bus, "1-5", NULL);
    usb_bus_rescan (bus);
    assert_order (bus, "1-5 ");

    virtual_bus_tell ("unplug 1-5");
    usb_bus_rescan (bus);
    g_assert_null (bus_fixture_wait_for_other (bus, "1-5", device));
    assert_order (bus, "");
    g_object_unref (device);
  }

  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

/* Takes away what the host would send its events to: libusb does not notice. */
static void
silence_events (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("VIRTUAL_BUS_DIR"), "monitors", NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  guint n_removed = 0;
  const char *name;

  g_assert_nonnull (directory);

  while ((name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *monitor = g_build_filename (path, name, NULL);

    g_assert_cmpint (g_unlink (monitor), ==, 0);
    n_removed++;
  }

  g_assert_cmpuint (n_removed, >, 0);
}

/* Events that do not come although libusb promised them, as in a container without udev. What a
 * look found alone is then looked after. */
static void
test_silent_events (void)
{
  UsbBus *bus = new_bus (HOTPLUG);
  UsbDevice *device;

  silence_events ();
  bus_fixture_plug ("esp32s2@1-3");
  usb_bus_rescan (bus);
  device = bus_fixture_wait_for_other (bus, "1-3", NULL);
  g_assert_nonnull (device);

  virtual_bus_tell ("unplug 1-3");
  g_assert_null (bus_fixture_wait_for_other (bus, "1-3", device));

  g_assert_finalize_object (device);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

/* The thread may be posting a change at any moment of this. */
static void
test_dispose (gconstpointer mode)
{
  for (guint i = 0; i < 30; i++) {
    UsbBus *bus = new_bus (mode);

    virtual_bus_tell ("plug esp32s2@1-6");
    if (i % 2 == 0)
      usb_bus_rescan (bus);
    if (i % 3 == 0)
      virtual_bus_tell ("wait-for 1-6 present");
    g_assert_finalize_object (bus);

    virtual_bus_tell ("unplug 1-6");
    g_main_context_iteration (NULL, FALSE);
  }
}

static gpointer
drop_in_thread (gpointer bus)
{
  g_object_unref (bus);

  return NULL;
}

/* A job may be the last to hold the bus, while the main context is about to sync the list. */
static void
test_dropped_by_thread (gconstpointer mode)
{
  for (guint i = 0; i < 30; i++) {
    UsbBus *bus = new_bus (mode);
    GThread *thread;

    bus_fixture_plug ("esp32s2@1-6");
    usb_bus_rescan (bus);
    g_object_add_weak_pointer (G_OBJECT (bus), (gpointer *) &bus);
    thread = g_thread_new ("drop", drop_in_thread, bus);
    g_main_context_iteration (NULL, FALSE);
    g_thread_join (thread);
    g_main_context_iteration (NULL, FALSE);
    g_assert_null (bus);
    bus_fixture_clear ();
  }
}

#define ADD(name, function)                                                                        \
  g_test_add_data_func ("/usb/bus/hotplug/" name, HOTPLUG, function);                              \
  g_test_add_data_func ("/usb/bus/polling/" name, POLLING, function)

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *const[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/bus/still", test_still);
  g_test_add_func ("/usb/device/descriptors", test_descriptors);
  g_test_add_func ("/usb/bus/silent-events", test_silent_events);
  ADD ("enumeration", test_enumeration);
  ADD ("access", test_access);
  ADD ("hotplug", test_hotplug);
  ADD ("hub", test_hub);
  ADD ("reenumeration", test_reenumeration);
  ADD ("rescan", test_rescan);
  ADD ("dispose", test_dispose);
  ADD ("dropped-by-thread", test_dropped_by_thread);

  return g_test_run ();
}
