/* test-usbfs.c: what the virtual usbfs answers to those who talk to it without libusb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"
#include "virtual-bus-client.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int
open_node (const char *path)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device) device = usb_fixture_find (usb, path);
  g_autofree char *node = g_strdup_printf ("/dev/bus/usb/%03u/%03u", libusb_get_bus_number (device),
                                           libusb_get_device_address (device));
  int fd = g_open (node, O_RDWR | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);

  return fd;
}

static int
plug_and_open (const char *mode)
{
  virtual_bus_tell ("plug esp32s2@1-1,mode=%s", mode);

  return open_node ("1-1");
}

static void
unplug (int fd)
{
  close (fd);
  virtual_bus_tell ("unplug 1-1");
}

static int
try_ioctl (int fd, unsigned long number, void *argument)
{
  return ioctl (fd, number, argument) < 0 ? -errno : 0;
}

/* The next block to come back, whose status is then known. */
static const struct usbdevfs_urb *
reap (int fd)
{
  struct pollfd ready = { fd, POLLOUT, 0 };
  struct usbdevfs_urb *urb = NULL;

  g_assert_cmpint (poll (&ready, 1, USB_FIXTURE_TIMEOUT), ==, 1);
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_REAPURBNDELAY, &urb), ==, 0);

  return urb;
}

static void
test_disconnected (void)
{
  const unsigned long numbers[] = {
    USBDEVFS_GET_CAPABILITIES, USBDEVFS_CLAIMINTERFACE, USBDEVFS_RELEASEINTERFACE,
    USBDEVFS_CONNECTINFO,      USBDEVFS_SETINTERFACE,   USBDEVFS_RESET,
    USBDEVFS_GET_SPEED,        USBDEVFS_DISCARDURB,     USBDEVFS_SUBMITURB,
  };
  guint8 status[8 + 6] = { 0xa1, 3, 0, 0, 2, 0, 6, 0 };
  struct usbdevfs_urb urb = { .buffer = status, .buffer_length = sizeof status };
  struct usbdevfs_urb *reaped;
  guint64 argument[64] = { 0 };
  int fd = plug_and_open ("runtime");

  urb.type = USBDEVFS_URB_TYPE_CONTROL;
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_SUBMITURB, &urb), ==, 0);
  virtual_bus_tell ("unplug 1-1");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    void *data = numbers[i] == USBDEVFS_SUBMITURB ? (void *) &urb : argument;

    g_assert_cmpint (try_ioctl (fd, numbers[i], data), ==, -ENODEV);
  }

  /* What had come back before can still be had. */
  g_assert_true (reap (fd) == &urb);
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_REAPURBNDELAY, &reaped), ==, -ENODEV);
  close (fd);
}

static void
test_types (void)
{
  guint8 bytes[64] = { 0 };
  struct usbdevfs_urb urb = { .endpoint = 3, .buffer = bytes, .buffer_length = sizeof bytes };
  int fd = plug_and_open ("runtime");

  urb.type = USBDEVFS_URB_TYPE_ISO;
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_SUBMITURB, &urb), ==, -EINVAL);
  urb.type = 9;
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_SUBMITURB, &urb), ==, -EINVAL);
  urb.type = USBDEVFS_URB_TYPE_BULK;
  urb.endpoint = 0x81;
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_SUBMITURB, &urb), ==, -ENOENT);
  unplug (fd);
}

static void
test_release_cancels (void)
{
  guint8 bytes[64] = { 0 };
  struct usbdevfs_urb urb = { .endpoint = 0x84, .buffer = bytes, .buffer_length = sizeof bytes };
  unsigned interface = 1;
  int fd = plug_and_open ("runtime");

  urb.type = USBDEVFS_URB_TYPE_BULK;
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_CLAIMINTERFACE, &interface), ==, 0);
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_SUBMITURB, &urb), ==, 0);
  g_assert_cmpint (try_ioctl (fd, USBDEVFS_RELEASEINTERFACE, &interface), ==, 0);
  g_assert_true (reap (fd) == &urb);
  g_assert_cmpint (urb.status, ==, -ENOENT);
  unplug (fd);
}

/* Nobody keeps an interface over a reset, and what was in flight is shut down. */
static void
test_reset (void)
{
  guint8 status[8 + 6] = { 0xa1, 3, 0, 0, 2, 0, 6, 0 };
  struct usbdevfs_urb urb = { .buffer = status, .buffer_length = sizeof status };
  unsigned interface = 2;
  int first = plug_and_open ("runtime");
  int second = open_node ("1-1");

  urb.type = USBDEVFS_URB_TYPE_CONTROL;
  g_assert_cmpint (try_ioctl (first, USBDEVFS_CLAIMINTERFACE, &interface), ==, 0);
  g_assert_cmpint (try_ioctl (second, USBDEVFS_CLAIMINTERFACE, &interface), ==, -EBUSY);
  virtual_bus_tell ("hang-at 1-1 status");
  g_assert_cmpint (try_ioctl (first, USBDEVFS_SUBMITURB, &urb), ==, 0);
  ioctl (first, USBDEVFS_RESET, NULL);
  g_assert_true (reap (first) == &urb);
  g_assert_cmpint (urb.status, ==, -ESHUTDOWN);
  close (second);
  unplug (first);

  first = plug_and_open ("runtime");
  second = open_node ("1-1");
  g_assert_cmpint (try_ioctl (first, USBDEVFS_CLAIMINTERFACE, &interface), ==, 0);
  g_assert_cmpint (try_ioctl (first, USBDEVFS_RESET, NULL), ==, 0);
  g_assert_cmpint (try_ioctl (second, USBDEVFS_CLAIMINTERFACE, &interface), ==, 0);
  close (second);
  unplug (first);
}

/* A board that answers nothing any more is not there after a reset. */
static void
test_reset_of_a_dead_board (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = NULL;
  guint8 answer[6];

  virtual_bus_tell ("plug esp32s2@1-1,mode=dfu");
  virtual_bus_tell ("hold-boot 1-1 on");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_control_transfer (handle, 0x80, 6, 0x0201, 0, answer, 6, 50), ==,
                   LIBUSB_ERROR_TIMEOUT);
  g_assert_cmpint (libusb_reset_device (handle), ==, LIBUSB_ERROR_NOT_FOUND);
  virtual_bus_tell ("wait-for 1-1 absent");
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, LIBUSB_ERROR_NO_DEVICE);

  virtual_bus_tell ("press-reset 1-1");
  virtual_bus_tell ("wait-for 1-1 runtime");
  virtual_bus_tell ("unplug 1-1");
}

static int
do_control (int fd,
            guint8 request_type,
            guint8 request,
            guint16 value,
            guint8 *data,
            guint16 length)
{
  struct usbdevfs_ctrltransfer transfer = {
    request_type, request, value, 2, length, 200, data,
  };
  int result = ioctl (fd, USBDEVFS_CONTROL, &transfer);

  return result < 0 ? -errno : result;
}

/* A transfer that the program waits for inside the call. */
static void
test_synchronous (void)
{
  static const guint8 idle[] = { 0, 0, 1, 0, 2, 0 };
  guint8 data[64] = { 0 };
  int fd = plug_and_open ("dfu");

  /* In, out, stalled, and never answered. */
  g_assert_cmpint (do_control (fd, 0xa1, 3, 0, data, 6), ==, 6);
  g_assert_cmpmem (data, 6, idle, sizeof idle);
  g_assert_cmpint (do_control (fd, 0x21, 1, 0, data, sizeof data), ==, sizeof data);
  g_assert_cmpint (do_control (fd, 0xa1, 2, 0, data, sizeof data), ==, -EPIPE);
  virtual_bus_tell ("hang-at 1-1 status");
  g_assert_cmpint (do_control (fd, 0xa1, 3, 0, data, 6), ==, -ETIMEDOUT);

  unplug (fd);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usbfs/disconnected", test_disconnected);
  g_test_add_func ("/usbfs/types", test_types);
  g_test_add_func ("/usbfs/release-cancels", test_release_cancels);
  g_test_add_func ("/usbfs/reset/shuts-down", test_reset);
  g_test_add_func ("/usbfs/reset/dead-board", test_reset_of_a_dead_board);
  g_test_add_func ("/usbfs/synchronous", test_synchronous);

  return g_test_run ();
}
