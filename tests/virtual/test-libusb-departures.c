/* test-libusb-departures.c: a board leaves the wire, and the hub notices a moment later
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"
#include "virtual-bus-client.h"

#define NOTICE_US (300 * 1000)

static UsbRequest *
new_status (libusb_device_handle *handle)
{
  return usb_request_new (handle, 0xa1, 3, 0, NULL, 6);
}

static libusb_device_handle *
open_board (UsbFixture *usb, const char *path, const char *mode)
{
  virtual_bus_tell ("plug esp32s2@%s,mode=%s", path, mode);

  return usb_fixture_open (usb, path);
}

static gboolean
is_there (UsbFixture *usb, const char *path)
{
  g_autoptr (libusb_device) device = usb_fixture_find (usb, path);

  return device != NULL;
}

/* Until then, the controller finds out by itself, again and again. */
static void
assert_broken_until_noticed (UsbFixture *usb, libusb_device_handle *handle, const char *path)
{
  gint64 begin = g_get_monotonic_time ();
  guint8 answer[6];
  int result;

  g_assert_true (is_there (usb, path));
  while ((result = usb_fixture_get_status (handle, answer, 1000)) != LIBUSB_ERROR_NO_DEVICE)
    g_assert_cmpint (result, ==, LIBUSB_ERROR_IO);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, NOTICE_US / 2);
}

static void
test_unplug (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  g_autoptr (UsbRequest) first = usb_request_new (handle, 0x21, 1, 0, NULL, 64);
  g_autoptr (UsbRequest) second = new_status (handle);

  virtual_bus_tell ("hang-at-block 1-1 0");
  usb_request_submit (first);
  usb_request_submit (second);
  virtual_bus_tell ("unplug 1-1");
  g_assert_cmpint (usb_request_wait (first), ==, LIBUSB_TRANSFER_ERROR);
  g_assert_cmpint (usb_request_wait (second), ==, LIBUSB_TRANSFER_ERROR);
  assert_broken_until_noticed (usb, handle, "1-1");
  g_assert_false (is_there (usb, "1-1"));
}

static void
test_drop_at_block (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  guint8 data[64] = { 0 };

  virtual_bus_tell ("drop-at-block 1-1 1");
  g_assert_cmpint (usb_fixture_download (handle, 0, data, 64), ==, 64);
  g_assert_cmpint (usb_fixture_download (handle, 1, data, 64), ==, LIBUSB_ERROR_IO);
  assert_broken_until_noticed (usb, handle, "1-1");
}

/* 10 ms off the bus are over before the hub has looked. */
static void
test_detach (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "runtime");

  g_assert_cmpint (libusb_control_transfer (handle, 0x21, 0, 1000, 2, NULL, 0, 1000), ==,
                   LIBUSB_ERROR_IO);
  assert_broken_until_noticed (usb, handle, "1-1");
  virtual_bus_tell ("wait-for 1-1 dfu");
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "arrivals"), ==, 2);
  virtual_bus_tell ("unplug 1-1");
  virtual_bus_tell ("wait-for 1-1 absent");
}

static void
test_what_would_come_in (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "runtime");
  guint8 data[64] = { 0 };
  int n_moved;

  g_assert_cmpint (libusb_claim_interface (handle, 1), ==, 0);
  virtual_bus_tell ("unplug 1-1");
  g_assert_cmpint (libusb_bulk_transfer (handle, 0x84, data, 64, &n_moved, 1000), ==,
                   LIBUSB_ERROR_IO);
  g_assert_cmpint (libusb_bulk_transfer (handle, 0x03, data, 64, &n_moved, 1000), ==,
                   LIBUSB_ERROR_IO);
  assert_broken_until_noticed (usb, handle, "1-1");
}

/* To reset the port, the hub has to look at it. */
static void
test_reset (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "runtime");

  virtual_bus_tell ("unplug 1-1");
  g_assert_true (is_there (usb, "1-1"));
  g_assert_cmpint (libusb_reset_device (handle), ==, LIBUSB_ERROR_NOT_FOUND);
  virtual_bus_tell ("wait-for 1-1 absent");
  g_assert_false (is_there (usb, "1-1"));
}

/* The port does not come up again after the reset, and the hub is looking at it. */
static void
test_restart_by_reset (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  guint8 answer[6];

  virtual_bus_tell ("hold-boot 1-1 on");
  g_assert_cmpint (libusb_reset_device (handle), ==, LIBUSB_ERROR_NOT_FOUND);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, LIBUSB_ERROR_NO_DEVICE);
  virtual_bus_tell ("wait-for 1-1 runtime");
  virtual_bus_tell ("unplug 1-1");
  virtual_bus_tell ("wait-for 1-1 absent");
}

static void
test_plug_again_at_once (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-2.3", "runtime");
  guint8 answer[6];

  virtual_bus_tell ("unplug 1-2");
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, LIBUSB_ERROR_IO);
  virtual_bus_tell ("plug 1-2.3");
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, LIBUSB_ERROR_NO_DEVICE);
  virtual_bus_tell ("wait-for 1-2.3 runtime");
  g_assert_true (is_there (usb, "1-2.3"));
  virtual_bus_tell ("unplug 1-2");
  virtual_bus_tell ("wait-for 1-2.3 absent");
  virtual_bus_tell ("wait-for 1-2 absent");
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", "--notice-ms", "300", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/libusb/departures/unplug", test_unplug);
  g_test_add_func ("/libusb/departures/drop-at-block", test_drop_at_block);
  g_test_add_func ("/libusb/departures/detach", test_detach);
  g_test_add_func ("/libusb/departures/what-would-come-in", test_what_would_come_in);
  g_test_add_func ("/libusb/departures/reset", test_reset);
  g_test_add_func ("/libusb/departures/restart-by-reset", test_restart_by_reset);
  g_test_add_func ("/libusb/departures/plug-again-at-once", test_plug_again_at_once);

  return g_test_run ();
}
