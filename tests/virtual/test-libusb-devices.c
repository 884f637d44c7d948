/* test-libusb-devices.c: the real libusb's devices on the virtual bus: who is there, who may, who
 * left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"
#include "virtual-bus-client.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/netlink.h>
#include <sys/socket.h>
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

/* Hotplug */

typedef struct {
  GMutex lock;
  GCond cond;
  guint n_arrived, n_left;
  guint8 last_address;
  char last_path[16];
} Hotplug;

static int LIBUSB_CALL
hotplug_cb (libusb_context *context,
            libusb_device *device,
            libusb_hotplug_event event,
            void *user_data)
{
  Hotplug *self = user_data;
  g_autofree char *path = usb_fixture_dup_path (device);

  g_mutex_lock (&self->lock);
  g_strlcpy (self->last_path, path, sizeof self->last_path);
  if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED) {
    self->n_arrived++;
    self->last_address = libusb_get_device_address (device);
  } else {
    self->n_left++;
  }
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);

  return 0;
}

static void
wait_for_hotplug (Hotplug *self, guint n_arrived, guint n_left)
{
  gint64 end = g_get_monotonic_time () + USB_FIXTURE_TIMEOUT * 1000;

  g_mutex_lock (&self->lock);
  while (self->n_arrived < n_arrived || self->n_left < n_left)
    g_assert_true (g_cond_wait_until (&self->cond, &self->lock, end));
  g_assert_cmpuint (self->n_arrived, ==, n_arrived);
  g_assert_cmpuint (self->n_left, ==, n_left);
  g_mutex_unlock (&self->lock);
}

static void
wait_for_path (Hotplug *self, const char *path)
{
  gint64 end = g_get_monotonic_time () + USB_FIXTURE_TIMEOUT * 1000;

  g_mutex_lock (&self->lock);
  while (!g_str_equal (self->last_path, path))
    g_assert_true (g_cond_wait_until (&self->cond, &self->lock, end));
  g_mutex_unlock (&self->lock);
}

static void
watch (UsbFixture *usb, Hotplug *hotplug)
{
  g_mutex_init (&hotplug->lock);
  g_cond_init (&hotplug->cond);
  g_assert_cmpint (libusb_hotplug_register_callback (usb->context,
                                                     LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED |
                                                       LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                                     0, 0x303a, LIBUSB_HOTPLUG_MATCH_ANY,
                                                     LIBUSB_HOTPLUG_MATCH_ANY, hotplug_cb, hotplug,
                                                     NULL),
                   ==, 0);
}

static void
test_hotplug (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  Hotplug hotplug = { 0 };

  watch (usb, &hotplug);
  virtual_bus_tell ("plug esp32s2@1-1");
  wait_for_hotplug (&hotplug, 1, 0);
  virtual_bus_tell ("unplug 1-1");
  wait_for_hotplug (&hotplug, 1, 1);
  virtual_bus_tell ("plug 1-1");
  wait_for_hotplug (&hotplug, 2, 1);
  virtual_bus_tell ("unplug 1-1");
  wait_for_hotplug (&hotplug, 2, 2);
}

static void
test_detach (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  Hotplug hotplug = { 0 };
  libusb_device_handle *handle;
  guint8 answer[6];
  guint8 address;

  watch (usb, &hotplug);
  virtual_bus_tell ("plug esp32s2@1-1");
  wait_for_hotplug (&hotplug, 1, 0);
  address = hotplug.last_address;

  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_control_transfer (handle, 0x21, 0, 1000, 2, NULL, 0, 1000), <, 0);
  wait_for_hotplug (&hotplug, 2, 1);
  g_assert_cmpuint (hotplug.last_address, !=, address);
  libusb_close (handle);

  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  g_assert_cmpuint (answer[4], ==, 2);
  libusb_close (handle);
  virtual_bus_tell ("unplug 1-1");
  wait_for_hotplug (&hotplug, 2, 2);
}

/* Who opens devices while others come and go gets them, or is told that they have gone. */

static gpointer
come_and_go (gpointer data)
{
  for (guint i = 0; i < 30; i++) {
    virtual_bus_tell (i % 2 == 0 ? "plug 1-7" : "unplug 1-7");
    virtual_bus_tell ("press-reset 1-6");
    virtual_bus_tell ("wait-for 1-6 runtime");
  }

  return NULL;
}

static void
open_all (UsbFixture *usb)
{
  libusb_device **list;

  g_assert_cmpint (libusb_get_device_list (usb->context, &list), >=, 0);
  for (guint i = 0; list[i] != NULL; i++) {
    libusb_device_handle *handle;
    guint8 answer[6];
    int result = libusb_open (list[i], &handle);

    /* A device that goes between the look at its node and its opening is an I/O error to libusb. */
    if (result != 0) {
      g_assert_true (result == LIBUSB_ERROR_NO_DEVICE || result == LIBUSB_ERROR_IO);
      continue;
    }
    if (libusb_claim_interface (handle, 2) == 0)
      usb_fixture_get_status (handle, answer, 1000);
    libusb_close (handle);
  }
  libusb_free_device_list (list, TRUE);
}

/* What came and went again before anybody looked may not be told; who is there in the end is. */
static void
test_comings_and_goings (void)
{
  g_autoptr (UsbFixture) usb = NULL;
  g_autoptr (libusb_device) last = NULL;
  Hotplug hotplug = { 0 };
  GThread *thread;

  virtual_bus_tell ("plug esp32s2@1-6");
  virtual_bus_tell ("hold-boot 1-6 on");
  virtual_bus_tell ("plug esp32s2@1-7");
  virtual_bus_tell ("unplug 1-7");
  usb = usb_fixture_new ();
  watch (usb, &hotplug);

  thread = g_thread_new ("come-and-go", come_and_go, NULL);
  for (guint i = 0; i < 100; i++)
    open_all (usb);
  g_thread_join (thread);

  virtual_bus_tell ("unplug 1-6");
  virtual_bus_tell ("plug esp32s2@1-8");
  wait_for_path (&hotplug, "1-8");
  last = usb_fixture_find (usb, "1-8");
  g_assert_nonnull (last);
  g_assert_null (usb_fixture_find (usb, "1-6"));
  g_assert_null (usb_fixture_find (usb, "1-7"));
  g_assert_cmpuint (hotplug.n_arrived, ==, hotplug.n_left); /* 1-6 was there before we watched */
  virtual_bus_tell ("unplug 1-8");
}

static void
assert_next_event (int fd, const char *action)
{
  char bytes[4096];
  struct sockaddr_nl sender = { 0 };
  struct iovec part = { bytes, sizeof bytes };
  struct msghdr message = {
    .msg_name = &sender,
    .msg_namelen = sizeof sender,
    .msg_iov = &part,
    .msg_iovlen = 1,
  };
  gssize length = recvmsg (fd, &message, 0);

  g_assert_cmpint (length, >, 40);
  g_assert_cmpstr (bytes, ==, "libudev");
  g_assert_cmpstr (bytes + 40, ==, action);
  g_assert_cmpuint (sender.nl_family, ==, AF_NETLINK);
  g_assert_cmpuint (sender.nl_groups, ==, 2);
}

/* More events than a socket holds, before anybody reads: none is lost. */
static void
test_slow_monitor (void)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 2 };
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);

  for (guint i = 1; i <= 15; i++) {
    virtual_bus_tell ("plug esp32s2@1-3.%u", i);
    virtual_bus_tell ("plug esp32s2@1-4.%u", i);
  }
  virtual_bus_tell ("unplug 1-3");
  virtual_bus_tell ("unplug 1-4");

  for (guint i = 0; i < 32; i++)
    assert_next_event (fd, "ACTION=add");
  for (guint i = 0; i < 32; i++)
    assert_next_event (fd, "ACTION=remove");
  close (fd);
}

static void
test_never_returns (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  Hotplug hotplug = { 0 };
  g_autoptr (libusb_device_handle) handle = NULL;

  watch (usb, &hotplug);
  virtual_bus_tell ("plug esp32s2@1-1");
  virtual_bus_tell ("drop-at 1-1 return");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (libusb_control_transfer (handle, 0x21, 0, 1000, 2, NULL, 0, 1000), <, 0);
  virtual_bus_tell ("wait-for 1-1 faultless");
  wait_for_hotplug (&hotplug, 1, 1);
  g_assert_null (usb_fixture_find (usb, "1-1"));
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
  g_test_add_func ("/libusb/devices/hotplug", test_hotplug);
  g_test_add_func ("/libusb/devices/detach", test_detach);
  g_test_add_func ("/libusb/devices/comings-and-goings", test_comings_and_goings);
  g_test_add_func ("/libusb/devices/slow-monitor", test_slow_monitor);
  g_test_add_func ("/libusb/devices/never-returns", test_never_returns);
  g_test_add_func ("/libusb/devices/reset", test_reset);
  g_test_add_func ("/libusb/devices/application", test_application);
  g_test_add_func ("/libusb/devices/set-interface", test_set_interface);

  return g_test_run ();
}
