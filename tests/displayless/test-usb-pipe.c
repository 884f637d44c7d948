/* test-usb-pipe.c: what is the same for every pipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pipe-control.h"
#include "usb-string.h"

/* A pipe that answers every IN request with its own bRequest, and stalls the request 0xee. */
#define TEST_TYPE_PIPE (test_pipe_get_type ())
G_DECLARE_FINAL_TYPE (TestPipe, test_pipe, TEST, PIPE, GObject)

struct _TestPipe {
  GObject parent_instance;

  GQueue in_flight; /* of UsbTransfer */
  UsbSetup last_setup;
  const char *string; /* the bytes of a string descriptor, or NULL */
  gsize string_length;
  gboolean refuses;
};

static void test_pipe_iface_init (UsbPipeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestPipe,
                               test_pipe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (USB_TYPE_PIPE, test_pipe_iface_init))

static gboolean
test_pipe_submit (UsbPipe *pipe, UsbTransfer *transfer, GError **error)
{
  TestPipe *self = TEST_PIPE (pipe);

  if (self->refuses) {
    g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "It left");
    return FALSE;
  }

  g_queue_push_tail (&self->in_flight, transfer);
  return TRUE;
}

static UsbTransfer *
test_pipe_reap (UsbPipe *pipe)
{
  TestPipe *self = TEST_PIPE (pipe);
  UsbTransfer *transfer = g_queue_pop_head (&self->in_flight);

  self->last_setup = transfer->setup;
  transfer->actual = transfer->setup.length;

  if (transfer->setup.request == 0xee) {
    transfer->actual = 0;
    g_set_error_literal (&transfer->error, USB_ERROR, USB_ERROR_STALL, "It refused");
  } else if (self->string != NULL) {
    memcpy (transfer->data, self->string, self->string_length);
    transfer->actual = self->string_length;
  } else if ((transfer->setup.request_type & USB_REQUEST_TYPE_IN) != 0) {
    memset (transfer->data, transfer->setup.request, transfer->setup.length);
  }

  return transfer;
}

static void
test_pipe_finalize (GObject *object)
{
  TestPipe *self = TEST_PIPE (object);

  g_assert_true (g_queue_is_empty (&self->in_flight));

  G_OBJECT_CLASS (test_pipe_parent_class)->finalize (object);
}

static void
test_pipe_iface_init (UsbPipeInterface *iface)
{
  iface->submit = test_pipe_submit;
  iface->reap = test_pipe_reap;
}

static void
test_pipe_class_init (TestPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_pipe_finalize;
}

static void
test_pipe_init (TestPipe *self)
{
}

static TestPipe *
new_pipe (void)
{
  return g_object_new (TEST_TYPE_PIPE, NULL);
}

static void
test_control (void)
{
  TestPipe *pipe = new_pipe ();
  const UsbSetup in = { 0xa1, 0x03, 7, 2, 6 };
  const UsbSetup out = { 0x21, 0x04, 0, 2, 0 };
  guint8 data[6] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe_control (USB_PIPE (pipe), &in, data, 100, &error), ==, 6);
  g_assert_no_error (error);
  g_assert_cmpmem (data, sizeof data, "\3\3\3\3\3\3", 6);
  g_assert_cmpmem (&pipe->last_setup, sizeof in, &in, sizeof in);

  g_assert_cmpint (pipe_control (USB_PIPE (pipe), &out, NULL, 100, &error), ==, 0);
  g_assert_no_error (error);

  g_assert_finalize_object (pipe);
}

static void
test_control_fails (void)
{
  TestPipe *pipe = new_pipe ();
  const UsbSetup stalled = { 0x21, 0xee, 0, 2, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe_control (USB_PIPE (pipe), &stalled, NULL, 100, &error), ==, -1);
  g_assert_error (error, USB_ERROR, USB_ERROR_STALL);
  g_clear_error (&error);

  g_assert_cmpint (pipe_control (USB_PIPE (pipe), &stalled, NULL, 100, NULL), ==, -1);

  pipe->refuses = TRUE;
  g_assert_cmpint (pipe_control (USB_PIPE (pipe), &stalled, NULL, 100, &error), ==, -1);
  g_assert_error (error, USB_ERROR, USB_ERROR_GONE);

  g_assert_finalize_object (pipe);
}

static void
test_too_long (void)
{
  TestPipe *pipe = new_pipe ();
  guint8 data[USB_PIPE_MAX_LENGTH + 1] = { 0 };
  UsbTransfer transfer = { .setup = { 0x21, 0x01, 0, 2, sizeof data },
                           .data = data,
                           .timeout = 100 };
  g_autoptr (GError) error = NULL;

  g_assert_false (usb_pipe_submit (USB_PIPE (pipe), &transfer, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_FAILED);
  g_clear_error (&error);

  transfer.setup.length = USB_PIPE_MAX_LENGTH;
  g_assert_true (usb_pipe_submit (USB_PIPE (pipe), &transfer, &error));
  g_assert_no_error (error);
  g_assert_true (usb_pipe_reap (USB_PIPE (pipe)) == &transfer);

  g_assert_finalize_object (pipe);
}

static void
test_clear (void)
{
  UsbTransfer transfer = { .setup = { 0x21, 0x01, 0, 2, 0 }, .timeout = 100, .actual = 5 };

  transfer.error = g_error_new_literal (USB_ERROR, USB_ERROR_STALL, "It refused");
  usb_transfer_clear (&transfer);
  g_assert_null (transfer.error);
  g_assert_cmpuint (transfer.actual, ==, 0);
  usb_transfer_clear (&transfer);
}

static void
test_string (void)
{
  TestPipe *pipe = new_pipe ();
  const UsbSetup setup = usb_string_make_setup (4);
  guint8 data[USB_STRING_MAX_LENGTH];
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  pipe->string = "\x06\x03S\0"
                 "2\0";
  pipe->string_length = 6;
  g_assert_cmpint (pipe_control (USB_PIPE (pipe), &setup, data, 100, &error), ==, 6);
  g_assert_no_error (error);
  text = usb_string_parse (data, 6);
  g_assert_cmpstr (text, ==, "S2");
  g_assert_cmphex (pipe->last_setup.request_type, ==, 0x80);
  g_assert_cmphex (pipe->last_setup.value, ==, 0x0304);
  g_assert_cmphex (pipe->last_setup.index, ==, 0x0409);

  g_assert_finalize_object (pipe);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/pipe/control", test_control);
  g_test_add_func ("/usb/pipe/control-fails", test_control_fails);
  g_test_add_func ("/usb/pipe/too-long", test_too_long);
  g_test_add_func ("/usb/pipe/clear", test_clear);
  g_test_add_func ("/usb/pipe/string", test_string);

  return g_test_run ();
}
