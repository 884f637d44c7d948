/* test-libusb-devices.c: the real libusb's devices on the virtual bus: who is there, who may, who
 * left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"
#include "virtual-bus-client.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
dup_node (libusb_device *device)
{
  return g_strdup_printf ("/dev/bus/usb/%03u/%03u", libusb_get_bus_number (device),
                          libusb_get_device_address (device));
}

static void
test_port_path (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) board = NULL;
  g_autoptr (libusb_device) hub = NULL;
  g_autoptr (libusb_device) other = NULL;
  struct libusb_device_descriptor descriptor;

  virtual_bus_tell ("plug esp32s2@1-2.4.3");
  virtual_bus_tell ("plug cp2102@2-3");
  board = usb_fixture_find (usb, "1-2.4.3");
  hub = usb_fixture_find (usb, "1-2.4");
  other = usb_fixture_find (usb, "2-3");
  g_assert_nonnull (board);
  g_assert_nonnull (hub);
  g_assert_nonnull (other);
  g_assert_true (libusb_get_parent (board) == hub);
  g_assert_cmpint (libusb_get_device_speed (board), ==, LIBUSB_SPEED_FULL);
  g_assert_cmpint (libusb_get_device_speed (hub), ==, LIBUSB_SPEED_HIGH);
  g_assert_cmpint (libusb_get_device_descriptor (board, &descriptor), ==, 0);
  g_assert_cmphex (descriptor.idVendor, ==, 0x303a);
  g_assert_cmphex (descriptor.bcdDevice, ==, 0x0723);
  g_assert_cmpint (libusb_get_device_descriptor (other, &descriptor), ==, 0);
  g_assert_cmphex (descriptor.idProduct, ==, 0xea60);

  /* Who pulls the hub's plug pulls the board's too. */
  virtual_bus_tell ("unplug 1-2");
  virtual_bus_tell ("unplug 2-3");
}

static void
test_hub_takes_all (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();

  virtual_bus_tell ("plug esp32s2@1-5.1");
  virtual_bus_tell ("unplug 1-5");
  g_assert_null (usb_fixture_find (usb, "1-5.1"));
  g_assert_null (usb_fixture_find (usb, "1-5"));
  virtual_bus_tell ("plug esp32s2@1-5.1");
  {
    g_autoptr (libusb_device) board = usb_fixture_find (usb, "1-5.1");

    g_assert_nonnull (board);
  }
  virtual_bus_tell ("unplug 1-5");
}

static void
test_same_serial (void)
{
  static const char *const paths[] = { "1-3", "1-4" };
  g_autoptr (UsbFixture) usb = usb_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (libusb_device_handle) handle = NULL;
    unsigned char serial[16];

    virtual_bus_tell ("plug esp32s2@%s", paths[i]);
    handle = usb_fixture_open (usb, paths[i]);
    g_assert_cmpint (libusb_get_string_descriptor_ascii (handle, 3, serial, sizeof serial), ==, 1);
    g_assert_cmpstr ((const char *) serial, ==, "0");
  }

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    virtual_bus_tell ("unplug %s", paths[i]);
}

static void
test_claimed_by_us (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) device = NULL;
  g_autoptr (libusb_device_handle) first = NULL;
  g_autoptr (libusb_device_handle) second = NULL;
  guint8 answer[6];

  virtual_bus_tell ("plug esp32s2@1-1");
  first = usb_fixture_open (usb, "1-1");
  device = usb_fixture_find (usb, "1-1");
  g_assert_cmpint (libusb_open (device, &second), ==, 0);
  g_assert_cmpint (libusb_claim_interface (second, 2), ==, LIBUSB_ERROR_BUSY);
  g_assert_cmpint (libusb_claim_interface (second, 0), ==, 0);
  g_assert_cmpint (libusb_claim_interface (second, 7), ==, LIBUSB_ERROR_NOT_FOUND);
  g_assert_cmpint (usb_fixture_get_status (second, answer, 1000), <, 0);
  g_assert_cmpint (libusb_release_interface (first, 2), ==, 0);
  g_assert_cmpint (libusb_claim_interface (second, 2), ==, 0);
  g_assert_cmpint (usb_fixture_get_status (second, answer, 1000), ==, 6);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_held_by_another (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) device = NULL;
  g_autoptr (libusb_device_handle) handle = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pid = NULL;
  g_autofree char *link = NULL;
  g_autofree char *target = NULL;
  g_autofree char *node = NULL;

  virtual_bus_tell ("plug esp32s2@1-1");
  pid = virtual_bus_ask (&error, "hold-interface 1-1");
  g_assert_no_error (error);

  device = usb_fixture_find (usb, "1-1");
  g_assert_cmpint (libusb_open (device, &handle), ==, 0);
  g_assert_cmpint (libusb_claim_interface (handle, 2), ==, LIBUSB_ERROR_BUSY);

  link = g_strdup_printf ("/proc/%s/fd/0", pid);
  node = dup_node (device);
  target = g_file_read_link (link, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (target, ==, node);

  virtual_bus_tell ("release-interface 1-1");
  g_assert_cmpint (libusb_claim_interface (handle, 2), ==, 0);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_no_access (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) device = NULL;
  libusb_device_handle *handle;
  g_autofree char *node = NULL;
  GStatBuf status;

  virtual_bus_tell ("plug esp32s2@1-1");
  virtual_bus_tell ("deny-access 1-1");
  device = usb_fixture_find (usb, "1-1");
  node = dup_node (device);
  g_assert_cmpint (libusb_open (device, &handle), ==, LIBUSB_ERROR_ACCESS);
  g_assert_cmpint (g_access (node, R_OK | W_OK), ==, -1);
  g_assert_cmpint (g_access (node, F_OK), ==, 0);
  g_assert_cmpint (g_stat (node, &status), ==, 0);
  g_assert_true (S_ISCHR (status.st_mode));
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  virtual_bus_tell ("allow-access 1-1");
  g_assert_cmpint (g_access (node, R_OK | W_OK), ==, 0);
  g_assert_cmpint (libusb_open (device, &handle), ==, 0);
  libusb_close (handle);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_descriptors_from_the_node (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) device = NULL;
  g_autofree char *node = NULL;
  guint8 bytes[200];
  int fd;

  virtual_bus_tell ("plug esp32s2@1-1");
  device = usb_fixture_find (usb, "1-1");
  node = dup_node (device);
  fd = g_open (node, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (read (fd, bytes, sizeof bytes), ==, 18 + 93);
  g_assert_cmpuint (bytes[1], ==, 1);
  g_assert_cmpint (pread (fd, bytes, 9, 18), ==, 9);
  g_assert_cmpuint (bytes[1], ==, 2);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  g_assert_cmpint (read (fd, bytes, 18), ==, 18);
  close (fd);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_reset (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  libusb_device_handle *handle;

  /* In run-time mode nothing comes of it. */
  virtual_bus_tell ("plug esp32s2@1-1");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_reset_device (handle), ==, 0);
  libusb_close (handle);
  virtual_bus_tell ("unplug 1-1");

  /* In DFU mode it is a restart; what then runs is the button's decision. */
  virtual_bus_tell ("plug esp32s2@1-1,mode=dfu");
  virtual_bus_tell ("hold-boot 1-1 on");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_reset_device (handle), ==, LIBUSB_ERROR_NOT_FOUND);
  libusb_close (handle);
  virtual_bus_tell ("wait-for 1-1 runtime");
  virtual_bus_tell ("unplug 1-1");

  virtual_bus_tell ("plug esp32s2@1-1,mode=dfu");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_reset_device (handle), ==, LIBUSB_ERROR_NOT_FOUND);
  libusb_close (handle);
  g_assert_null (usb_fixture_find (usb, "1-1"));
  virtual_bus_tell ("unplug 1-1");
}

static void
test_application (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) device = NULL;
  struct libusb_device_descriptor descriptor;

  virtual_bus_tell ("plug esp32s2@1-1,mode=app");
  device = usb_fixture_find (usb, "1-1");
  g_assert_nonnull (device);
  g_assert_cmpint (libusb_get_device_descriptor (device, &descriptor), ==, 0);
  g_assert_cmphex (descriptor.idProduct, ==, 0x4001);

  virtual_bus_tell ("hold-boot 1-1 on");
  virtual_bus_tell ("press-reset 1-1");
  virtual_bus_tell ("wait-for 1-1 runtime");
  virtual_bus_tell ("unplug 1-1");
}

static void
test_set_interface (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = NULL;
  int configuration;

  virtual_bus_tell ("plug esp32s2@1-1");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_set_interface_alt_setting (handle, 2, 0), ==, 0);
  g_assert_cmpint (libusb_set_interface_alt_setting (handle, 2, 1), <, 0);
  g_assert_cmpint (libusb_get_configuration (handle, &configuration), ==, 0);
  g_assert_cmpint (configuration, ==, 1);
  g_assert_cmpint (libusb_set_configuration (handle, 1), ==, LIBUSB_ERROR_BUSY);
  g_assert_cmpint (libusb_kernel_driver_active (handle, 2), ==, 0);
  virtual_bus_tell ("unplug 1-1");
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/libusb/devices/port-path", test_port_path);
  g_test_add_func ("/libusb/devices/hub-takes-all", test_hub_takes_all);
  g_test_add_func ("/libusb/devices/same-serial", test_same_serial);
  g_test_add_func ("/libusb/devices/claimed/by-us", test_claimed_by_us);
  g_test_add_func ("/libusb/devices/claimed/by-another", test_held_by_another);
  g_test_add_func ("/libusb/devices/no-access", test_no_access);
  g_test_add_func ("/libusb/devices/descriptors-from-the-node", test_descriptors_from_the_node);
  g_test_add_func ("/libusb/devices/reset", test_reset);
  g_test_add_func ("/libusb/devices/application", test_application);
  g_test_add_func ("/libusb/devices/set-interface", test_set_interface);

  return g_test_run ();
}
