/* test-dfu-stream.c: block after block with the queue kept full, against the ROM's state machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-pipe.h"
#include "dfu-error.h"
#include "dfu-stream.h"
#include "test-archive.h"
#include "test-board.h"
#include "test-image.h"

#define TIMEOUT 1000
#define BLOCK 64
#define PART_SIZE 20000
#define SECOND_PART_NAME "second.bin"

typedef struct {
  Board *board;
  BoardPipe *pipe;
  DfuSession *session;
  DfuStream *stream;
  GByteArray *archive;
} Fixture;

static GByteArray *
make_archive (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (PART_SIZE, 1);

  test_archive_add (archive, "first.bin", 0x10000, data);
  test_archive_add (archive, SECOND_PART_NAME, 0x20000, data);

  return g_bytes_unref_to_array (test_archive_finish_payload (archive));
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  const DfuInterface interface = test_board_get_interface (DFU_MODE_DFU);
  g_autoptr (GError) error = NULL;

  self->board = test_board_new (DFU_MODE_DFU);
  self->pipe = board_pipe_new (self->board);
  self->session = dfu_session_new (USB_PIPE (self->pipe), TIMEOUT);
  dfu_session_claim (self->session, &interface, &error);
  g_assert_no_error (error);
  self->stream = dfu_stream_new (self->session, 0);
  self->archive = make_archive ();
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_byte_array_unref (self->archive);
  dfu_stream_free (self->stream);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->pipe);
  board_free (self->board);
}

static gsize
get_n_blocks (Fixture *self)
{
  return (self->archive->len + BLOCK - 1) / BLOCK;
}

/* All blocks, or as many as the stream takes. */
static void
send_all (Fixture *self)
{
  for (gsize i = 0; i < get_n_blocks (self); i++) {
    while (dfu_stream_is_full (self->stream))
      dfu_stream_reap (self->stream);

    if (dfu_stream_has_failed (self->stream))
      break;

    dfu_stream_send (self->stream, self->archive->data + i * BLOCK,
                     MIN (BLOCK, self->archive->len - i * BLOCK), TIMEOUT,
                     i + 1 == get_n_blocks (self));
  }

  while (dfu_stream_reap (self->stream))
    continue;
}

static void
assert_end (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gsize first, last;

  g_assert_true (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (dfu_stream_get_n_taken (self->stream), ==, get_n_blocks (self));
}

/* After whatever happened, a download that must go well. */
static void
assert_usable (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DfuStatus status;

  g_byte_array_unref (self->archive);
  self->archive = make_archive ();
  dfu_stream_free (self->stream);
  self->stream = dfu_stream_new (self->session, 0);

  g_assert_true (dfu_session_make_idle (self->session, NULL, &error));
  send_all (self);
  assert_end (self);

  g_assert_true (dfu_session_download (self->session, 0, NULL, 0, TIMEOUT, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status.code, ==, DFU_STATUS_OK);
  g_assert_cmpint (status.state, ==, DFU_STATE_DFU_IDLE);
}

static void
test_good (Fixture *self, gconstpointer user_data)
{
  send_all (self);
  assert_end (self);
  g_assert_cmpuint (board_pipe_get_most_in_flight (self->pipe), >, 8);
  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_DNLOAD), ==, get_n_blocks (self));
  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_GETSTATUS), <,
                    get_n_blocks (self) / 8);
  assert_usable (self);
}

/* The ROM finds that the second part has no header, and acknowledges all that follows. */
static void
test_latched_error (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const guint8 *name;
  gsize header, first, last;

  /* The name stands in the table, and 110 bytes behind the start of its header. */
  name = memmem (self->archive->data + 1000, self->archive->len - 1000, SECOND_PART_NAME,
                 strlen (SECOND_PART_NAME));
  g_assert_nonnull (name);
  header = name - self->archive->data - 110;
  g_assert_cmpmem (self->archive->data + header, 6, "070701", 6);
  self->archive->data[header] = 'x';

  send_all (self);
  g_assert_false (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "errTARGET"));

  /* The ROM looks at it with the fourth block, when it has 256 bytes. */
  g_assert_cmpuint (first, <=, header / BLOCK);
  g_assert_cmpuint (last, >=, header / BLOCK);
  g_assert_cmpuint (dfu_stream_get_n_taken (self->stream), <, get_n_blocks (self));
  assert_usable (self);
}

typedef struct {
  const char *name;
  UsbError fault;
  gboolean (*is_right) (const GError *error);
  gboolean board_answers;
} FaultCase;

static const FaultCase fault_cases[] = {
  { "refused", USB_ERROR_STALL, usb_error_is_stall, TRUE },
  { "no-answer", USB_ERROR_TIMED_OUT, usb_error_is_timed_out, FALSE },
  { "unplugged", USB_ERROR_GONE, usb_error_is_gone, FALSE },
};

/* In the middle, with the queue full: exactly this block is to blame, all before were taken. */
static void
test_fault (Fixture *self, gconstpointer user_data)
{
  const FaultCase *c = user_data;
  g_autoptr (GError) error = NULL;
  gsize first, last;

  board_pipe_fail (self->pipe, DFU_REQUEST_DNLOAD, 300, c->fault);
  send_all (self);

  g_assert_false (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_true (c->is_right (error));
  g_assert_cmpuint (first, ==, 300);
  g_assert_cmpuint (last, ==, 300);
  g_assert_cmpuint (dfu_stream_get_n_taken (self->stream), ==, 300);
  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_DNLOAD), <=, 300 + 16);

  if (c->board_answers)
    assert_usable (self);
}

/* A block that is refused is explained by the status, even if nobody asked yet. */
static void
test_refusal_explained (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint8 answer[BLOCK];
  gsize first, last;

  g_assert_cmpint (dfu_session_upload (self->session, 0, answer, sizeof answer, NULL), ==, BLOCK);
  send_all (self);

  g_assert_false (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "errUNKNOWN"));
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (last, ==, 0);
  g_assert_cmpuint (dfu_stream_get_n_taken (self->stream), ==, 0);
  assert_usable (self);
}

/* Sending to a board that has left fails at once, and leaves nothing in flight. */
static void
test_gone_before (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gsize first, last;
  DfuStatus status;

  board_pipe_fail (self->pipe, DFU_REQUEST_GETSTATUS, 0, USB_ERROR_GONE);
  g_assert_false (dfu_session_get_status (self->session, &status, NULL));

  send_all (self);
  g_assert_false (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_true (usb_error_is_gone (error));
  g_assert_cmpuint (first, ==, 0);
}

/* Sends the first blocks, which ends with a question, and waits for all of them. */
static void
send_first (Fixture *self, gsize n_blocks, guint timeout)
{
  for (gsize i = 0; i < n_blocks; i++) {
    while (dfu_stream_is_full (self->stream))
      dfu_stream_reap (self->stream);
    dfu_stream_send (self->stream, self->archive->data + i * BLOCK, BLOCK, timeout,
                     i + 1 == n_blocks);
  }

  while (dfu_stream_reap (self->stream))
    continue;
}

/* Nothing that the device has answered for is suspected. */
static void
test_range (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gsize first, last;

  send_first (self, 40, TIMEOUT);
  board_set_error (self->board, DFU_STATUS_ERR_TARGET);
  dfu_stream_send (self->stream, self->archive->data + 40 * BLOCK, BLOCK, TIMEOUT, TRUE);
  while (dfu_stream_reap (self->stream))
    continue;

  g_assert_false (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  g_assert_cmpuint (first, ==, 40);
  g_assert_cmpuint (last, ==, 40);
}

/* Status OK is not enough: a board that has forgotten the transfer is in another state. */
static void
test_wrong_state (Fixture *self, gconstpointer user_data)
{
  const BoardSetup abort = { 0x21, DFU_REQUEST_ABORT, 0, 2, 0 };
  g_autoptr (GError) error = NULL;
  gsize first, last;
  BoardReply reply = { 0 };

  dfu_stream_send (self->stream, self->archive->data, BLOCK, TIMEOUT, TRUE);
  g_assert_true (dfu_stream_reap (self->stream));
  g_assert_cmpuint (dfu_stream_get_n_taken (self->stream), ==, 1);
  board_control (self->board, &abort, NULL, &reply);
  g_assert_cmpint (reply.result, ==, 0);
  while (dfu_stream_reap (self->stream))
    continue;

  g_assert_false (dfu_stream_end (self->stream, &first, &last, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
}

/* The number after 65535 is 0, DFU 1.1 section 6.1.1. */
static void
test_numbers (Fixture *self, gconstpointer user_data)
{
  static const gsize starts[] = { 0, 4, 0x8000, 0xfffe };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
    dfu_stream_free (self->stream);
    self->stream = dfu_stream_new (self->session, starts[i]);

    for (guint k = 0; k < 4; k++) {
      dfu_stream_send (self->stream, self->archive->data, BLOCK, TIMEOUT, FALSE);
      g_assert_true (dfu_stream_reap (self->stream));
      g_assert_cmpuint (board_pipe_get_last (self->pipe, DFU_REQUEST_DNLOAD)->setup.value, ==,
                        (starts[i] + k) % 65536);
    }
  }
}

/* What waits behind a block has the block's time, and a question its own besides. */
static void
test_timeouts (Fixture *self, gconstpointer user_data)
{
  send_first (self, 4, 7 * TIMEOUT);

  g_assert_cmpuint (board_pipe_get_last (self->pipe, DFU_REQUEST_DNLOAD)->timeout, ==, 7 * TIMEOUT);
  g_assert_cmpuint (board_pipe_get_last (self->pipe, DFU_REQUEST_GETSTATUS)->timeout, ==,
                    7 * TIMEOUT + TIMEOUT);
}

static void
test_interval (void)
{
  static const struct {
    gsize n_blocks;
    gint64 elapsed; /* us */
    guint expected;
  } cases[] = {
    { 16, 0, 256 },                            /* faster than the clock */
    { 16, 16 * 250, 256 },                     /* as often as it must be */
    { 16, 16 * 1000, 100 },                    /* 100 ms */
    { 100, 100 * 1250, 80 },                   /* slower */
    { 80, 3600 * G_TIME_SPAN_MILLISECOND, 2 }, /* erased meanwhile: asked again soon */
    { 1, 10 * G_TIME_SPAN_SECOND, 1 },
    { G_MAXUINT32, 1, 256 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (dfu_stream_choose_interval (cases[i].n_blocks, cases[i].elapsed), ==,
                      cases[i].expected);
}

static void
add (const char *name, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/dfu/stream/", name, NULL);

  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("good", NULL, test_good);
  add ("latched-error", NULL, test_latched_error);
  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    add (fault_cases[i].name, &fault_cases[i], test_fault);
  add ("refusal-explained", NULL, test_refusal_explained);
  add ("gone-before", NULL, test_gone_before);
  add ("range", NULL, test_range);
  add ("wrong-state", NULL, test_wrong_state);
  add ("numbers", NULL, test_numbers);
  add ("timeouts", NULL, test_timeouts);
  g_test_add_func ("/dfu/stream/interval", test_interval);

  return g_test_run ();
}
