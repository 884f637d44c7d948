/* test-board-dfuse.c: the virtual microcontrollers that speak DfuSe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-descriptors.h"
#include "board-dfuse.h"
#include "board-requests.h"

#include <string.h>

#define STALL BOARD_REQUESTS_STALL
#define FLASH 0x08000000u

static gint64 now_us;

static gint64
get_time (void)
{
  return now_us;
}

static Board *
make_board (const char *kind, BoardDfuseOptions options)
{
  Board *board;

  options.part = dfuse_part_find (kind);
  options.get_time = get_time;
  board = board_dfuse_new (&options);
  board_requests_enumerate (board);

  return board;
}

static int
send_command (Board *board, guint8 command, guint32 address)
{
  const guint8 block[] = { command, address, address >> 8, address >> 16, address >> 24 };

  return board_requests_download (board, 0, block, sizeof block);
}

/* A block 0, and both questions after it. */
static void
execute (Board *board, guint8 command, guint32 address)
{
  g_assert_cmpint (send_command (board, command, address), ==, 5);
  board_requests_assert_status (board, 0, 0, 4);
  board_requests_assert_status (board, 0, 0, 5);
}

static const guint8 *
get_flash (Board *board)
{
  return nor_flash_get_contents (board_get_flash (board));
}

/* What block 0 says and what blocks from 2 on bring only happens when the status is asked for. */
static void
test_write_after_erase (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ 0 });
  guint8 data[2048];

  memset (data, 0x5a, sizeof data);
  execute (board, 0x41, FLASH + 0x5000);
  execute (board, 0x21, FLASH + 0x4000);

  g_assert_cmpint (board_requests_download (board, 3, data, 100), ==, 100);
  g_assert_cmphex (get_flash (board)[0x4800], ==, 0xff);
  board_requests_assert_status (board, 0, 0, 4);
  board_requests_assert_status (board, 0, 0, 5);
  g_assert_cmphex (get_flash (board)[0x47ff], ==, 0xff);
  g_assert_cmpmem (get_flash (board) + 0x4800, 100, data, 100);

  execute (board, 0x41, FLASH + 0x7fff);
  g_assert_cmphex (get_flash (board)[0x4800], ==, 0xff);
  g_assert_cmpuint (nor_flash_get_sector_erases (board_get_flash (board), 1), ==, 2);
  g_assert_cmpuint (nor_flash_get_sector_erases (board_get_flash (board), 2), ==, 0);
}

/* A sector of 128 KiB is counted in pages of 16. */
static void
test_large_sector (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ 0 });
  NorFlash *flash = board_get_flash (board);

  execute (board, 0x41, FLASH + 0x30000);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 7), ==, 0);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 8), ==, 1);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 15), ==, 1);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 16), ==, 0);
}

/* It announces its work; whoever comes early waits for the rest of it. */
static void
test_busy (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ .erase_ms = 30 });
  guint8 answer[6];
  BoardReply reply;

  send_command (board, 0x41, FLASH);
  board_requests_assert_status (board, 0, 30, 4);
  now_us += 10000;
  reply = board_requests_send (board, 0xa1, 3, 0, answer, 6);
  g_assert_cmpint (reply.result, ==, 6);
  g_assert_cmpuint (reply.busy_us, ==, 20000);
  g_assert_cmpuint (answer[4], ==, 5);
}

static void
test_stalls_when_busy (void)
{
  g_autoptr (Board) board = make_board ("stm32l4", (BoardDfuseOptions){ .erase_ms = 30 });
  guint8 answer[6];

  send_command (board, 0x41, FLASH);
  board_requests_assert_status (board, 0, 15, 4);
  now_us += 15000;
  g_assert_cmpint (board_requests_send (board, 0xa1, 3, 0, answer, 6).result, ==, STALL);
  now_us += 15000;
  board_requests_assert_status (board, 0, 0, 5);
}

static void
test_stuck_busy (void)
{
  g_autoptr (Board) board = make_board ("stm32h7", (BoardDfuseOptions){ .erase_ms = 30 });

  send_command (board, 0x41, FLASH + 0x120000);
  for (guint i = 0; i < 5; i++) {
    board_requests_assert_status (board, 0, 30, 4);
    now_us += 30000;
  }

  g_assert_cmpint (board_requests_send (board, 0x21, 4, 0, NULL, 0).result, ==, 0);
  board_requests_assert_status (board, 0x0e, 0, 10);
  g_assert_cmpint (board_requests_send (board, 0x21, 4, 0, NULL, 0).result, ==, 0);
  board_requests_assert_status (board, 0, 0, 2);
}

typedef struct {
  const char *name;
  gboolean is_protected;
  guint8 command;
  guint32 address;
  guint status;
} Refusal;

static const Refusal refusals[] = {
  { "address", FALSE, 0x21, 0x20000000, 0x01 },   { "erase", FALSE, 0x41, 0x08100000, 0x01 },
  { "command", FALSE, 0x77, FLASH, 0x0e },        { "protected-address", TRUE, 0x21, FLASH, 0x0b },
  { "protected-erase", TRUE, 0x41, FLASH, 0x0b },
};

static void
test_refused (gconstpointer user_data)
{
  const Refusal *row = user_data;
  g_autoptr (Board) board =
    make_board ("stm32f4", (BoardDfuseOptions){ .is_protected = row->is_protected });

  send_command (board, row->command, row->address);
  board_requests_assert_status (board, 0, 0, 4);
  board_requests_assert_status (board, row->status, 0, 10);
  board_requests_send (board, 0x21, 4, 0, NULL, 0);
  board_requests_assert_status (board, 0, 0, 2);
}

static void
test_mass_erase_asks_for_too_little (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ .mass_erase_ms = 20000 });
  const guint8 command = 0x41;
  guint8 answer[6];

  board_requests_download (board, 0, &command, 1);
  board_requests_assert_status (board, 0, 100, 4);
  now_us += 100000;
  g_assert_cmpuint (board_requests_send (board, 0xa1, 3, 0, answer, 6).busy_us, ==, 19900000);
}

static void
test_read_unprotect (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ .is_protected = TRUE });
  const guint8 command = 0x92;
  guint8 answer[6];
  BoardReply reply;

  g_assert_cmpint (board_requests_send (board, 0xa1, 2, 2, answer, 6).result, ==, STALL);
  board_requests_assert_status (board, 0x0b, 0, 10);
  board_requests_send (board, 0x21, 4, 0, NULL, 0);

  board_requests_download (board, 0, &command, 1);
  reply = board_requests_send (board, 0xa1, 3, 0, answer, 6);
  g_assert_cmpuint (answer[4], ==, 4);
  g_assert_true (reply.departure.leaves && reply.departure.keeps_status);
  g_assert_cmpint (reply.departure.return_us, >, 0);
  execute (board, 0x21, FLASH);
}

static void
test_leave (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ 0 });
  guint8 answer[6];
  BoardReply reply;

  execute (board, 0x21, FLASH + 0x4000);
  g_assert_cmpint (board_requests_download (board, 2, NULL, 0), ==, 0);
  reply = board_requests_send (board, 0xa1, 3, 0, answer, 6);
  g_assert_cmpuint (answer[4], ==, 7);
  g_assert_true (reply.departure.leaves && reply.departure.keeps_status);
  g_assert_cmpint (reply.departure.return_us, ==, BOARD_NEVER);
  g_assert_cmphex (board_dfuse_get_start (board), ==, FLASH + 0x4000);
  g_assert_cmpstr (board_get_mode (board), ==, "application");
}

/* Who asks it for the status afterwards asks nobody. */
static void
test_leave_at_once (void)
{
  g_autoptr (Board) board = make_board ("gd32vf103", (BoardDfuseOptions){ 0 });
  BoardReply reply = board_requests_send (board, 0x21, 1, 2, NULL, 0);

  g_assert_true (reply.departure.leaves);
  g_assert_false (reply.departure.keeps_status);
}

static void
test_upload (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ 0 });
  const guint8 word[] = { 1, 2, 3, 4 };
  guint8 data[16];

  execute (board, 0x21, FLASH);
  board_requests_download (board, 3, word, sizeof word);
  board_requests_assert_status (board, 0, 0, 4);
  board_requests_assert_status (board, 0, 0, 5);

  g_assert_cmpint (board_requests_send (board, 0xa1, 2, 3, data, 16).result, ==, STALL);
  board_requests_assert_status (board, 0x0f, 0, 10);
  board_requests_send (board, 0x21, 4, 0, NULL, 0);
  g_assert_cmpint (board_requests_send (board, 0xa1, 2, 3, data, 16).result, ==, 16);
  g_assert_cmpmem (data, 4, word, 4);
  board_requests_assert_status (board, 0, 0, 9);
  board_requests_send (board, 0x21, 6, 0, NULL, 0);

  g_assert_cmpint (board_requests_send (board, 0xa1, 2, 0, data, 16).result, ==, 4);
  g_assert_cmpmem (data, 4, ((const guint8[]){ 0x00, 0x21, 0x41, 0x92 }), 4);
}

/* Each alternate setting is one memory; what is not flash is not erased. */
static void
test_option_bytes (void)
{
  g_autoptr (Board) board = make_board ("stm32f4", (BoardDfuseOptions){ 0 });
  const guint8 word[] = { 1, 2, 3, 4 };
  guint8 data[4];

  g_assert_cmpint (board_requests_send (board, 0x01, BOARD_REQUEST_SET_INTERFACE, 4, NULL, 0)
                     .result,
                   ==, STALL);
  board_requests_send (board, 0x01, BOARD_REQUEST_SET_INTERFACE, 1, NULL, 0);
  execute (board, 0x21, 0x1fffc000);
  board_requests_download (board, 2, word, sizeof word);
  board_requests_assert_status (board, 0, 0, 4);
  board_requests_assert_status (board, 0, 0, 5);
  board_requests_send (board, 0x21, 6, 0, NULL, 0);
  g_assert_cmpint (board_requests_send (board, 0xa1, 2, 2, data, 4).result, ==, 4);
  g_assert_cmpmem (data, 4, word, 4);
}

/* "3CBJ", as half as many characters. */
static void
test_byte_string (void)
{
  g_autoptr (Board) board = make_board ("gd32vf103", (BoardDfuseOptions){ 0 });
  const guint8 expected[] = { 6, 3, '3', 'C', 'B', 'J' };
  guint8 answer[255];
  BoardReply reply =
    board_requests_send (board, 0x80, BOARD_REQUEST_GET_DESCRIPTOR, 0x0303, answer, 255);

  g_assert_cmpmem (answer, reply.result, expected, sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/board-dfuse/write-after-erase", test_write_after_erase);
  g_test_add_func ("/board-dfuse/large-sector", test_large_sector);
  g_test_add_func ("/board-dfuse/busy", test_busy);
  g_test_add_func ("/board-dfuse/stalls-when-busy", test_stalls_when_busy);
  g_test_add_func ("/board-dfuse/stuck-busy", test_stuck_busy);
  g_test_add_func ("/board-dfuse/mass-erase", test_mass_erase_asks_for_too_little);
  g_test_add_func ("/board-dfuse/read-unprotect", test_read_unprotect);
  g_test_add_func ("/board-dfuse/leave", test_leave);
  g_test_add_func ("/board-dfuse/leave-at-once", test_leave_at_once);
  g_test_add_func ("/board-dfuse/upload", test_upload);
  g_test_add_func ("/board-dfuse/option-bytes", test_option_bytes);
  g_test_add_func ("/board-dfuse/byte-string", test_byte_string);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strconcat ("/board-dfuse/refused/", refusals[i].name, NULL);

    g_test_add_data_func (path, &refusals[i], test_refused);
  }

  return g_test_run ();
}
