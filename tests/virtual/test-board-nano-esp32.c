/* test-board-nano-esp32.c: the virtual Arduino Nano ESP32
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-descriptors.h"
#include "board-nano-esp32.h"

#include <errno.h>
#include <string.h>

#define DFU_INTERFACE 2
#define SLOT_SIZE (64 * 1024)
#define FIRST BOARD_NANO_ESP32_FIRST_SLOT
#define SECOND (FIRST + SLOT_SIZE)

#define HEADER_LENGTH 32 /* with that of the only segment */
#define APP_DATA 5000
#define APP_END ((HEADER_LENGTH + APP_DATA) / 16 * 16 + 16)
#define APP_LENGTH (APP_END + 32)

static gint64 now_us;

static gint64
get_time (void)
{
  return now_us;
}

static BoardReply
send_setup (Board *board, guint8 type, guint8 request, guint16 value, guint8 *data, guint16 length)
{
  const BoardSetup setup = { type, request, value, DFU_INTERFACE, length };
  BoardReply reply = { 0 };

  board_control (board, &setup, data, &reply);
  return reply;
}

static int
download (Board *board, guint16 block, const guint8 *data, guint16 length)
{
  return send_setup (board, 0x21, BOARD_DFU_DNLOAD, block, (guint8 *) data, length).result;
}

static void
assert_status (Board *board, guint status, guint poll_timeout, guint state)
{
  guint8 answer[6];

  g_assert_cmpint (send_setup (board, 0xa1, BOARD_DFU_GETSTATUS, 0, answer, 6).result, ==, 6);
  g_assert_cmpuint (answer[0], ==, status);
  g_assert_cmpuint (answer[1], ==, poll_timeout);
  g_assert_cmpuint (answer[4], ==, state);
}

static Board *
make_board (NorFlashTiming timing)
{
  const BoardNanoEsp32Options options = { .slot_size = SLOT_SIZE,
                                          .flash_timing = timing,
                                          .get_time = get_time };

  return board_nano_esp32_new (&options);
}

/* One segment for an ESP32-S3, with its checksum and its hash. */
static GBytes *
make_app (guint8 chip_id)
{
  g_autofree guint8 *app = g_malloc0 (APP_LENGTH);
  g_autoptr (GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  gsize hash_length = 32;
  guint8 checksum = 0xef;

  app[0] = 0xe9;
  app[1] = 1;
  app[12] = chip_id;
  app[23] = 1;
  app[28] = APP_DATA & 0xff;
  app[29] = APP_DATA >> 8;
  for (guint i = 0; i < APP_DATA; i++) {
    app[HEADER_LENGTH + i] = i * 7;
    checksum ^= app[HEADER_LENGTH + i];
  }
  app[APP_END - 1] = checksum;
  g_checksum_update (hash, app, APP_END);
  g_checksum_get_digest (hash, app + APP_END, &hash_length);

  return g_bytes_new (app, APP_LENGTH);
}

static void
send_blocks (Board *board, const guint8 *data, gsize length)
{
  for (guint block = 0; length > 0; block++) {
    const gsize n_bytes = MIN (length, BOARD_NANO_ESP32_TRANSFER_SIZE);

    g_assert_cmpint (download (board, block, data, n_bytes), ==, n_bytes);
    assert_status (board, 0, 10, 4);
    assert_status (board, 0, 0, 5);
    data += n_bytes;
    length -= n_bytes;
  }
}

/* Until the end, what is there cannot be started by accident. */
static void
test_writes_and_starts (void)
{
  g_autoptr (Board) board = make_board ((NorFlashTiming){ 0 });
  g_autoptr (GBytes) app = make_app (9);
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board));
  BoardReply reply;

  send_blocks (board, g_bytes_get_data (app, NULL), APP_LENGTH);
  g_assert_cmphex (flash[FIRST], ==, 0xff);
  g_assert_cmphex (flash[FIRST + 32 + 1], ==, 7);
  g_assert_cmpint (download (board, 2, NULL, 0), ==, 0);
  assert_status (board, 0, 100, 7);
  assert_status (board, 0, 0, 2);
  g_assert_cmpmem (flash + FIRST, APP_LENGTH, g_bytes_get_data (app, NULL), APP_LENGTH);
  g_assert_cmphex (board_nano_esp32_get_start (board), ==, FIRST);

  reply = send_setup (board, 0x21, BOARD_DFU_DETACH, 0, NULL, 0);
  g_assert_true (reply.departure.leaves);
  g_assert_true (reply.departure.keeps_status);

  /* Now that one runs, and the next goes beside it. */
  send_blocks (board, g_bytes_get_data (app, NULL), APP_LENGTH);
  download (board, 2, NULL, 0);
  assert_status (board, 0, 100, 7);
  assert_status (board, 0, 0, 2);
  g_assert_cmphex (board_nano_esp32_get_start (board), ==, SECOND);
}

static void
assert_refused (Board *board, GBytes *app)
{
  send_blocks (board, g_bytes_get_data (app, NULL), g_bytes_get_size (app));
  download (board, 2, NULL, 0);
  assert_status (board, 0, 100, 7);
  assert_status (board, 7, 0, 10);
  g_assert_cmphex (board_nano_esp32_get_start (board), ==, 0);
}

static void
test_examines (void)
{
  g_autoptr (Board) board = make_board ((NorFlashTiming){ 0 });
  g_autoptr (GBytes) for_s2 = make_app (2);
  g_autoptr (GBytes) app = make_app (9);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (app, 0, APP_LENGTH - 1000);
  const guint8 archive[] = "070701";

  assert_refused (board, for_s2);
  send_setup (board, 0x21, BOARD_DFU_CLRSTATUS, 0, NULL, 0);
  assert_refused (board, cut);
  send_setup (board, 0x21, BOARD_DFU_CLRSTATUS, 0, NULL, 0);

  g_assert_cmpint (download (board, 0, archive, sizeof archive), ==, sizeof archive);
  assert_status (board, 0, 10, 4);
  assert_status (board, 3, 0, 10);
}

/* What was broken off stands in front of what comes next, unless the program is started anew. */
static void
test_goes_on (void)
{
  g_autoptr (Board) board = make_board ((NorFlashTiming){ 0 });
  g_autoptr (GBytes) app = make_app (9);
  const guint8 *data = g_bytes_get_data (app, NULL);

  send_blocks (board, data, 4096);
  send_setup (board, 0x21, BOARD_DFU_ABORT, 0, NULL, 0);
  assert_refused (board, app);

  send_setup (board, 0x21, BOARD_DFU_CLRSTATUS, 0, NULL, 0);
  send_blocks (board, data, 4096);
  board_press_reset (board);
  send_blocks (board, data, APP_LENGTH);
  download (board, 2, NULL, 0);
  assert_status (board, 0, 100, 7);
  assert_status (board, 0, 0, 2);
}

static void
test_manners (void)
{
  g_autoptr (Board) board = make_board ((NorFlashTiming){ .sector_erase_us = 40000 });
  guint8 data[4097] = { 0xe9 };
  BoardReply reply;

  /* It has nothing to give, whatever it says. */
  g_assert_cmpint (send_setup (board, 0xa1, BOARD_DFU_UPLOAD, 0, data, 4096).result, ==, 0);
  g_assert_cmpint (download (board, 0, data, 4097), ==, -EPIPE);
  assert_status (board, 0, 0, 2);

  /* Who comes while it writes, waits. */
  g_assert_cmpint (download (board, 0, data, 100), ==, 100);
  assert_status (board, 0, 10, 4);
  now_us += 10000;
  reply = send_setup (board, 0xa1, BOARD_DFU_GETSTATUS, 0, data, 6);
  g_assert_cmpuint (reply.busy_us, ==, 30000);
  g_assert_cmpuint (data[4], ==, 5);

  /* A bus reset is no restart. */
  g_assert_false (board_bus_reset (board).leaves);
  now_us += 30000;
  assert_status (board, 0, 0, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/board-nano-esp32/writes-and-starts", test_writes_and_starts);
  g_test_add_func ("/board-nano-esp32/examines", test_examines);
  g_test_add_func ("/board-nano-esp32/goes-on", test_goes_on);
  g_test_add_func ("/board-nano-esp32/manners", test_manners);

  return g_test_run ();
}
