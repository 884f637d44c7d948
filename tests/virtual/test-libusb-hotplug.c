/* test-libusb-hotplug.c: the real libusb on the virtual bus: who comes and who goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"
#include "virtual-bus-client.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

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

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/libusb/hotplug/plug", test_hotplug);
  g_test_add_func ("/libusb/hotplug/detach", test_detach);
  g_test_add_func ("/libusb/hotplug/never-returns", test_never_returns);
  g_test_add_func ("/libusb/hotplug/comings-and-goings", test_comings_and_goings);
  g_test_add_func ("/libusb/hotplug/slow-monitor", test_slow_monitor);

  return g_test_run ();
}
