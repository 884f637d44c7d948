/* test-libusb-transfers.c: the real libusb's transfers on the virtual bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-fixture.h"
#include "virtual-bus-client.h"

#include <string.h>

#define N_QUEUED 20

static libusb_device_handle *
open_board (UsbFixture *usb, const char *path, const char *mode)
{
  virtual_bus_tell ("plug esp32s2@%s,mode=%s", path, mode);

  return usb_fixture_open (usb, path);
}

static UsbRequest *
new_block (libusb_device_handle *handle, guint block)
{
  guint8 data[64];

  memset (data, block, sizeof data);

  return usb_request_new (handle, 0x21, 1, block, data, sizeof data);
}

static UsbRequest *
new_status (libusb_device_handle *handle)
{
  return usb_request_new (handle, 0xa1, 3, 0, NULL, 6);
}

static void
test_synchronous (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "runtime");
  guint8 answer[6];
  guint8 data[64] = { 0 };

  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  g_assert_cmpmem (answer, 6, ((const guint8[]){ 0, 0, 1, 0, 0, 0 }), 6);
  g_assert_cmpint (usb_fixture_download (handle, 0, data, 64), ==, LIBUSB_ERROR_PIPE);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "stalls"), ==, 1);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_queued (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  g_autoptr (GPtrArray) requests =
    g_ptr_array_new_with_free_func ((GDestroyNotify) usb_request_free);

  virtual_bus_tell ("slow-transfers 1-1 1000");
  for (guint i = 0; i < N_QUEUED; i++) {
    g_ptr_array_add (requests, new_block (handle, i));
    g_ptr_array_add (requests, new_status (handle));
  }
  for (guint i = 0; i < requests->len; i++)
    usb_request_submit (g_ptr_array_index (requests, i));

  for (guint i = 0; i < requests->len; i++) {
    UsbRequest *request = g_ptr_array_index (requests, i);

    g_assert_cmpint (usb_request_wait (request), ==, LIBUSB_TRANSFER_COMPLETED);
    g_assert_cmpint (request->transfer->actual_length, ==, i % 2 == 0 ? 64 : 6);
    if (i % 2 == 1)
      g_assert_cmpuint (request->buffer[LIBUSB_CONTROL_SETUP_SIZE + 4], ==, 5);
    if (i > 0)
      g_assert_cmpint (request->order, >,
                       ((UsbRequest *) g_ptr_array_index (requests, i - 1))->order);
  }

  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "blocks"), ==, N_QUEUED);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "queued"), >, N_QUEUED);
  virtual_bus_tell ("unplug 1-1");
}

/* A wire is never faster than its transfers, and does not lose its time between them. */
static void
test_time_on_the_wire (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  UsbRequest *requests[100];
  const gint64 wire_us = G_N_ELEMENTS (requests) * 500;
  gint64 begin, queued_us, single_us;
  guint8 answer[6];

  virtual_bus_tell ("slow-transfers 1-1 500");

  begin = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    g_assert_cmpint (usb_fixture_get_status (handle, answer, 20000), ==, 6);
  single_us = g_get_monotonic_time () - begin;

  begin = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    requests[i] = new_status (handle);
    usb_request_submit (requests[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_assert_cmpint (usb_request_wait (requests[i]), ==, LIBUSB_TRANSFER_COMPLETED);
    usb_request_free (requests[i]);
  }
  queued_us = g_get_monotonic_time () - begin;

  g_test_message ("on the wire %" G_GINT64_FORMAT " µs, one by one %" G_GINT64_FORMAT
                  " µs, queued %" G_GINT64_FORMAT " µs",
                  wire_us, single_us, queued_us);
  g_assert_cmpint (single_us, >=, wire_us);
  g_assert_cmpint (queued_us, >=, wire_us);
  g_assert_cmpint (queued_us, <, 10 * wire_us);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_discard_of_what_waits (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  g_autoptr (UsbRequest) first = new_block (handle, 0);
  g_autoptr (UsbRequest) second = new_block (handle, 1);
  guint8 answer[6];

  virtual_bus_tell ("slow-transfers 1-1 300000");
  usb_request_submit (first);
  usb_request_submit (second);
  g_assert_cmpint (libusb_cancel_transfer (second->transfer), ==, 0);
  g_assert_cmpint (usb_request_wait (second), ==, LIBUSB_TRANSFER_CANCELLED);
  g_assert_false (usb_request_is_done (first));
  g_assert_cmpint (usb_request_wait (first), ==, LIBUSB_TRANSFER_COMPLETED);
  g_assert_cmpint (libusb_cancel_transfer (first->transfer), ==, LIBUSB_ERROR_NOT_FOUND);

  /* The board never saw it, so all is well. */
  virtual_bus_tell ("slow-transfers 1-1 0");
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "blocks"), ==, 1);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "discarded"), ==, 1);
  virtual_bus_tell ("unplug 1-1");
}

/* A host that gives up on what the board is busy with wedges it. */
static void
test_discard_of_what_is_in_flight (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  libusb_device_handle *handle = open_board (usb, "1-1", "dfu");
  guint8 answer[6];
  guint8 data[64] = { 0 };

  virtual_bus_tell ("hang-at-block 1-1 1");
  g_assert_cmpint (usb_fixture_download (handle, 0, data, 64), ==, 64);
  g_assert_cmpint (libusb_control_transfer (handle, 0x21, 1, 1, 2, data, sizeof data, 50), ==,
                   LIBUSB_ERROR_TIMEOUT);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 50), ==, 0);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 50), ==, LIBUSB_ERROR_TIMEOUT);
  libusb_close (handle);

  virtual_bus_tell ("hold-boot 1-1 on");
  virtual_bus_tell ("press-reset 1-1");
  virtual_bus_tell ("wait-for 1-1 runtime");
  handle = usb_fixture_open (usb, "1-1");
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  libusb_close (handle);
  virtual_bus_tell ("unplug 1-1");
}

/* The board goes on with it, and only then with what came after. */
static void
test_discard_while_busy (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  g_autoptr (UsbRequest) block = new_block (handle, 0);
  guint8 answer[6];
  gint64 begin;

  virtual_bus_tell ("slow-transfers 1-1 200000");
  begin = g_get_monotonic_time ();
  usb_request_submit (block);
  g_assert_cmpint (libusb_cancel_transfer (block->transfer), ==, 0);
  g_assert_cmpint (usb_request_wait (block), ==, LIBUSB_TRANSFER_CANCELLED);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 20000), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 400000);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_unplug_in_flight (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  g_autoptr (UsbRequest) first = new_block (handle, 0);
  g_autoptr (UsbRequest) second = new_status (handle);
  guint8 answer[6];

  virtual_bus_tell ("hang-at-block 1-1 0");
  usb_request_submit (first);
  usb_request_submit (second);
  virtual_bus_tell ("unplug 1-1");
  g_assert_cmpint (usb_request_wait (first), ==, LIBUSB_TRANSFER_ERROR);
  g_assert_cmpint (usb_request_wait (second), ==, LIBUSB_TRANSFER_ERROR);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, LIBUSB_ERROR_NO_DEVICE);
}

static void
test_drop_at_block (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  guint8 data[64] = { 0 };

  virtual_bus_tell ("drop-at-block 1-1 2");
  g_assert_cmpint (usb_fixture_download (handle, 0, data, 64), ==, 64);
  g_assert_cmpint (usb_fixture_download (handle, 1, data, 64), ==, 64);
  g_assert_cmpint (usb_fixture_download (handle, 2, data, 64), ==, LIBUSB_ERROR_IO);
  g_assert_null (usb_fixture_find (usb, "1-1"));
}

typedef struct {
  const char *verb;
  int download; /* what the second block's DNLOAD gives */
  guint8 status, state;
} FaultCase;

static const FaultCase fault_cases[] = {
  { "stall-at-block 1-1 1", LIBUSB_ERROR_PIPE, 0x0f, 10 },
  { "error-at-block 1-1 1 0x03", 64, 0x03, 10 },
  { "error-at 1-1 status 0x08", 64, 0x08, 10 },
  { "corrupt-at-block 1-1 1", 64, 0x00, 5 },
};

static void
test_fault (gconstpointer data)
{
  const FaultCase *self = data;
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "dfu");
  guint8 bytes[64] = { 0 };
  guint8 answer[6];

  virtual_bus_tell ("%s", self->verb);
  g_assert_cmpint (usb_fixture_download (handle, 0, bytes, 64), ==, 64);
  g_assert_cmpint (usb_fixture_download (handle, 1, bytes, 64), ==, self->download);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  g_assert_cmphex (answer[0], ==, self->status);
  g_assert_cmpuint (answer[4], ==, self->state);

  /* Each happens once. */
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "faults"), ==, 0);
  g_assert_cmpint (libusb_control_transfer (handle, 0x21, 4, 0, 2, NULL, 0, 1000), ==, 0);
  g_assert_cmpint (usb_fixture_get_status (handle, answer, 1000), ==, 6);
  g_assert_cmpuint (answer[4], ==, 2);
  virtual_bus_tell ("unplug 1-1");
}

static void
test_bulk (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) handle = open_board (usb, "1-1", "runtime");
  guint8 data[200] = { 0 };
  int n_moved;

  g_assert_cmpint (libusb_claim_interface (handle, 1), ==, 0);
  g_assert_cmpint (libusb_bulk_transfer (handle, 0x03, data, sizeof data, &n_moved, 1000), ==, 0);
  g_assert_cmpint (n_moved, ==, sizeof data);
  g_assert_cmpint (libusb_bulk_transfer (handle, 0x84, data, sizeof data, &n_moved, 20), ==,
                   LIBUSB_ERROR_TIMEOUT);
  virtual_bus_tell ("unplug 1-1");
}

/* One board's long answer is nobody else's business. */
static void
test_two_boards (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  g_autoptr (libusb_device_handle) slow = open_board (usb, "1-1", "dfu");
  g_autoptr (libusb_device_handle) fast = open_board (usb, "1-2.3", "dfu");
  g_autoptr (UsbRequest) request = new_block (slow, 0);
  guint8 answer[6];

  virtual_bus_tell ("slow-transfers 1-1 2000000");
  usb_request_submit (request);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpint (usb_fixture_get_status (fast, answer, 1000), ==, 6);
  g_assert_false (usb_request_is_done (request));
  virtual_bus_tell ("unplug 1-1");
  g_assert_cmpint (usb_request_wait (request), ==, LIBUSB_TRANSFER_ERROR);
  virtual_bus_tell ("unplug 1-2.3");
}

typedef struct {
  UsbFixture *usb;
  char *path;
} Worker;

static gpointer
work (gpointer data)
{
  Worker *self = data;
  guint8 answer[6];

  for (guint round = 0; round < 5; round++) {
    g_autoptr (libusb_device_handle) handle = usb_fixture_open (self->usb, self->path);

    for (guint i = 0; i < 100; i++)
      g_assert_cmpint (usb_fixture_get_status (handle, answer, 20000), ==, 6);
  }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (UsbFixture) usb = usb_fixture_new ();
  Worker workers[8];
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    workers[i] = (Worker){ usb, g_strdup_printf ("1-%u", i + 8) };
    virtual_bus_tell ("plug esp32s2@%s", workers[i].path);
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", work, &workers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_thread_join (threads[i]);
    virtual_bus_tell ("unplug %s", workers[i].path);
    g_free (workers[i].path);
  }
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/libusb/transfers/synchronous", test_synchronous);
  g_test_add_func ("/libusb/transfers/queued", test_queued);
  g_test_add_func ("/libusb/transfers/time-on-the-wire", test_time_on_the_wire);
  g_test_add_func ("/libusb/transfers/discard/waiting", test_discard_of_what_waits);
  g_test_add_func ("/libusb/transfers/discard/in-flight", test_discard_of_what_is_in_flight);
  g_test_add_func ("/libusb/transfers/discard/while-busy", test_discard_while_busy);
  g_test_add_func ("/libusb/transfers/unplug-in-flight", test_unplug_in_flight);
  g_test_add_func ("/libusb/transfers/drop-at-block", test_drop_at_block);
  for (guint i = 0; i < G_N_ELEMENTS (fault_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/libusb/transfers/fault/%u", i);

    g_test_add_data_func (path, &fault_cases[i], test_fault);
  }
  g_test_add_func ("/libusb/transfers/bulk", test_bulk);
  g_test_add_func ("/libusb/transfers/two-boards", test_two_boards);
  g_test_add_func ("/libusb/transfers/threads", test_threads);

  return g_test_run ();
}
