/* test-dfu-session.c: requests, against the ROM's state machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-pipe.h"
#include "dfu-error.h"
#include "dfu-session.h"
#include "pipe-control.h"
#include "test-board.h"

#define TIMEOUT 1000

typedef struct {
  Board *board;
  BoardPipe *pipe;
  DfuSession *session;
} Fixture;

static DfuSession *
open_session (BoardPipe *pipe, DfuMode mode)
{
  const DfuInterface interface = test_board_get_interface (mode);
  g_autoptr (GError) error = NULL;
  DfuSession *session = dfu_session_new (USB_PIPE (pipe), TIMEOUT);

  dfu_session_claim (session, &interface, &error);
  g_assert_no_error (error);
  return session;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  const DfuMode mode = GPOINTER_TO_INT (user_data);

  self->board = test_board_new (mode);
  self->pipe = board_pipe_new (self->board);
  self->session = open_session (self->pipe, mode);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->pipe);
  board_free (self->board);
}

/* Unlike DFU_GETSTATUS this changes nothing. */
static void
assert_state (Fixture *self, DfuState expected)
{
  const UsbSetup setup = { USB_REQUEST_TYPE_IN | USB_REQUEST_TYPE_CLASS |
                             USB_REQUEST_TYPE_INTERFACE,
                           DFU_REQUEST_GETSTATE, 0, 2, 1 };
  g_autoptr (GError) error = NULL;
  guint8 state = 0;

  g_assert_cmpint (pipe_control (USB_PIPE (self->pipe), &setup, &state, TIMEOUT, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
}

static void
assert_can_be_made_idle (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DfuStatus status;

  g_assert_true (dfu_session_make_idle (self->session, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (dfu_session_get_status (self->session, &status, &error));
  g_assert_cmpint (status.state, ==, DFU_STATE_DFU_IDLE);
  g_assert_cmpint (status.code, ==, DFU_STATUS_OK);
}

static DfuStatus
send_block (Fixture *self, const guint8 *data, guint16 length)
{
  g_autoptr (GError) error = NULL;
  DfuStatus status;

  g_assert_true (dfu_session_download (self->session, 0, data, length, TIMEOUT, &status, &error));
  g_assert_no_error (error);

  return status;
}

static void
test_idle_from_idle (Fixture *self, gconstpointer user_data)
{
  assert_can_be_made_idle (self);
  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_ABORT), ==, 0);
  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_CLRSTATUS), ==, 0);
}

static void
test_idle_from_download (Fixture *self, gconstpointer user_data)
{
  const guint8 data[64] = { 0 };

  g_assert_cmpint (send_block (self, data, sizeof data).state, ==, DFU_STATE_DNLOAD_IDLE);
  assert_can_be_made_idle (self);
}

/* The ROM keeps an error of its own through ABORT; only CLRSTATUS helps. */
static void
test_idle_from_latched_error (Fixture *self, gconstpointer user_data)
{
  const guint8 data[64] = { 0 };

  send_block (self, data, sizeof data);
  board_set_error (self->board, DFU_STATUS_ERR_TARGET);
  g_assert_true (dfu_session_abort (self->session, NULL));

  assert_can_be_made_idle (self);
  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_CLRSTATUS), ==, 1);
}

static void
test_idle_from_upload (Fixture *self, gconstpointer user_data)
{
  guint8 data[64];

  g_assert_cmpint (dfu_session_upload (self->session, 0, data, sizeof data, NULL), ==, sizeof data);
  assert_state (self, DFU_STATE_UPLOAD_IDLE);
  assert_can_be_made_idle (self);
}

static void
test_idle_from_error (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const guint8 data[64] = { 0 };
  guint8 answer[64];

  send_block (self, data, sizeof data);
  g_assert_cmpint (dfu_session_upload (self->session, 0, answer, sizeof answer, &error), ==, -1);
  g_assert_true (usb_error_is_stall (error));
  assert_state (self, DFU_STATE_ERROR);

  assert_can_be_made_idle (self);
}

static void
test_idle_from_manifest_sync (Fixture *self, gconstpointer user_data)
{
  const UsbSetup empty = { USB_REQUEST_TYPE_CLASS | USB_REQUEST_TYPE_INTERFACE, DFU_REQUEST_DNLOAD,
                           0, 2, 0 };

  g_assert_cmpint (pipe_control (USB_PIPE (self->pipe), &empty, NULL, TIMEOUT, NULL), ==, 0);
  assert_state (self, DFU_STATE_MANIFEST_SYNC);
  assert_can_be_made_idle (self);
}

static void
test_not_idle_in_run_time (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dfu_session_make_idle (self->session, NULL, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
}

static void
test_idle_cancelled (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (dfu_session_make_idle (self->session, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_queued_together (Fixture *self, gconstpointer user_data)
{
  const guint8 data[64] = { 0 };

  send_block (self, data, sizeof data);
  g_assert_cmpuint (board_pipe_get_most_in_flight (self->pipe), ==, 2);
}

/* A refused block is explained by the status queued behind it. */
static void
test_refused_block (Fixture *self, gconstpointer user_data)
{
  const guint8 data[64] = { 0 };
  g_autoptr (GError) error = NULL;
  guint8 answer[64];
  DfuStatus status;

  g_assert_cmpint (dfu_session_upload (self->session, 0, answer, sizeof answer, NULL), ==, 64);
  g_assert_false (
    dfu_session_download (self->session, 0, data, sizeof data, TIMEOUT, &status, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "errUNKNOWN"));
}

/* Acknowledged, but not all of it arrived. */
static void
test_short_block (void)
{
  g_autoptr (GError) error = NULL;
  UsbTransfer transfer = { .setup = { .length = 64 }, .actual = 64 };

  g_assert_true (dfu_session_check_download (&transfer, &error));
  g_assert_no_error (error);

  transfer.actual = 63;
  g_assert_false (dfu_session_check_download (&transfer, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
}

static void
test_detach (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardPipe) pipe = NULL;
  g_autoptr (DfuSession) session = NULL;
  DfuStatus status;

  assert_state (self, DFU_STATE_APP_IDLE);
  g_assert_false (dfu_session_detach (self->session, &error));
  g_assert_true (usb_error_is_gone (error));
  g_assert_true (g_str_has_prefix (error->message, "DFU_DETACH: "));

  pipe = board_pipe_new (self->board);
  session = open_session (pipe, DFU_MODE_DFU);
  g_assert_true (dfu_session_get_status (session, &status, NULL));
  g_assert_cmpint (status.state, ==, DFU_STATE_DFU_IDLE);
}

static void
add (const char *name, DfuMode mode, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/dfu/session/", name, NULL);

  g_test_add (path, Fixture, GINT_TO_POINTER (mode), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("idle/from-idle", DFU_MODE_DFU, test_idle_from_idle);
  add ("idle/from-download", DFU_MODE_DFU, test_idle_from_download);
  add ("idle/from-latched-error", DFU_MODE_DFU, test_idle_from_latched_error);
  add ("idle/from-upload", DFU_MODE_DFU, test_idle_from_upload);
  add ("idle/from-error", DFU_MODE_DFU, test_idle_from_error);
  add ("idle/from-manifest-sync", DFU_MODE_DFU, test_idle_from_manifest_sync);
  add ("idle/not-in-run-time", DFU_MODE_RUNTIME, test_not_idle_in_run_time);
  add ("idle/cancelled", DFU_MODE_DFU, test_idle_cancelled);
  add ("download/queued-together", DFU_MODE_DFU, test_queued_together);
  add ("download/refused-block", DFU_MODE_DFU, test_refused_block);
  add ("detach", DFU_MODE_RUNTIME, test_detach);

  g_test_add_func ("/dfu/session/short-block", test_short_block);

  return g_test_run ();
}
