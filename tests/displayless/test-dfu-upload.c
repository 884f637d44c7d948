/* test-dfu-upload.c: reading a device, against two state machines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-generic-dfu.h"
#include "board-pipe.h"
#include "dfu-error.h"
#include "dfu-esp-attach.h"
#include "dfu-upload.h"
#include "test-board.h"
#include "test-image.h"

#define TIMEOUT 1000
#define ROM_SIZE (4 * 1024 * 1024)
#define ROM_BLOCK 64

typedef struct {
  Board *board;
  BoardPipe *pipe;
  DfuLog *log;
  DfuUpload upload;
  GByteArray *bytes;
  GCancellable *cancellable;
  guint64 cancel_at; /* bytes, 0 for never */
  guint64 refuse_at; /* bytes, 0 for never */
} Fixture;

static gboolean
take (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  Fixture *self = user_data;

  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (offset, ==, self->bytes->len);

  if (self->refuse_at != 0 && offset + length > self->refuse_at) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_DIFFERS, "Not what was expected");
    return FALSE;
  }

  g_byte_array_append (self->bytes, data, length);
  if (self->cancel_at != 0 && self->bytes->len >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);

  return TRUE;
}

static void
start (Fixture *self, Board *board, const DfuInterface *interface, guint64 size)
{
  g_autoptr (GError) error = NULL;

  *self = (Fixture){ .board = board,
                     .pipe = board_pipe_new (board),
                     .log = dfu_log_new (),
                     .bytes = g_byte_array_new (),
                     .cancellable = g_cancellable_new () };

  self->upload = (DfuUpload){
    .session = dfu_session_new (USB_PIPE (self->pipe), TIMEOUT),
    .transfer_size = interface->descriptor.transfer_size,
    .size = size,
    .block_timeout = TIMEOUT,
    .log = self->log,
    .sink = take,
    .user_data = self,
  };
  dfu_session_claim (self->upload.session, interface, &error);
  g_assert_no_error (error);
}

static void
start_rom (Fixture *self, guint64 size)
{
  const DfuInterface interface = test_board_get_interface (DFU_MODE_DFU);

  start (self, test_board_new (DFU_MODE_DFU), &interface, size);
  self->upload.streams = TRUE;
}

static void
start_generic (Fixture *self, guint64 size)
{
  const BoardGenericDfuOptions options = { .starts_in_dfu_mode = TRUE };
  const DfuInterface interface = {
    .number = 0,
    .n_alternates = 1,
    .mode = DFU_MODE_DFU,
    .descriptor = { .can_upload = TRUE, .transfer_size = BOARD_GENERIC_DFU_TRANSFER_SIZE },
  };
  Board *board = board_generic_dfu_new (&options);

  board_power_on (board);
  board_bus_reset (board);
  start (self, board, &interface, size);
}

static void
stop (Fixture *self)
{
  g_assert_finalize_object (self->upload.session);
  g_assert_finalize_object (self->pipe);
  g_assert_finalize_object (self->log);
  g_assert_finalize_object (self->cancellable);
  g_byte_array_unref (self->bytes);
  board_free (self->board);
}

static void
fill_flash (Fixture *self)
{
  NorFlash *flash = board_get_flash (self->board);
  g_autoptr (GBytes) pattern = test_image_new_pattern (nor_flash_get_size (flash), 7);

  nor_flash_program (flash, 0, g_bytes_get_data (pattern, NULL), nor_flash_get_size (flash));
}

static void
assert_read (Fixture *self, gsize size, gboolean is_all)
{
  const guint8 *flash = nor_flash_get_contents (board_get_flash (self->board));
  g_autoptr (GError) error = NULL;
  DfuUploadEnd end;

  g_assert_true (dfu_upload_run (&self->upload, &end, self->cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (end.size, ==, size);
  g_assert_cmpint (end.is_all, ==, is_all);
  g_assert_cmpmem (self->bytes->data, self->bytes->len, flash, size);
}

static void
assert_can_be_made_idle (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DfuStatus status;

  g_assert_true (dfu_session_make_idle (self->upload.session, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (dfu_session_get_status (self->upload.session, &status, &error));
  g_assert_cmpint (status.state, ==, DFU_STATE_DFU_IDLE);
}

/* The memory is a multiple of the transfer size, so an empty block ends it. */
static void
test_all (void)
{
  Fixture fixture;

  start_generic (&fixture, 64 * 1024 * 1024);
  fill_flash (&fixture);
  assert_read (&fixture, BOARD_GENERIC_DFU_MEMORY_SIZE, TRUE);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_UPLOAD), ==, 129);
  g_assert_cmpuint (board_pipe_get_most_in_flight (fixture.pipe), ==, 1);
  stop (&fixture);
}

/* No more is asked for than needed, and each block in full: a device may take less for the end. */
static void
test_some (gconstpointer user_data)
{
  const gsize size = GPOINTER_TO_SIZE (user_data);
  Fixture fixture;

  start_generic (&fixture, size);
  fill_flash (&fixture);
  assert_read (&fixture, size, FALSE);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_UPLOAD), ==, (size + 4095) / 4096);
  g_assert_cmpuint (board_pipe_get_last (fixture.pipe, DFU_REQUEST_UPLOAD)->setup.length, ==, 4096);
  assert_can_be_made_idle (&fixture);
  stop (&fixture);
}

/* All that the ROM has, with its block numbers up to the last, and the queue full. */
static void
test_rom (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  start_rom (&fixture, ROM_SIZE);
  fill_flash (&fixture);
  g_assert_true (dfu_esp_attach_flash (fixture.upload.session, TIMEOUT, fixture.log, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (nor_flash_get_sector_erases (board_get_flash (fixture.board), 0), ==, 0);

  assert_read (&fixture, ROM_SIZE, FALSE);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_UPLOAD), ==, ROM_SIZE / ROM_BLOCK);
  g_assert_cmpuint (board_pipe_get_most_in_flight (fixture.pipe), ==, 16);
  assert_can_be_made_idle (&fixture);
  stop (&fixture);
}

/* Without having been told of its flash the ROM reads nothing beyond 2 MiB, and reports no error:
 * the reason for dfu_esp_attach_flash(). */
static void
test_rom_unattached (void)
{
  const guint8 *flash;
  DfuUploadEnd end;
  Fixture fixture;

  start_rom (&fixture, ROM_SIZE);
  fill_flash (&fixture);
  flash = nor_flash_get_contents (board_get_flash (fixture.board));

  g_assert_true (dfu_upload_run (&fixture.upload, &end, NULL, NULL));
  g_assert_cmpmem (fixture.bytes->data, ROM_SIZE / 2, flash, ROM_SIZE / 2);
  g_assert_cmpint (memcmp (fixture.bytes->data + ROM_SIZE / 2, flash + ROM_SIZE / 2, ROM_SIZE / 2),
                   !=, 0);
  stop (&fixture);
}

static void
assert_fails (Fixture *self, GQuark domain, int code, guint64 size)
{
  g_autofree char *place = g_strdup_printf ("At offset 0x%08" G_GINT64_MODIFIER "x: ", size);
  g_autoptr (GError) error = NULL;
  DfuUploadEnd end;

  g_assert_false (dfu_upload_run (&self->upload, &end, self->cancellable, &error));
  g_assert_error (error, domain, code);
  g_assert_true (g_str_has_prefix (error->message, place));
  g_assert_cmpuint (end.size, ==, size);
  g_assert_cmpuint (self->bytes->len, ==, size);
}

static void
test_cancel (gconstpointer user_data)
{
  Fixture fixture;

  start_rom (&fixture, ROM_SIZE);
  fixture.upload.streams = GPOINTER_TO_INT (user_data);
  fixture.cancel_at = ROM_BLOCK * 2;
  assert_fails (&fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, ROM_BLOCK * 2);
  assert_can_be_made_idle (&fixture);
  stop (&fixture);
}

/* Who compares needs no more after the first difference. */
static void
test_sink_refuses (void)
{
  Fixture fixture;

  start_rom (&fixture, ROM_SIZE);
  fixture.refuse_at = ROM_BLOCK * 20;
  assert_fails (&fixture, DFU_ERROR, DFU_ERROR_DIFFERS, ROM_BLOCK * 20);
  g_assert_cmpuint (board_pipe_count (fixture.pipe, DFU_REQUEST_UPLOAD), <=, 20 + 16 + 1);
  assert_can_be_made_idle (&fixture);
  stop (&fixture);
}

/* The ROM owes its reason in the status. */
static void
test_refused (void)
{
  const guint8 data[ROM_BLOCK] = { 0 };
  Fixture fixture;
  DfuStatus status;

  start_rom (&fixture, ROM_SIZE);
  g_assert_true (
    dfu_session_download (fixture.upload.session, 0, data, sizeof data, TIMEOUT, &status, NULL));
  assert_fails (&fixture, DFU_ERROR, DFU_ERROR_DEVICE, 0);
  assert_can_be_made_idle (&fixture);
  stop (&fixture);
}

static void
test_fault (gconstpointer user_data)
{
  const UsbError code = GPOINTER_TO_INT (user_data);
  Fixture fixture;

  start_rom (&fixture, ROM_SIZE);
  /* The ROM takes a block amiss that follows a lost one, and then has a reason of its own. */
  fixture.upload.streams = code != USB_ERROR_STALL;
  board_pipe_fail (fixture.pipe, DFU_REQUEST_UPLOAD, 40, code);
  assert_fails (&fixture, USB_ERROR, (int) code, ROM_BLOCK * 40);
  stop (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/upload/all", test_all);
  g_test_add_data_func ("/dfu/upload/one-byte", GSIZE_TO_POINTER (1), test_some);
  g_test_add_data_func ("/dfu/upload/one-block", GSIZE_TO_POINTER (4096), test_some);
  g_test_add_data_func ("/dfu/upload/some-blocks", GSIZE_TO_POINTER (3 * 4096 + 5), test_some);
  g_test_add_func ("/dfu/upload/rom", test_rom);
  g_test_add_func ("/dfu/upload/rom-unattached", test_rom_unattached);
  g_test_add_data_func ("/dfu/upload/cancel", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/dfu/upload/cancel-stream", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_func ("/dfu/upload/sink-refuses", test_sink_refuses);
  g_test_add_func ("/dfu/upload/refused", test_refused);
  g_test_add_data_func ("/dfu/upload/stall", GINT_TO_POINTER (USB_ERROR_STALL), test_fault);
  g_test_add_data_func ("/dfu/upload/gone", GINT_TO_POINTER (USB_ERROR_GONE), test_fault);
  g_test_add_data_func ("/dfu/upload/broken", GINT_TO_POINTER (USB_ERROR_IO), test_fault);
  g_test_add_data_func ("/dfu/upload/time-out", GINT_TO_POINTER (USB_ERROR_TIMED_OUT), test_fault);

  return g_test_run ();
}
