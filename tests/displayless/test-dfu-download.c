/* test-dfu-download.c: transfer and manifestation, against the ROM's state machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>

#include "board-pipe.h"
#include "dfu-download.h"
#include "dfu-error.h"
#include "dfu-visit.h"
#include "test-board.h"
#include "test-image.h"

#define TIMEOUT 1000
#define BLOCK 64

/* More are never in flight. */
#define MANY_BLOCKS 16

typedef struct {
  Board *board;
  BoardPipe *pipe;
  GBytes *archive;
  FirmwareImage *image;
  DfuLog *log;
  DfuDownload download;

  GCancellable *cancellable;
  gsize bytes_done;
  gsize cancel_at;  /* bytes, 0 for never */
  gsize corrupt_at; /* bytes, 0 for never */
  gsize error_at;   /* bytes, 0 for never */
} Fixture;

static void
progress_cb (gsize bytes_done, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (bytes_done == 0 || bytes_done > self->bytes_done);
  self->bytes_done = bytes_done;

  if (bytes_done > 0)
    g_assert_cmpuint (board_pipe_get_last (self->pipe, DFU_REQUEST_DNLOAD)->setup.value, ==,
                      (bytes_done - 1) / self->download.transfer_size);

  if (self->cancel_at != 0 && bytes_done >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);

  if (self->corrupt_at != 0 && bytes_done >= self->corrupt_at) {
    nor_flash_corrupt_next_program (board_get_flash (self->board));
    self->corrupt_at = 0;
  }

  if (self->error_at != 0 && bytes_done >= self->error_at) {
    board_set_error (self->board, DFU_STATUS_ERR_TARGET);
    self->error_at = 0;
  }
}

static void
start (Fixture *self, gboolean streams, gsize app_size)
{
  const DfuInterface interface = test_board_get_interface (DFU_MODE_DFU);
  g_autoptr (GError) error = NULL;

  *self = (Fixture){ .board = test_board_new (DFU_MODE_DFU),
                     .archive = test_image_new (app_size),
                     .cancellable = g_cancellable_new (),
                     .log = dfu_log_new () };
  self->pipe = board_pipe_new (self->board);
  self->image = firmware_image_new_from_bytes (self->archive, &error);
  g_assert_no_error (error);

  self->download = (DfuDownload){
    .session = dfu_session_new (USB_PIPE (self->pipe), TIMEOUT),
    .image = self->image,
    .payload = firmware_image_get_payload (self->image),
    .transfer_size = BLOCK,
    .block_timeout = TIMEOUT,
    .manifest_timeout = TIMEOUT,
    .streams = streams,
    .manifestation_tolerant = TRUE,
    .log = self->log,
    .progress = progress_cb,
    .user_data = self,
  };
  dfu_session_claim (self->download.session, &interface, &error);
  g_assert_no_error (error);
}

static void
stop (Fixture *self)
{
  g_assert_finalize_object (self->download.session);
  g_assert_finalize_object (self->pipe);
  g_assert_finalize_object (self->image);
  g_assert_finalize_object (self->log);
  g_assert_finalize_object (self->cancellable);
  g_bytes_unref (self->archive);
  board_free (self->board);
}

static gsize
get_n_blocks (Fixture *self)
{
  return (g_bytes_get_size (firmware_image_get_payload (self->image)) + BLOCK - 1) / BLOCK;
}

static gboolean
run (Fixture *self, GError **error)
{
  DfuDownloadEnd end;

  return dfu_download_transfer (&self->download, self->cancellable, error) &&
         dfu_download_manifest (&self->download, &end, error);
}

static void
assert_written (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (self, &error));
  g_assert_no_error (error);
  test_board_assert_flash (self->board, self->archive);
  g_assert_cmpuint (self->bytes_done, ==,
                    g_bytes_get_size (firmware_image_get_payload (self->image)));
}

/* One question for each block and the empty one: no poll time is slept, nothing asked twice. In a
 * stream one for each of the first four and one for at least each 256 that follow, one after the
 * last and one after the empty one. */
static void
assert_n_questions (Fixture *self)
{
  const guint n_blocks = get_n_blocks (self);
  const guint n_questions = board_pipe_count (self->pipe, DFU_REQUEST_GETSTATUS);

  g_assert_cmpuint (board_pipe_count (self->pipe, DFU_REQUEST_DNLOAD), ==, n_blocks + 1);
  g_assert_cmpuint (board_pipe_get_last (self->pipe, DFU_REQUEST_DNLOAD)->setup.value, ==,
                    n_blocks);

  if (!self->download.streams) {
    g_assert_cmpuint (n_questions, ==, n_blocks + 1);
    return;
  }

  g_assert_cmpuint (n_questions, >=, (n_blocks - 4) / 256 + 5);
  if (n_blocks > 1000)
    g_assert_cmpuint (n_questions, <, n_blocks / 4);
}

static void
test_size (gboolean streams, gconstpointer user_data)
{
  Fixture fixture;

  start (&fixture, streams, GPOINTER_TO_SIZE (user_data));
  assert_written (&fixture);
  assert_n_questions (&fixture);
  stop (&fixture);
}

typedef struct {
  const char *name;
  DfuRequest request;
  UsbError fault;
  gboolean (*is_right) (const GError *error);
} FaultCase;

static const FaultCase fault_cases[] = {
  { "block-stalls", DFU_REQUEST_DNLOAD, USB_ERROR_STALL, usb_error_is_stall },
  { "block-times-out", DFU_REQUEST_DNLOAD, USB_ERROR_TIMED_OUT, usb_error_is_timed_out },
  { "board-leaves-at-block", DFU_REQUEST_DNLOAD, USB_ERROR_GONE, usb_error_is_gone },
  { "status-stalls", DFU_REQUEST_GETSTATUS, USB_ERROR_STALL, usb_error_is_stall },
  { "status-times-out", DFU_REQUEST_GETSTATUS, USB_ERROR_TIMED_OUT, usb_error_is_timed_out },
  { "board-leaves-at-status", DFU_REQUEST_GETSTATUS, USB_ERROR_GONE, usb_error_is_gone },
};

static void
check_fault (const FaultCase *c, gboolean streams, gsize number, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, streams, 5000);
  board_pipe_fail (fixture.pipe, c->request, number, c->fault);

  g_assert_false (run (&fixture, &error));
  g_assert_true (c->is_right (error));
  g_assert_true (g_str_has_prefix (error->message, prefix));
  stop (&fixture);
}

static void
test_fault (gboolean streams, gconstpointer user_data)
{
  const FaultCase *c = user_data;
  g_autofree char *last = NULL;
  Fixture fixture;
  gsize n_blocks;

  start (&fixture, streams, 5000);
  n_blocks = get_n_blocks (&fixture);
  stop (&fixture);

  last = g_strdup_printf ("Block %" G_GSIZE_FORMAT " of ", n_blocks - 1);

  check_fault (c, streams, 0, "Block 0 of ");

  /* In a stream there are few questions: after the first four blocks, then sixteen later. */
  if (streams && c->request == DFU_REQUEST_GETSTATUS) {
    check_fault (c, streams, 4, "Block 19 of ");
    return;
  }

  check_fault (c, streams, 80, "Block 80 of ");
  check_fault (c, streams, n_blocks - 1, last);
  check_fault (c, streams, n_blocks, "After the last block: ");
}

/* The board takes the block and only then says that it was wrong; in a stream, some blocks later.
 */
static void
test_error_status (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  guint first, last;

  start (&fixture, streams, 20000);
  fixture.error_at = 100 * BLOCK;

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  if (streams) {
    g_assert_cmpint (sscanf (error->message, "Blocks %u to %u of ", &first, &last), ==, 2);
    g_assert_cmpuint (first, <=, 100);
    g_assert_cmpuint (last, >=, 100);
  } else {
    g_assert_true (g_str_has_prefix (error->message, "Block 100 of "));
  }
  g_assert_nonnull (strstr (error->message, "errTARGET"));
  g_assert_true (dfu_session_make_idle (fixture.download.session, NULL, NULL));
  stop (&fixture);
}

/* An error of the last blocks is known before the empty one would make the board manifest. */
static void
test_error_at_end (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  gsize n_blocks;

  start (&fixture, streams, 20000);
  n_blocks = get_n_blocks (&fixture);
  fixture.error_at = (n_blocks - 1) * BLOCK;

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  g_assert_true (g_str_has_prefix (error->message, "Block"));
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_DNLOAD), ==, n_blocks);
  stop (&fixture);
}

/* dfu-util calls this a success; it is the one thing that must never be. */
static void
test_corrupt_flash (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, streams, 20000);
  fixture.corrupt_at = 15000;

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "errFIRMWARE"));

  /* A second try starts clean. */
  g_assert_true (dfu_session_make_idle (fixture.download.session, NULL, NULL));
  fixture.bytes_done = 0;
  assert_written (&fixture);
  stop (&fixture);
}

static void
test_cancel (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, streams, 20000);
  fixture.cancel_at = 10 * BLOCK;

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* What was in flight is waited for, and counts. */
  g_assert_cmpuint (fixture.bytes_done, >=, 10 * BLOCK);
  g_assert_cmpuint (fixture.bytes_done, <=, (10 + (streams ? MANY_BLOCKS : 0)) * BLOCK);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_DNLOAD), ==,
                    fixture.bytes_done / BLOCK);

  g_assert_true (dfu_session_make_idle (fixture.download.session, NULL, NULL));
  g_cancellable_reset (fixture.cancellable);
  fixture.cancel_at = 0;
  fixture.bytes_done = 0;
  assert_written (&fixture);
  stop (&fixture);
}

/* Nothing that is asked for before the end counts any more once the last block is in. */
static void
test_cancel_after_last_block (gboolean streams, gconstpointer user_data)
{
  Fixture fixture;

  start (&fixture, streams, 5000);
  fixture.cancel_at = g_bytes_get_size (firmware_image_get_payload (fixture.image));
  assert_written (&fixture);
  stop (&fixture);
}

static void
check_hole_at_start (gboolean streams, guint16 transfer_size, guint block)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, streams, 20000);
  fixture.download.transfer_size = transfer_size;
  board_pipe_fail (fixture.pipe, DFU_REQUEST_DNLOAD, block, USB_ERROR_IO);

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_IO);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_DNLOAD), ==, block + 1);
  g_assert_cmpuint (nor_flash_get_stats (board_get_flash (fixture.board))->n_sector_erases, ==, 0);
  g_assert_true (dfu_session_make_idle (fixture.download.session, NULL, NULL));
  stop (&fixture);
}

/* With a hole in its first 256 bytes the ROM would take the rest for raw data. */
static void
test_hole_at_start (gboolean streams, gconstpointer user_data)
{
  for (guint block = 0; block < 4; block++)
    check_hole_at_start (streams, BLOCK, block);

  /* The sixth block of these has the last of them. */
  for (guint block = 0; block < 6; block++)
    check_hole_at_start (streams, 48, block);
}

static void
test_address_in_error (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  guint64 address;
  gsize block = 0;
  g_autofree char *expected = NULL;

  start (&fixture, streams, 20000);
  while (firmware_image_locate (fixture.image, block * BLOCK, &address) == NULL ||
         address < TEST_IMAGE_APP_ADDRESS)
    block++;
  expected = g_strdup_printf ("flash address 0x%08x", (guint) address);

  board_pipe_fail (fixture.pipe, DFU_REQUEST_DNLOAD, block, USB_ERROR_IO);
  g_assert_false (run (&fixture, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_IO);
  g_assert_nonnull (strstr (error->message, expected));
  stop (&fixture);
}

/* In tenths of what flash chips typically need. */
static void
set_slowness (Fixture *self, guint tenths)
{
  const NorFlashTiming timing = { 4500 * (guint64) tenths, 15000 * (guint64) tenths, 0 };

  nor_flash_set_timing (board_get_flash (self->board), &timing);
  board_pipe_keep_time (self->pipe);
}

static void
send_image (Fixture *self, FirmwareImage *image)
{
  self->download.image = image;
  self->download.payload = firmware_image_get_payload (image);
}

static void
start_joined (Fixture *self, gboolean streams, guint tenths)
{
  start (self, streams, TEST_IMAGE_APP_SIZE_MAX);
  send_image (self, firmware_image_get_joined (self->image));
  self->download.quirks = DFU_QUIRK_ESP_ARCHIVE;
  self->download.block_timeout = dfu_timeouts_default.download;
  set_slowness (self, tenths);
}

/* The worst that flash chips allow themselves, 106 s for one block: what waits in the queue behind
 * it has as much time. */
static void
test_long_erase (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start_joined (&fixture, streams, 100);
  g_assert_true (run (&fixture, &error));
  g_assert_no_error (error);
  test_board_assert_flash (fixture.board, fixture.archive);
  g_assert_cmpuint (board_pipe_get_time (fixture.pipe), >, 100 * 1000);
  stop (&fixture);
}

/* There is an end to patience all the same; nothing is sent to a board that may be stuck. */
static void
test_endless_erase (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  guint n_blocks;

  start_joined (&fixture, streams, 200);
  g_assert_false (run (&fixture, &error));
  g_assert_true (usb_error_is_timed_out (error));
  g_assert_nonnull (strstr (error->message, "flash address 0x00010"));

  n_blocks = board_pipe_count (fixture.pipe, DFU_REQUEST_DNLOAD);
  g_assert_cmpuint (n_blocks, <, get_n_blocks (&fixture) / 10);
  stop (&fixture);
}

/* Cut for dfu-util or not, a board with usual flash erases for a part within its usual time. */
static void
test_erase_as_is (gboolean streams, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start_joined (&fixture, streams, 100);
  send_image (&fixture, fixture.image);
  g_assert_true (run (&fixture, &error));
  g_assert_no_error (error);
  test_board_assert_flash (fixture.board, fixture.archive);
  stop (&fixture);
}

typedef struct {
  gboolean streams;
  void (*test) (gboolean streams, gconstpointer user_data);
  gconstpointer user_data;
} Case;

static void
run_case (gconstpointer user_data)
{
  const Case *c = user_data;

  c->test (c->streams, c->user_data);
}

/* Every test in both ways of sending. */
static void
add (const char *path, void (*test) (gboolean, gconstpointer), gconstpointer user_data)
{
  for (int streams = FALSE; streams <= TRUE; streams++) {
    const Case c = { streams, test, user_data };
    g_autofree char *full_path =
      g_strdup_printf ("/dfu/download/%s/%s", streams ? "stream" : "one-by-one", path);

    g_test_add_data_func_full (full_path, g_memdup2 (&c, sizeof c), run_case, g_free);
  }
}

int
main (int argc, char **argv)
{
  static const gsize sizes[] = { 304,
                                 319,
                                 320,
                                 321,
                                 4095,
                                 4096,
                                 4097,
                                 65535,
                                 65536,
                                 65537,
                                 512 * 1024 - 1,
                                 512 * 1024,
                                 512 * 1024 + 1,
                                 TEST_IMAGE_APP_SIZE_MAX };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strdup_printf ("size/%" G_GSIZE_FORMAT, sizes[i]);

    add (path, test_size, GSIZE_TO_POINTER (sizes[i]));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++) {
    g_autofree char *path = g_strconcat ("fault/", fault_cases[i].name, NULL);

    add (path, test_fault, &fault_cases[i]);
  }
  add ("corrupt-flash", test_corrupt_flash, NULL);
  add ("cancel", test_cancel, NULL);
  add ("cancel-after-last-block", test_cancel_after_last_block, NULL);
  add ("hole-at-start", test_hole_at_start, NULL);
  add ("address-in-error", test_address_in_error, NULL);
  add ("long-erase", test_long_erase, NULL);
  add ("endless-erase", test_endless_erase, NULL);
  add ("erase-as-is", test_erase_as_is, NULL);
  add ("error-at-end", test_error_at_end, NULL);
  add ("error-status", test_error_status, NULL);

  return g_test_run ();
}
