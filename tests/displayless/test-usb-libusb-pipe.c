/* test-usb-libusb-pipe.c: control transfers through the real libusb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <unistd.h>

#include "bus-fixture.h"
#include "pipe-control.h"
#include "usb-string.h"

#define DFU_INTERFACE 2
#define BLOCK_SIZE 64
#define QUEUE_LENGTH 16
#define NO_END (BUS_FIXTURE_LONG * 10) /* ms: nobody waits for that */

/* How often somebody cancels while an answer is on its way. */
#define N_MEANWHILE 200

/* An ESP32-S2 in DFU mode and a pipe to it. */
typedef struct {
  UsbBus *bus;
  UsbDevice *device;
  UsbPipe *pipe;
} Fixture;

/* bRequest and bState, DFU 1.1 */
#define DNLOAD 1
#define GETSTATUS 3
#define DFU_IDLE 2
#define DNLOAD_IDLE 5

static UsbPipe *
open_pipe (UsbDevice *device)
{
  g_autoptr (GError) error = NULL;
  UsbPipe *pipe = usb_device_open (device, &error);

  g_assert_no_error (error);
  usb_pipe_claim (pipe, DFU_INTERFACE, &error);
  g_assert_no_error (error);

  return pipe;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  bus_fixture_plug ("esp32s2@1-1,mode=dfu");
  self->bus = bus_fixture_new_bus (FALSE);
  self->device = bus_fixture_dup_device (self->bus, "1-1");
  self->pipe = open_pipe (self->device);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  if (self->pipe != NULL)
    g_assert_finalize_object (self->pipe);
  g_assert_finalize_object (self->bus);
  g_assert_finalize_object (self->device);
  bus_fixture_clear ();
}

static UsbTransfer
make_out (guint8 request, guint16 value, guint8 *data, guint16 length)
{
  UsbTransfer transfer = {
    .setup = { 0x21, request, value, DFU_INTERFACE, length },
    .data = data,
    .timeout = BUS_FIXTURE_LONG,
  };

  return transfer;
}

static UsbTransfer
make_get_status (guint8 status[6])
{
  UsbTransfer transfer = {
    .setup = { 0xa1, GETSTATUS, 0, DFU_INTERFACE, 6 },
    .data = status,
    .timeout = BUS_FIXTURE_LONG,
  };

  return transfer;
}

static void
submit (UsbPipe *pipe, UsbTransfer *transfer)
{
  g_autoptr (GError) error = NULL;

  usb_pipe_submit (pipe, transfer, &error);
  g_assert_no_error (error);
}

static void
assert_state (UsbPipe *pipe, guint8 state)
{
  const UsbSetup setup = { 0xa1, GETSTATUS, 0, DFU_INTERFACE, 6 };
  guint8 status[6] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe_control (pipe, &setup, status, BUS_FIXTURE_LONG, &error), ==, 6);
  g_assert_no_error (error);
  g_assert_cmpuint (status[4], ==, state);
}

static void
assert_gone (UsbPipe *pipe)
{
  gint64 start = g_get_monotonic_time ();
  guint8 status[6];
  g_auto (UsbTransfer) transfer = make_get_status (status);
  g_autoptr (GError) error = NULL;

  g_assert_false (usb_pipe_submit (pipe, &transfer, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);
  g_clear_error (&error);
  g_assert_cmpint (pipe_control (pipe, &transfer.setup, status, 1000, &error), ==, -1);
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);
  g_clear_error (&error);
  g_assert_false (usb_pipe_claim (pipe, 0, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);
  g_clear_error (&error);
  g_assert_false (usb_pipe_release (pipe, DFU_INTERFACE, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);
  g_clear_error (&error);
  g_assert_false (usb_pipe_reset (pipe, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);

  g_assert_cmpint (g_get_monotonic_time () - start, <, G_TIME_SPAN_SECOND);
}

static void
test_control (Fixture *self, gconstpointer user_data)
{
  const UsbSetup setup = { 0xa1, GETSTATUS, 0, DFU_INTERFACE, 6 };
  const UsbSetup short_setup = { 0xa1, GETSTATUS, 0, DFU_INTERFACE, 3 };
  guint8 status[7] = { 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe_control (self->pipe, &short_setup, status, 1000, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpmem (status, 7, "\x00\x00\x01\xee\xee\xee\xee", 7);

  /* bStatus OK, bwPollTimeout 256 ms, dfuIDLE, no string. */
  g_assert_cmpint (pipe_control (self->pipe, &setup, status, 1000, &error), ==, 6);
  g_assert_no_error (error);
  g_assert_cmpmem (status, 7, "\x00\x00\x01\x00\x02\x00\xee", 7);
}

static void
test_string (Fixture *self, gconstpointer user_data)
{
  UsbSetup setup = usb_string_make_setup (2);
  guint8 data[USB_STRING_MAX_LENGTH];
  g_autoptr (GError) error = NULL;
  const gssize length = pipe_control (self->pipe, &setup, data, 1000, &error);
  g_autofree char *product = usb_string_parse (data, MAX (length, 0));

  g_assert_no_error (error);
  g_assert_cmpstr (product, ==, "ESP32-S2");

  setup = usb_string_make_setup (4);
  g_assert_cmpint (pipe_control (self->pipe, &setup, data, 1000, &error), ==, -1);
  g_assert_error (error, USB_ERROR, USB_ERROR_STALL);
}

static void
reap (UsbPipe *pipe, UsbTransfer *expected)
{
  g_assert_true (usb_pipe_reap (pipe) == expected);
  g_assert_no_error (expected->error);
  g_assert_cmpuint (expected->actual, ==, expected->setup.length);
}

/* A block with the status that follows it, as a download queues them. */
static void
test_pairs (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6];

  for (guint i = 0; i < 100; i++) {
    UsbTransfer block = make_out (DNLOAD, i, data, sizeof data);
    UsbTransfer answer = make_get_status (status);

    memset (status, 0xee, sizeof status);
    submit (self->pipe, &block);
    submit (self->pipe, &answer);
    reap (self->pipe, &block);
    reap (self->pipe, &answer);
    g_assert_cmpuint (status[4], ==, DNLOAD_IDLE);
  }

  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "blocks"), ==, 100);
}

static void
test_long_queue (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[QUEUE_LENGTH][6] = { { 0 } };
  UsbTransfer blocks[QUEUE_LENGTH];
  UsbTransfer answers[QUEUE_LENGTH];

  for (guint i = 0; i < QUEUE_LENGTH; i++) {
    blocks[i] = make_out (DNLOAD, i, data, sizeof data);
    answers[i] = make_get_status (status[i]);
    submit (self->pipe, &blocks[i]);
    submit (self->pipe, &answers[i]);
  }

  for (guint i = 0; i < QUEUE_LENGTH; i++) {
    reap (self->pipe, &blocks[i]);
    reap (self->pipe, &answers[i]);
    g_assert_cmpuint (status[i][4], ==, DNLOAD_IDLE);
  }
}

/* What the caller does with the buffer after the submission does not reach the device. */
static void
test_data_is_taken (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE];
  UsbTransfer block = make_out (DNLOAD, 0, data, sizeof data);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "bootlace-flash-XXXXXX", NULL);
  g_autofree char *flash = NULL;
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);

  /* The first four blocks fill a page, which the ROM writes to address 0 when it is complete. */
  for (guint i = 0; i < 4; i++) {
    memset (data, 0x10 + i, sizeof data);
    block.setup.value = i;
    submit (self->pipe, &block);
    memset (data, 0xff, sizeof data);
    reap (self->pipe, &block);
    usb_transfer_clear (&block);
  }

  virtual_bus_tell ("save-flash 1-1 %s", path);
  g_assert_true (g_file_get_contents (path, &flash, NULL, NULL));
  for (guint i = 0; i < 256; i++)
    g_assert_cmphex (flash[i], ==, 0x10 + i / BLOCK_SIZE);

  close (fd);
  unlink (path);
}

static void
test_stall (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6] = { 0 };
  g_auto (UsbTransfer) block = make_out (DNLOAD, 0, data, sizeof data);
  UsbTransfer answer = make_get_status (status);

  virtual_bus_tell ("stall-at-block 1-1 0");
  submit (self->pipe, &block);
  submit (self->pipe, &answer);

  /* What was queued behind it is answered all the same. */
  g_assert_true (usb_pipe_reap (self->pipe) == &block);
  g_assert_error (block.error, USB_ERROR, USB_ERROR_STALL);
  g_assert_cmpstr (block.error->message, ==,
                   "Request 0x01 (bmRequestType 0x21, wValue 0, wIndex 2, 64 bytes): refused by "
                   "the device (STALL)");
  reap (self->pipe, &answer);
}

static void
test_timeout (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  g_auto (UsbTransfer) block = make_out (DNLOAD, 0, data, sizeof data);
  gint64 start = g_get_monotonic_time ();

  virtual_bus_tell ("hang-at-block 1-1 0");
  block.timeout = 100;
  submit (self->pipe, &block);
  g_assert_true (usb_pipe_reap (self->pipe) == &block);
  g_assert_error (block.error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_true (g_str_has_prefix (block.error->message, "Request 0x01 "));
  g_assert_true (g_str_has_suffix (block.error->message, ": no answer within 100 ms"));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "discarded"), ==, 1);
}

/* The second waits behind the first, has its own time-out, and comes back after it. */
static void
test_timeout_in_queue (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6];
  g_auto (UsbTransfer) block = make_out (DNLOAD, 0, data, sizeof data);
  g_auto (UsbTransfer) answer = make_get_status (status);

  virtual_bus_tell ("hang-at-block 1-1 0");
  block.timeout = 200;
  answer.timeout = 100;
  submit (self->pipe, &block);
  submit (self->pipe, &answer);
  g_assert_true (usb_pipe_reap (self->pipe) == &block);
  g_assert_error (block.error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_true (usb_pipe_reap (self->pipe) == &answer);
  g_assert_error (answer.error, USB_ERROR, USB_ERROR_TIMED_OUT);
}

static gpointer
cancel_in_thread (gpointer user_data)
{
  /* Not before the transfer has reached the board. */
  virtual_bus_tell ("wait-for 1-1 faultless");
  g_cancellable_cancel (user_data);

  return NULL;
}

/* Only its time-out would end it otherwise, and what waits behind it is not asked any more. */
static void
test_cancelled_in_flight (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6];
  g_auto (UsbTransfer) block = make_out (DNLOAD, 0, data, sizeof data);
  g_auto (UsbTransfer) answer = make_get_status (status);
  const gint64 start = g_get_monotonic_time ();
  GThread *thread;

  virtual_bus_tell ("hang-at-block 1-1 0");
  block.cancellable = answer.cancellable = cancellable;
  block.grace = answer.grace = 100;
  block.timeout = answer.timeout = NO_END;
  submit (self->pipe, &block);
  submit (self->pipe, &answer);
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  g_assert_true (usb_pipe_reap (self->pipe) == &block);
  g_assert_error (block.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (
    g_str_has_suffix (block.error->message, ": cancelled, and no answer within 100 ms"));
  g_assert_true (usb_pipe_reap (self->pipe) == &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);

  g_assert_cmpint (g_get_monotonic_time () - start, >=, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, BUS_FIXTURE_LONG * 1000);
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "discarded"), ==, 2);
}

static UsbSetup
make_set_interface (guint8 alternate)
{
  return (UsbSetup){ .request_type = USB_REQUEST_TYPE_INTERFACE,
                     .request = USB_REQUEST_SET_INTERFACE,
                     .value = alternate,
                     .index = DFU_INTERFACE };
}

/* Neither is the choice of a memory, or the question for its name, waited for any longer. */
static void
test_cancelled_standard (Fixture *self, gconstpointer user_data)
{
  const char *moment = user_data;
  const gboolean is_string = g_str_equal (moment, "string");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint8 data[USB_STRING_MAX_LENGTH];
  g_auto (UsbTransfer) transfer = { .timeout = NO_END, .cancellable = cancellable, .grace = 100 };
  GThread *thread;

  transfer.setup = is_string ? usb_string_make_setup (2) : make_set_interface (0);
  transfer.data = is_string ? data : NULL;
  virtual_bus_tell ("hang-at 1-1 %s", moment);
  submit (self->pipe, &transfer);
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  g_assert_true (usb_pipe_reap (self->pipe) == &transfer);
  g_assert_error (transfer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* It is cancelled that nobody waits any longer, not that nobody asks. */
static void
test_cancelled_before (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint8 status[6];
  g_auto (UsbTransfer) answer = make_get_status (status);

  g_cancellable_cancel (cancellable);
  answer.cancellable = cancellable;
  answer.grace = BUS_FIXTURE_LONG;
  submit (self->pipe, &answer);
  g_assert_true (usb_pipe_reap (self->pipe) == &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.actual, ==, 6);
}

static gpointer
cancel_at_once (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return NULL;
}

/* Whenever it comes, the wake-up neither loses an answer that is on its way nor delays the end. */
static void
test_cancelled_meanwhile (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < N_MEANWHILE; i++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    guint8 status[6];
    g_auto (UsbTransfer) answer = make_get_status (status);
    GThread *thread = g_thread_new ("cancel", cancel_at_once, cancellable);

    answer.cancellable = cancellable;
    answer.grace = answer.timeout = NO_END;
    submit (self->pipe, &answer);
    reap (self->pipe, &answer);
    g_assert_cmpuint (answer.actual, ==, 6);
    g_thread_join (thread);
  }

  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "discarded"), ==, 0);
}

static gpointer
unplug_in_thread (gpointer user_data)
{
  /* Not before the transfer has reached the board. */
  virtual_bus_tell ("wait-for 1-1 faultless");
  virtual_bus_tell ("unplug 1-1");

  return NULL;
}

static void
test_unplugged_in_flight (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6];
  g_auto (UsbTransfer) block = make_out (DNLOAD, 0, data, sizeof data);
  g_auto (UsbTransfer) answer = make_get_status (status);
  gint64 start = g_get_monotonic_time ();
  GThread *thread;

  virtual_bus_tell ("hang-at-block 1-1 0");
  submit (self->pipe, &block);
  submit (self->pipe, &answer);
  thread = g_thread_new ("unplug", unplug_in_thread, NULL);
  g_assert_true (usb_pipe_reap (self->pipe) == &block);
  g_assert_error (block.error, USB_ERROR, USB_ERROR_IO);
  g_assert_true (usb_pipe_reap (self->pipe) == &answer);
  g_assert_error (answer.error, USB_ERROR, USB_ERROR_IO);
  g_thread_join (thread);

  g_assert_cmpint (g_get_monotonic_time () - start, <, BUS_FIXTURE_LONG * 1000 / 2);
  assert_gone (self->pipe);
}

static void
test_unplugged_idle (Fixture *self, gconstpointer user_data)
{
  const UsbSetup setup = { 0xa1, GETSTATUS, 0, DFU_INTERFACE, 6 };
  guint8 status[6];
  g_autoptr (GError) error = NULL;

  virtual_bus_tell ("unplug 1-1");
  g_assert_cmpint (pipe_control (self->pipe, &setup, status, 1000, &error), ==, -1);
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);
  assert_gone (self->pipe);
}

/* A board that comes back is another device, even for those who still have the old one. */
static void
test_stale_device (Fixture *self, gconstpointer user_data)
{
  g_autoptr (UsbDevice) after = NULL;
  g_autoptr (UsbPipe) pipe = NULL;
  g_autoptr (GError) error = NULL;

  virtual_bus_tell ("unplug 1-1");
  virtual_bus_tell ("plug 1-1");
  virtual_bus_tell ("wait-for 1-1 present");

  g_assert_null (usb_device_open (self->device, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);

  after = bus_fixture_wait_for_other (self->bus, "1-1", self->device);
  if (after == NULL)
    after = bus_fixture_wait_for_other (self->bus, "1-1", NULL);
  pipe = open_pipe (after);
}

static void
test_busy (Fixture *self, gconstpointer user_data)
{
  g_autoptr (UsbPipe) other = NULL;
  g_autoptr (GError) error = NULL;

  /* Anybody may open it, one may claim it. */
  other = usb_device_open (self->device, &error);
  g_assert_no_error (error);
  g_assert_false (usb_pipe_claim (other, DFU_INTERFACE, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_BUSY);
  g_assert_cmpstr (error->message, ==, "Claiming interface 2: in use by another program or driver");
  g_clear_error (&error);

  usb_pipe_release (self->pipe, DFU_INTERFACE, &error);
  g_assert_no_error (error);
  usb_pipe_claim (other, DFU_INTERFACE, &error);
  g_assert_no_error (error);

  /* Closing it lets it go. */
  g_clear_object (&other);
  usb_pipe_claim (self->pipe, DFU_INTERFACE, &error);
  g_assert_no_error (error);
}

static void
test_held_by_another_program (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  usb_pipe_release (self->pipe, DFU_INTERFACE, &error);
  g_assert_no_error (error);

  virtual_bus_tell ("hold-interface 1-1 2");
  g_assert_false (usb_pipe_claim (self->pipe, DFU_INTERFACE, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_BUSY);
  g_clear_error (&error);

  virtual_bus_tell ("release-interface 1-1");
  usb_pipe_claim (self->pipe, DFU_INTERFACE, &error);
  g_assert_no_error (error);
}

static void
test_no_such_interface (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (usb_pipe_claim (self->pipe, 9, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (usb_pipe_claim (self->pipe, 200, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_FAILED);
}

static void
test_set_alternate (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  const UsbSetup setup = make_set_interface (0);

  g_assert_cmpint (pipe_control (self->pipe, &setup, NULL, 1000, &error), ==, 0);
  g_assert_no_error (error);
  assert_state (self->pipe, DFU_IDLE);

  virtual_bus_tell ("stall-at 1-1 set-interface");
  g_assert_cmpint (pipe_control (self->pipe, &setup, NULL, 1000, &error), ==, -1);
  g_assert_error (error, USB_ERROR, USB_ERROR_STALL);
}

/* The ROM restarts the chip when the bus is reset: the device goes, which is a success. */
static void
test_reset (Fixture *self, gconstpointer user_data)
{
  g_autoptr (UsbDevice) after = NULL;
  g_autoptr (GError) error = NULL;

  virtual_bus_tell ("hold-boot 1-1 on");
  g_assert_true (usb_pipe_reset (self->pipe, &error));
  g_assert_no_error (error);
  assert_gone (self->pipe);

  after = bus_fixture_wait_for_other (self->bus, "1-1", self->device);
  if (after == NULL)
    after = bus_fixture_wait_for_other (self->bus, "1-1", NULL);
  g_assert_cmpuint (usb_device_get_address (after), !=, usb_device_get_address (self->device));
}

/* Closing takes back what is in flight, and the device can be used again. */
static void
test_close_in_flight (Fixture *self, gconstpointer user_data)
{
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6];
  UsbTransfer block = make_out (DNLOAD, 0, data, sizeof data);
  UsbTransfer answer = make_get_status (status);
  gint64 start = g_get_monotonic_time ();

  virtual_bus_tell ("hang-at-block 1-1 0");
  submit (self->pipe, &block);
  submit (self->pipe, &answer);
  g_assert_finalize_object (self->pipe);
  g_assert_cmpint (g_get_monotonic_time () - start, <, BUS_FIXTURE_LONG * 1000 / 2);
  virtual_bus_tell ("wait-for 1-1 closed");

  self->pipe = open_pipe (self->device);
}

static gpointer
use_in_thread (gpointer user_data)
{
  UsbDevice *device = user_data;
  UsbPipe *pipe = open_pipe (device);
  guint8 data[BLOCK_SIZE] = { 0 };
  guint8 status[6];

  for (guint i = 0; i < 50; i++) {
    UsbTransfer block = make_out (DNLOAD, i, data, sizeof data);
    UsbTransfer answer = make_get_status (status);

    submit (pipe, &block);
    submit (pipe, &answer);
    reap (pipe, &block);
    reap (pipe, &answer);
    g_assert_cmpuint (status[4], ==, DNLOAD_IDLE);
  }

  g_assert_finalize_object (pipe);

  return NULL;
}

static void
test_many (void)
{
  static const char *const paths[] = {
    "1-1", "1-2", "1-3", "1-4", "1-5.1", "1-5.2", "1-5.3", "1-5.4",
    "2-1", "2-2", "2-3", "2-4", "2-5.1", "2-5.2", "2-5.3", "2-5.4",
  };
  UsbBus *bus;
  GThread *threads[G_N_ELEMENTS (paths)];

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *board = g_strdup_printf ("esp32s2@%s,mode=dfu", paths[i]);

    bus_fixture_plug (board);
  }

  bus = bus_fixture_new_bus (FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bus)), ==, G_N_ELEMENTS (paths));

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (UsbDevice) device = g_list_model_get_item (G_LIST_MODEL (bus), i);

    threads[i] = g_thread_new ("use", use_in_thread, device);
  }

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_thread_join (threads[i]);
    g_assert_cmpuint (virtual_bus_get_stat (paths[i], "blocks"), ==, 50);
  }

  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

#define ADD_DATA(name, data, function)                                                             \
  g_test_add ("/usb/libusb-pipe/" name, Fixture, data, set_up, function, tear_down)
#define ADD(name, function) ADD_DATA (name, NULL, function)

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *const[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  ADD ("control", test_control);
  ADD ("string", test_string);
  ADD ("pairs", test_pairs);
  ADD ("long-queue", test_long_queue);
  ADD ("data-is-taken", test_data_is_taken);
  ADD ("stall", test_stall);
  ADD ("timeout", test_timeout);
  ADD ("timeout-in-queue", test_timeout_in_queue);
  ADD ("cancelled-in-flight", test_cancelled_in_flight);
  ADD_DATA ("cancelled-set-interface", "set-interface", test_cancelled_standard);
  ADD_DATA ("cancelled-string", "string", test_cancelled_standard);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("cancelled-meanwhile", test_cancelled_meanwhile);
  ADD ("unplugged-in-flight", test_unplugged_in_flight);
  ADD ("unplugged-idle", test_unplugged_idle);
  ADD ("stale-device", test_stale_device);
  ADD ("busy", test_busy);
  ADD ("held-by-another-program", test_held_by_another_program);
  ADD ("no-such-interface", test_no_such_interface);
  ADD ("set-alternate", test_set_alternate);
  ADD ("reset", test_reset);
  ADD ("close-in-flight", test_close_in_flight);
  g_test_add_func ("/usb/libusb-pipe/many", test_many);

  return g_test_run ();
}
