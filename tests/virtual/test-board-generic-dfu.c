/* test-board-generic-dfu.c: the virtual device that follows DFU 1.1 to the letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-descriptors.h"
#include "board-generic-dfu.h"
#include "board-requests.h"

#include <string.h>

#define STALL BOARD_REQUESTS_STALL

static gint64 now_us;

static gint64
get_time (void)
{
  return now_us;
}

static Board *
make_board (BoardGenericDfuOptions options)
{
  Board *board;

  options.get_time = get_time;
  board = board_generic_dfu_new (&options);
  board_requests_enumerate (board);

  return board;
}

static void
test_waiting_as_asked (void)
{
  g_autoptr (Board) board = make_board (
    (BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE, .busy_ms = 30, .manifest_ms = 200 });
  guint8 data[BOARD_GENERIC_DFU_TRANSFER_SIZE];

  memset (data, 0x5a, sizeof data);
  g_assert_cmpint (board_requests_download (board, 0, data, sizeof data), ==, sizeof data);
  board_requests_assert_status (board, 0, 30, 4);
  now_us += 30000;
  board_requests_assert_status (board, 0, 0, 5);
  g_assert_cmpint (board_requests_download (board, 1, data, 10), ==, 10);
  board_requests_assert_status (board, 0, 30, 4);
  now_us += 30000;
  board_requests_assert_status (board, 0, 0, 5);
  g_assert_cmpint (board_requests_download (board, 2, NULL, 0), ==, 0);
  board_requests_assert_status (board, 0, 200, 7);
  now_us += 200000;
  board_requests_assert_status (board, 0, 0, 2);
  g_assert_cmpmem (nor_flash_get_contents (board_get_flash (board)), 4096, data, 4096);
}

static void
test_impatience (void)
{
  g_autoptr (Board) board =
    make_board ((BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE, .busy_ms = 30 });
  guint8 data[64] = { 0 };

  g_assert_cmpint (board_requests_download (board, 0, data, 64), ==, 64);
  g_assert_cmpint (board_requests_download (board, 1, data, 64), ==, STALL);
  board_requests_assert_status (board, 0x0f, 0, 10);
  g_assert_cmpint (board_requests_send (board, 0x21, 4, 0, NULL, 0).result, ==, 0);
  board_requests_assert_status (board, 0, 0, 2);

  g_assert_cmpint (board_requests_download (board, 0, data, 64), ==, 64);
  board_requests_assert_status (board, 0, 30, 4);
  now_us += 29000;
  g_assert_cmpint (board_requests_send (board, 0xa1, 3, 0, data, 6).result, ==, STALL);
  board_requests_assert_status (board, 0x0f, 0, 10);
}

static void
test_wrong_requests (void)
{
  g_autoptr (Board) board = make_board ((BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE });
  guint8 data[64] = { 0 };

  g_assert_cmpint (board_requests_download (board, 0, NULL, 0), ==, STALL);
  board_requests_assert_status (board, 0x0f, 0, 10);
  g_assert_cmpint (board_requests_send (board, 0x21, 6, 0, NULL, 0).result, ==, STALL);
  g_assert_cmpint (board_requests_send (board, 0x21, 4, 0, NULL, 0).result, ==, 0);
  g_assert_cmpint (board_requests_send (board, 0x21, 4, 0, NULL, 0).result, ==, STALL);
  g_assert_cmpint (board_requests_send (board, 0x21, 4, 0, NULL, 0).result, ==, 0);
  g_assert_cmpint (board_requests_download (board, 128, data, 64), ==, 64);
  board_requests_assert_status (board, 0x08, 0, 10);
}

static void
test_intolerant (void)
{
  g_autoptr (Board) board =
    make_board ((BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE, .is_intolerant = TRUE });
  guint8 data[64] = { 0 };

  board_requests_download (board, 0, data, 64);
  board_requests_assert_status (board, 0, 0, 5);
  board_requests_download (board, 1, NULL, 0);
  board_requests_assert_status (board, 0, 0, 7);
  g_assert_cmpint (board_requests_send (board, 0xa1, 3, 0, data, 6).result, ==, STALL);
}

/* SET_INTERFACE, and the length of the configuration: one alternate setting is 9 bytes. */
static void
test_memories (void)
{
  for (guint n = 1; n <= 2; n++) {
    g_autoptr (Board) board =
      make_board ((BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE, .has_one_memory = n == 1 });
    const guint length = 9 + n * 9 + 9;
    guint8 data[64] = { 0 };

    g_assert_cmpint (board_requests_send (board, 0x80, 6, 0x0200, data, sizeof data).result, ==,
                     length);
    g_assert_cmpint (data[2], ==, length);
    g_assert_cmpint (data[length - 8], ==, 0x21);
    g_assert_cmpint (board_requests_send (board, 0x01, 11, 1, NULL, 0).result, ==,
                     n == 1 ? STALL : 0);
  }
}

/* Where each memory has an interface of its own, that says which is meant. */
static void
test_interfaces (void)
{
  g_autoptr (Board) board =
    make_board ((BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE, .has_two_interfaces = TRUE });
  const BoardSetup setup = { 0x21, 1, 0, 1, 64 };
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board));
  BoardReply reply = { 0 };
  guint8 data[64] = { 0 };

  g_assert_cmpint (board_requests_send (board, 0x80, 6, 0x0200, data, sizeof data).result, ==, 45);
  g_assert_cmpint (data[4], ==, 2);
  g_assert_cmpmem (data + 18, 9, data + 36, 9);

  memset (data, 0, sizeof data);
  board_control (board, &setup, data, &reply);
  g_assert_cmpint (reply.result, ==, 64);
  g_assert_cmpint (flash[0], ==, 0xff);
  g_assert_cmpint (flash[BOARD_GENERIC_DFU_MEMORY_SIZE], ==, 0);
}

static void
test_detach (void)
{
  g_autoptr (Board) board = make_board ((BoardGenericDfuOptions){ 0 });
  BoardReply reply = board_requests_send (board, 0x21, 0, 1000, NULL, 0);

  g_assert_cmpint (reply.result, ==, 0);
  g_assert_true (reply.departure.leaves);
  g_assert_true (reply.departure.keeps_status);
  g_assert_cmpstr (board_get_mode (board), ==, "dfu");
}

static void
test_detach_with_reset (void)
{
  g_autoptr (Board) board = make_board ((BoardGenericDfuOptions){ .waits_for_reset = TRUE });

  g_assert_false (board_requests_send (board, 0x21, 0, 1000, NULL, 0).departure.leaves);
  board_requests_assert_status (board, 0, 0, 1);
  now_us += 1000 * 1000;
  g_assert_false (board_bus_reset (board).leaves);
  board_requests_assert_status (board, 0, 0, 0);

  board_requests_send (board, 0x21, 0, 1000, NULL, 0);
  g_assert_true (board_bus_reset (board).leaves);
  g_assert_cmpstr (board_get_mode (board), ==, "dfu");
}

/* An interface of its own for each memory, as hosts set it that set what need not be set. */
static void
test_setting_interfaces (void)
{
  const BoardGenericDfuOptions options = { .starts_in_dfu_mode = TRUE, .has_two_interfaces = TRUE };
  g_autoptr (Board) board = make_board (options);
  BoardSetup setup = { .request_type = 0x01, .request = BOARD_REQUEST_SET_INTERFACE, .index = 1 };
  BoardReply reply = { 0 };

  board_control (board, &setup, NULL, &reply);
  g_assert_cmpint (reply.result, ==, 0);

  setup.value = 1;
  board_control (board, &setup, NULL, &reply);
  g_assert_cmpint (reply.result, ==, STALL);
}

static void
test_alternates_and_upload (void)
{
  g_autoptr (Board) board = make_board ((BoardGenericDfuOptions){ .starts_in_dfu_mode = TRUE });
  guint8 data[4096];
  guint n_blocks = BOARD_GENERIC_DFU_MEMORY_SIZE / sizeof data;

  g_assert_cmpint (board_requests_send (board, 0x01, BOARD_REQUEST_SET_INTERFACE, 1, NULL, 0)
                     .result,
                   ==, 0);
  g_assert_cmpint (board_requests_send (board, 0x01, BOARD_REQUEST_SET_INTERFACE, 2, NULL, 0)
                     .result,
                   ==, STALL);
  memset (data, 0x11, sizeof data);
  board_requests_download (board, 0, data, sizeof data);
  board_requests_assert_status (board, 0, 0, 5);
  board_requests_send (board, 0x21, 6, 0, NULL, 0);
  g_assert_cmphex (nor_flash_get_contents (board_get_flash (board))[BOARD_GENERIC_DFU_MEMORY_SIZE],
                   ==, 0x11);

  for (guint block = 0; block < n_blocks; block++)
    g_assert_cmpint (board_requests_send (board, 0xa1, 2, block, data, sizeof data).result, ==,
                     sizeof data);
  board_requests_assert_status (board, 0, 0, 9);
  g_assert_cmpint (board_requests_send (board, 0xa1, 2, n_blocks, data, sizeof data).result, ==, 0);
  board_requests_assert_status (board, 0, 0, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/board-generic-dfu/waiting-as-asked", test_waiting_as_asked);
  g_test_add_func ("/board-generic-dfu/impatience", test_impatience);
  g_test_add_func ("/board-generic-dfu/wrong-requests", test_wrong_requests);
  g_test_add_func ("/board-generic-dfu/intolerant", test_intolerant);
  g_test_add_func ("/board-generic-dfu/memories", test_memories);
  g_test_add_func ("/board-generic-dfu/interfaces", test_interfaces);
  g_test_add_func ("/board-generic-dfu/detach/by-itself", test_detach);
  g_test_add_func ("/board-generic-dfu/detach/with-reset", test_detach_with_reset);
  g_test_add_func ("/board-generic-dfu/alternates-and-upload", test_alternates_and_upload);
  g_test_add_func ("/board-generic-dfu/setting-interfaces", test_setting_interfaces);

  return g_test_run ();
}
