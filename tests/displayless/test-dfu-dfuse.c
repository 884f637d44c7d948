/* test-dfu-dfuse.c: erasing, writing and leaving, against the ROMs' state machines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-dfuse.h"
#include "board-pipe.h"
#include "dfu-dfuse-download.h"
#include "dfu-dfuse-read.h"
#include "dfu-error.h"
#include "firmware-segment-list.h"
#include "test-image.h"

#include <string.h>

#define TIMEOUT 1000
#define FLASH 0x08000000u
#define F4 "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define H7 "@Internal Flash   /0x08000000/16*128Kg"
#define L4 "@Internal Flash   /0x08000000/512*0002Kg"
#define GD32 "@Internal Flash  /0x08000000/128*001Kg"
#define OPTION_BYTES "@Option Bytes  /0x1FFFC000/01*016 e"

typedef struct {
  Board *board;
  BoardPipe *pipe;
  DfuLog *log;
  DfuMemories *memories;
  FirmwareSegmentList *segments;
  DfuDfusePlan *plan;
  DfuDfuseDownload download;

  GCancellable *cancellable;
  guint64 bytes_done;
  guint64 cancel_at; /* bytes, 0 for never */
  guint64 error_at;  /* bytes, 0 for never */
} Fixture;

static void
progress_cb (guint64 bytes_done, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (bytes_done == 0 || bytes_done > self->bytes_done);
  self->bytes_done = bytes_done;

  if (self->cancel_at != 0 && bytes_done >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);

  if (self->error_at != 0 && bytes_done >= self->error_at) {
    board_set_error (self->board, DFU_STATUS_ERR_PROG);
    self->error_at = 0;
  }
}

static DfuSession *
open_session (Fixture *self)
{
  const DfuInterface interface = {
    .n_alternates = 2,
    .mode = DFU_MODE_DFU,
    .descriptor = { .can_download = TRUE, .transfer_size = 2048, .version = DFU_VERSION_DFUSE },
  };
  g_autoptr (GError) error = NULL;
  DfuSession *session = dfu_session_new (USB_PIPE (self->pipe), TIMEOUT);

  dfu_session_claim (session, &interface, &error);
  g_assert_no_error (error);
  return session;
}

static void
start (Fixture *self, const char *kind, const char *layout, BoardDfuseOptions options)
{
  const DfuQuirkFlags quirks = DFU_QUIRK_STUCK_BUSY | DFU_QUIRK_STALLS_BUSY;

  options.part = dfuse_part_find (kind);
  *self = (Fixture){ .board = board_dfuse_new (&options),
                     .cancellable = g_cancellable_new (),
                     .log = dfu_log_new (),
                     .memories = dfu_memories_new (),
                     .segments = firmware_segment_list_new () };
  board_power_on (self->board);
  board_bus_reset (self->board);
  self->pipe = board_pipe_new (self->board);
  g_assert_true (dfu_memories_add (self->memories, 0, layout, NULL));
  g_assert_true (dfu_memories_add (self->memories, 1, OPTION_BYTES, NULL));

  self->download = (DfuDfuseDownload){
    .dfuse = { open_session (self), quirks, TIMEOUT, TIMEOUT, self->log },
    .transfer_size = g_str_equal (kind, "stm32h7") ? 1024 : 2048,
    .progress = progress_cb,
    .user_data = self,
  };
}

static void
stop (Fixture *self)
{
  g_object_unref (self->download.dfuse.session);
  g_object_unref (self->pipe);
  g_object_unref (self->cancellable);
  g_object_unref (self->log);
  g_object_unref (self->segments);
  dfu_memories_free (self->memories);
  g_clear_pointer (&self->plan, dfu_dfuse_plan_free);
  board_free (self->board);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, stop)

static void
add (Fixture *self, guint8 alternate, guint32 address, gsize size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, 1 + address / 1024);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate ("part", alternate, address, data);

  firmware_segment_list_add (self->segments, segment);
}

static void
plan (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->plan = dfu_dfuse_plan_new (G_LIST_MODEL (self->segments), DFU_DFUSE_PLAN_AS_FILED,
                                   self->memories, &error);
  g_assert_no_error (error);
  self->download.plan = self->plan;
}

static void
run (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  plan (self);
  dfu_dfuse_download_erase (&self->download, NULL, &error);
  g_assert_no_error (error);
  dfu_dfuse_download_write (&self->download, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_flash (Fixture *self)
{
  const guint8 *flash = nor_flash_get_contents (board_get_flash (self->board));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->segments)); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (G_LIST_MODEL (self->segments), i);
    gsize size;
    const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

    if (firmware_segment_get_alternate (segment) == 0)
      g_assert_cmpmem (flash + firmware_segment_get_address (segment) - FLASH, size, data, size);
  }
}

/* Each command and each block: three transfers. The address is set once. */
static void
test_transfers (void)
{
  g_auto (Fixture) self = { 0 };
  const guint n_blocks = 60;
  const guint n_sectors = 5;
  const guint n_rounds = n_sectors + 1 + n_blocks;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH, n_blocks * 2048);
  run (&self);

  assert_flash (&self);
  g_assert_cmpuint (board_pipe_count (self.pipe, DFU_REQUEST_DNLOAD), ==, n_rounds);
  g_assert_cmpuint (board_pipe_count (self.pipe, DFU_REQUEST_GETSTATUS), ==, 2 * n_rounds);
  g_assert_cmpuint (self.bytes_done, ==, n_blocks * 2048);
}

/* A sector that two parts share is erased for the first, and not once more for the second. */
static void
test_shared_sector (void)
{
  g_auto (Fixture) self = { 0 };
  const NorFlashStats *stats = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH + 0x100, 3000);
  add (&self, 0, FLASH + 0x3000, 5000);
  add (&self, 0, FLASH + 0x20000, 1);
  run (&self);

  assert_flash (&self);
  stats = nor_flash_get_stats (board_get_flash (self.board));
  g_assert_cmpuint (stats->n_sector_erases, ==, 3);
  g_assert_cmpuint (nor_flash_get_sector_erases (board_get_flash (self.board), 0), ==, 1);
}

static void
test_old_contents (void)
{
  g_auto (Fixture) self = { 0 };
  const guint8 zeros[4096] = { 0 };

  start (&self, "gd32vf103", GD32, (BoardDfuseOptions){ 0 });
  for (guint i = 0; i < 8; i++)
    nor_flash_program (board_get_flash (self.board), i * sizeof zeros, zeros, sizeof zeros);
  add (&self, 0, FLASH + 100, 20000);
  run (&self);
  assert_flash (&self);
}

static void
test_option_bytes (void)
{
  g_auto (Fixture) self = { 0 };

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH, 100);
  add (&self, 1, 0x1fffc000, 16);
  run (&self);

  assert_flash (&self);
  g_assert_cmpuint (self.download.alternate, ==, 1);
}

/* Who asks when he was told to is stalled, and asks again. */
static void
test_stalls_busy (void)
{
  g_auto (Fixture) self = { 0 };

  start (&self, "stm32l4", L4, (BoardDfuseOptions){ .busy_ms = 4, .erase_ms = 20 });
  add (&self, 0, FLASH, 5000);
  run (&self);
  assert_flash (&self);
}

static void
test_stalls_without_a_quirk (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32l4", L4, (BoardDfuseOptions){ .erase_ms = 200 });
  self.download.dfuse.quirks = DFU_QUIRK_NONE;
  g_assert_false (dfu_dfuse_erase_sector (&self.download.dfuse, FLASH, NULL, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_STALL);
}

static void
test_stuck_busy (void)
{
  g_auto (Fixture) self = { 0 };

  start (&self, "stm32h7", H7, (BoardDfuseOptions){ .erase_ms = 2 });
  add (&self, 0, 0x080fff00, 512);
  run (&self);
  assert_flash (&self);
}

/* STM32C5 refuse CLRSTATUS while they are busy, as the specification has it. Who refuses is waited
 * for as long as anybody. */
static void
test_stuck_refuses (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32h7", H7, (BoardDfuseOptions){ .erase_ms = 2 });
  self.download.dfuse.timeout = 700;
  board_pipe_fail (self.pipe, DFU_REQUEST_CLRSTATUS, 0, USB_ERROR_STALL);
  g_assert_false (dfu_dfuse_erase_sector (&self.download.dfuse, 0x08100000, NULL, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_cmpuint (board_pipe_count (self.pipe, DFU_REQUEST_CLRSTATUS), ==, 1);
}

/* No sector of the first bank is taken for stuck, however long it takes. */
static void
test_busy_for_too_long (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32h7", H7, (BoardDfuseOptions){ .erase_ms = 2 });
  self.download.dfuse.quirks = DFU_QUIRK_NONE;
  self.download.dfuse.timeout = 20;
  g_assert_false (dfu_dfuse_erase_sector (&self.download.dfuse, 0x08100000, NULL, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_cmpuint (board_pipe_count (self.pipe, DFU_REQUEST_CLRSTATUS), ==, 0);
}

static void
test_mass_erase (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  const guint8 zeros[16] = { 0 };

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  nor_flash_program (board_get_flash (self.board), 0xff000, zeros, sizeof zeros);
  add (&self, 0, FLASH, 100000);
  add (&self, 1, 0x1fffc000, 16);
  plan (&self);
  g_assert_true (dfu_dfuse_download_mass_erase (&self.download, NULL, &error));
  g_assert_true (dfu_dfuse_download_write (&self.download, NULL, &error));

  assert_flash (&self);
  g_assert_cmpuint (nor_flash_get_stats (board_get_flash (self.board))->n_sector_erases, ==, 1);
  g_assert_cmphex (nor_flash_get_contents (board_get_flash (self.board))[0xff000], ==, 0xff);
}

static void
test_protected (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) erase_error = NULL;
  g_autoptr (GError) address_error = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ .is_protected = TRUE });
  g_assert_false (dfu_dfuse_erase_sector (&self.download.dfuse, FLASH, NULL, &erase_error));
  g_assert_error (erase_error, DFU_ERROR, DFU_ERROR_PROTECTED);
  g_assert_true (dfu_session_make_idle (self.download.dfuse.session, NULL, NULL));
  g_assert_false (dfu_dfuse_set_address (&self.download.dfuse, FLASH, NULL, &address_error));
  g_assert_error (address_error, DFU_ERROR, DFU_ERROR_PROTECTED);
}

static void
test_read_unprotect (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ .is_protected = TRUE });
  g_assert_true (dfu_dfuse_read_unprotect (&self.download.dfuse, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (nor_flash_get_stats (board_get_flash (self.board))->n_sector_erases, ==, 1);
}

/* The device says so when it has no such place; the description had it. */
static void
test_device_refuses (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32f4", H7, (BoardDfuseOptions){ 0 });
  add (&self, 0, 0x08180000, 16);
  plan (&self);
  g_assert_false (dfu_dfuse_download_erase (&self.download, NULL, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "0x08180000"));
}

static void
test_error_while_writing (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH, 20000);
  plan (&self);
  g_assert_true (dfu_dfuse_download_erase (&self.download, NULL, &error));
  self.error_at = 3 * 2048;
  g_assert_false (dfu_dfuse_download_write (&self.download, NULL, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "0x08001800"));
}

static void
test_cancel (gconstpointer user_data)
{
  const gboolean while_writing = GPOINTER_TO_INT (user_data);
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH, 50000);
  plan (&self);
  if (while_writing)
    g_assert_true (dfu_dfuse_download_erase (&self.download, NULL, &error));

  self.cancel_at = 16 * 1024;
  g_assert_false (while_writing
                    ? dfu_dfuse_download_write (&self.download, self.cancellable, &error)
                    : dfu_dfuse_download_erase (&self.download, self.cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self.bytes_done, ==, 16 * 1024);
}

static gboolean
count_cb (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  guint64 *size = user_data;

  g_assert_cmpuint (offset, ==, *size);
  *size += length;
  return TRUE;
}

static gboolean
compare_runs (Fixture *self, GError **error)
{
  for (guint i = 0; i < self->plan->runs->len; i++) {
    const DfuDfuseRun *run = &g_array_index (self->plan->runs, DfuDfuseRun, i);
    guint64 size = 0;

    if (!dfu_dfuse_compare (&self->download.dfuse, self->download.transfer_size, run, count_cb,
                            &size, NULL, error))
      return FALSE;
    g_assert_cmpuint (size, ==, run->data->len);
  }

  return TRUE;
}

/* To the very end of the memory, behind which nothing may be asked for. */
static void
test_read_back (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH + 0x10100, 5000);
  add (&self, 0, FLASH + 0xff900, 0x700);
  run (&self);
  g_assert_true (compare_runs (&self, &error));
  g_assert_no_error (error);

  /* And more can be written. */
  g_assert_true (dfu_dfuse_erase_sector (&self.download.dfuse, FLASH, NULL, &error));
}

static void
test_read_back_differs (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  const guint8 zero = 0;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH, 5000);
  run (&self);
  nor_flash_program (board_get_flash (self.board), 4321, &zero, 1);
  g_assert_false (compare_runs (&self, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DIFFERS);
  g_assert_nonnull (strstr (error->message, "0x080010e1"));
}

static void
test_read_protected (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  guint64 size = 0;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ .is_protected = TRUE });
  g_assert_false (
    dfu_dfuse_read (&self.download.dfuse, 2048, FLASH, 100, count_cb, &size, NULL, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTECTED);
}

/* Bits of option bytes are the part's own. */
static void
test_can_compare (void)
{
  g_auto (Fixture) self = { 0 };

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  add (&self, 0, FLASH, 100);
  add (&self, 1, 0x1fffc000, 16);
  plan (&self);
  g_assert_true (
    dfu_dfuse_can_compare (&g_array_index (self.plan->runs, DfuDfuseRun, 0), self.memories));
  g_assert_false (
    dfu_dfuse_can_compare (&g_array_index (self.plan->runs, DfuDfuseRun, 1), self.memories));
}

typedef struct {
  const char *name;
  const char *kind;
  const char *layout;
  guint32 address;
} Leave;

static const Leave leaves[] = {
  { "answers", "stm32f4", F4, FLASH + 0x10000 },
  { "does-not-answer", "gd32vf103", GD32, FLASH + 0x400 },
};

static void
test_leave (gconstpointer user_data)
{
  const Leave *row = user_data;
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, row->kind, row->layout, (BoardDfuseOptions){ 0 });
  g_assert_true (dfu_dfuse_leave (&self.download.dfuse, row->address, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (board_get_mode (self.board), ==, "application");
  g_assert_cmphex (board_dfuse_get_start (self.board), ==, row->address);
}

static void
test_leave_refused (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  start (&self, "stm32f4", F4, (BoardDfuseOptions){ 0 });
  g_assert_false (dfu_dfuse_leave (&self.download.dfuse, 0x20000000, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_REFUSED);
  g_assert_cmpstr (board_get_mode (self.board), ==, "dfu");
}

/* The first two numbers are not for data, and there are no more than 65536. */
static void
test_block_numbers (void)
{
  static const struct {
    gsize number;
    guint16 block_number;
    gboolean sets_address;
  } rows[] = {
    { 0, 2, TRUE },      { 1, 3, FALSE },          { 65533, 65535, FALSE }, { 65534, 2, TRUE },
    { 65535, 3, FALSE }, { 131067, 65535, FALSE }, { 131068, 2, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint16 block_number;

    g_assert_cmpint (dfu_dfuse_number_block (rows[i].number, &block_number), ==,
                     rows[i].sets_address);
    g_assert_cmpuint (block_number, ==, rows[i].block_number);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/dfuse/transfers", test_transfers);
  g_test_add_func ("/dfu/dfuse/shared-sector", test_shared_sector);
  g_test_add_func ("/dfu/dfuse/old-contents", test_old_contents);
  g_test_add_func ("/dfu/dfuse/option-bytes", test_option_bytes);
  g_test_add_func ("/dfu/dfuse/stalls-busy", test_stalls_busy);
  g_test_add_func ("/dfu/dfuse/stalls-without-a-quirk", test_stalls_without_a_quirk);
  g_test_add_func ("/dfu/dfuse/stuck-busy", test_stuck_busy);
  g_test_add_func ("/dfu/dfuse/stuck-refuses", test_stuck_refuses);
  g_test_add_func ("/dfu/dfuse/busy-for-too-long", test_busy_for_too_long);
  g_test_add_func ("/dfu/dfuse/mass-erase", test_mass_erase);
  g_test_add_func ("/dfu/dfuse/protected", test_protected);
  g_test_add_func ("/dfu/dfuse/read-unprotect", test_read_unprotect);
  g_test_add_func ("/dfu/dfuse/device-refuses", test_device_refuses);
  g_test_add_func ("/dfu/dfuse/error-while-writing", test_error_while_writing);
  g_test_add_data_func ("/dfu/dfuse/cancel/erasing", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/dfu/dfuse/cancel/writing", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_func ("/dfu/dfuse/leave-refused", test_leave_refused);
  g_test_add_func ("/dfu/dfuse/read-back", test_read_back);
  g_test_add_func ("/dfu/dfuse/read-back-differs", test_read_back_differs);
  g_test_add_func ("/dfu/dfuse/read-protected", test_read_protected);
  g_test_add_func ("/dfu/dfuse/can-compare", test_can_compare);
  g_test_add_func ("/dfu/dfuse/block-numbers", test_block_numbers);

  for (guint i = 0; i < G_N_ELEMENTS (leaves); i++) {
    g_autofree char *path = g_strconcat ("/dfu/dfuse/leave/", leaves[i].name, NULL);

    g_test_add_data_func (path, &leaves[i], test_leave);
  }

  return g_test_run ();
}
