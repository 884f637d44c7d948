/* test-dfu-download.c: transfer and manifestation, against the ROM's state machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-pipe.h"
#include "dfu-download.h"
#include "dfu-error.h"
#include "test-board.h"
#include "test-image.h"

#define TIMEOUT 1000
#define BLOCK 64

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
start (Fixture *self, gsize app_size)
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
    .session = dfu_session_open (USB_PIPE (self->pipe), &interface, TIMEOUT, &error),
    .image = self->image,
    .transfer_size = BLOCK,
    .block_timeout = TIMEOUT,
    .manifest_timeout = TIMEOUT,
    .manifestation_tolerant = TRUE,
    .log = self->log,
    .progress = progress_cb,
    .user_data = self,
  };
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
  gboolean restarted;

  return dfu_download_transfer (&self->download, self->cancellable, error) &&
         dfu_download_manifest (&self->download, &restarted, error);
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

static void
test_size (gconstpointer user_data)
{
  Fixture fixture;

  start (&fixture, GPOINTER_TO_SIZE (user_data));
  assert_written (&fixture);

  /* One question for each block and the empty one: no poll time is slept, nothing asked twice. */
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_DNLOAD), ==,
                    get_n_blocks (&fixture) + 1);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_GETSTATUS), ==,
                    get_n_blocks (&fixture) + 1);
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
check_fault (const FaultCase *c, gsize number, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, 5000);
  board_pipe_fail (fixture.pipe, c->request, number, c->fault);

  g_assert_false (run (&fixture, &error));
  g_assert_true (c->is_right (error));
  g_assert_true (g_str_has_prefix (error->message, prefix));
  stop (&fixture);
}

static void
test_fault (gconstpointer user_data)
{
  const FaultCase *c = user_data;
  g_autofree char *last = NULL;
  Fixture fixture;
  gsize n_blocks;

  start (&fixture, 5000);
  n_blocks = get_n_blocks (&fixture);
  stop (&fixture);

  last = g_strdup_printf ("Block %" G_GSIZE_FORMAT " of ", n_blocks - 1);

  check_fault (c, 0, "Block 0 of ");
  check_fault (c, 80, "Block 80 of ");
  check_fault (c, n_blocks - 1, last);
  check_fault (c, n_blocks, "After the last block: ");
}

/* The board takes the block and only then says that it was wrong. */
static void
test_error_status (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, 20000);
  fixture.error_at = 100 * BLOCK;

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  g_assert_true (g_str_has_prefix (error->message, "Block 100 of "));
  g_assert_nonnull (strstr (error->message, "errTARGET"));
  g_assert_true (dfu_session_make_idle (fixture.download.session, NULL, NULL));
  stop (&fixture);
}

/* dfu-util calls this a success; it is the one thing that must never be. */
static void
test_corrupt_flash (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, 20000);
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
test_cancel (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start (&fixture, 20000);
  fixture.cancel_at = 10 * BLOCK;

  g_assert_false (run (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture.bytes_done, ==, 10 * BLOCK);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_DNLOAD), ==, 10);

  g_assert_true (dfu_session_make_idle (fixture.download.session, NULL, NULL));
  stop (&fixture);
}

/* Nothing that is asked for before the end counts any more once the last block is in. */
static void
test_cancel_after_last_block (void)
{
  Fixture fixture;

  start (&fixture, 5000);
  fixture.cancel_at = g_bytes_get_size (firmware_image_get_payload (fixture.image));
  assert_written (&fixture);
  stop (&fixture);
}

static void
test_address_in_error (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  guint64 address;
  gsize block = 0;
  g_autofree char *expected = NULL;

  start (&fixture, 20000);
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
    g_autofree char *path = g_strdup_printf ("/dfu/download/size/%" G_GSIZE_FORMAT, sizes[i]);

    g_test_add_data_func (path, GSIZE_TO_POINTER (sizes[i]), test_size);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++) {
    g_autofree char *path = g_strconcat ("/dfu/download/fault/", fault_cases[i].name, NULL);

    g_test_add_data_func (path, &fault_cases[i], test_fault);
  }
  g_test_add_func ("/dfu/download/corrupt-flash", test_corrupt_flash);
  g_test_add_func ("/dfu/download/cancel", test_cancel);
  g_test_add_func ("/dfu/download/cancel-after-last-block", test_cancel_after_last_block);
  g_test_add_func ("/dfu/download/address-in-error", test_address_in_error);
  g_test_add_func ("/dfu/download/error-status", test_error_status);

  return g_test_run ();
}
