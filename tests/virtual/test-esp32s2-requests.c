/* test-esp32s2-requests.c: what the virtual loader answers in which state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-fixture.h"

#include <errno.h>

#define STALL (-EPIPE)
#define WRONG (ROM_STATUS_UNKNOWN << 8 | ROM_ERROR)

/* Requests of the table; the two ways of getting an UPLOAD wrong are requests of their own. */
typedef enum {
  ASK_DNLOAD,
  ASK_EMPTY_DNLOAD,
  ASK_UPLOAD,
  ASK_WRONG_UPLOAD,
  ASK_EMPTY_UPLOAD,
  ASK_GETSTATUS,
  ASK_GETSTATE,
  ASK_CLRSTATUS,
  ASK_ABORT,
  ASK_DETACH,
} Ask;

static const char *const ask_names[] = {
  "dnload",    "empty-dnload", "upload",    "wrong-upload", "empty-upload",
  "getstatus", "getstate",     "clrstatus", "abort",        "detach",
};

typedef struct {
  Esp32s2RomState before;
  Ask ask;
  int result;  /* bytes, or a stall */
  guint after; /* as GETSTATUS says it then */
} Case;

static const Case cases[] = {
  { ROM_APP_IDLE, ASK_DNLOAD, STALL, 0x0000 },
  { ROM_APP_IDLE, ASK_EMPTY_DNLOAD, STALL, 0x0000 },
  { ROM_APP_IDLE, ASK_UPLOAD, STALL, 0x0000 },
  { ROM_APP_IDLE, ASK_GETSTATUS, 6, 0x0000 },
  { ROM_APP_IDLE, ASK_GETSTATE, 1, 0x0000 },
  { ROM_APP_IDLE, ASK_CLRSTATUS, STALL, 0x0000 },
  { ROM_APP_IDLE, ASK_ABORT, STALL, 0x0000 },

  { ROM_DFU_IDLE, ASK_DNLOAD, 64, 0x0005 },
  { ROM_DFU_IDLE, ASK_EMPTY_DNLOAD, 0, 0x0002 },
  { ROM_DFU_IDLE, ASK_UPLOAD, 64, 0x0009 },
  { ROM_DFU_IDLE, ASK_WRONG_UPLOAD, 64, WRONG },
  { ROM_DFU_IDLE, ASK_EMPTY_UPLOAD, 0, WRONG },
  { ROM_DFU_IDLE, ASK_GETSTATUS, 6, 0x0002 },
  { ROM_DFU_IDLE, ASK_GETSTATE, 1, 0x0002 },
  { ROM_DFU_IDLE, ASK_CLRSTATUS, 0, 0x0002 },
  { ROM_DFU_IDLE, ASK_ABORT, 0, 0x0002 },
  { ROM_DFU_IDLE, ASK_DETACH, STALL, 0x0000 },

  { ROM_DNLOAD_IDLE, ASK_DNLOAD, 64, 0x0005 },
  { ROM_DNLOAD_IDLE, ASK_EMPTY_DNLOAD, 0, 0x0002 },
  { ROM_DNLOAD_IDLE, ASK_UPLOAD, STALL, WRONG },
  { ROM_DNLOAD_IDLE, ASK_WRONG_UPLOAD, STALL, WRONG },
  { ROM_DNLOAD_IDLE, ASK_EMPTY_UPLOAD, STALL, WRONG },
  { ROM_DNLOAD_IDLE, ASK_GETSTATUS, 6, 0x0005 },
  { ROM_DNLOAD_IDLE, ASK_GETSTATE, 1, 0x0005 },
  { ROM_DNLOAD_IDLE, ASK_CLRSTATUS, 0, 0x0002 },
  { ROM_DNLOAD_IDLE, ASK_ABORT, 0, 0x0002 },
  { ROM_DNLOAD_IDLE, ASK_DETACH, STALL, 0x0000 },

  { ROM_MANIFEST_SYNC, ASK_DNLOAD, STALL, WRONG },
  { ROM_MANIFEST_SYNC, ASK_EMPTY_DNLOAD, STALL, WRONG },
  { ROM_MANIFEST_SYNC, ASK_UPLOAD, STALL, WRONG },
  { ROM_MANIFEST_SYNC, ASK_WRONG_UPLOAD, STALL, WRONG },
  { ROM_MANIFEST_SYNC, ASK_EMPTY_UPLOAD, STALL, WRONG },
  { ROM_MANIFEST_SYNC, ASK_GETSTATUS, 6, 0x0002 },
  { ROM_MANIFEST_SYNC, ASK_GETSTATE, 1, 0x0002 },
  { ROM_MANIFEST_SYNC, ASK_CLRSTATUS, 0, 0x0002 },
  { ROM_MANIFEST_SYNC, ASK_ABORT, 0, 0x0002 },
  { ROM_MANIFEST_SYNC, ASK_DETACH, STALL, 0x0000 },

  { ROM_UPLOAD_IDLE, ASK_DNLOAD, STALL, WRONG },
  { ROM_UPLOAD_IDLE, ASK_EMPTY_DNLOAD, STALL, WRONG },
  { ROM_UPLOAD_IDLE, ASK_UPLOAD, 64, 0x0009 },
  { ROM_UPLOAD_IDLE, ASK_WRONG_UPLOAD, 64, WRONG },
  { ROM_UPLOAD_IDLE, ASK_EMPTY_UPLOAD, 0, WRONG },
  { ROM_UPLOAD_IDLE, ASK_GETSTATUS, 6, 0x0009 },
  { ROM_UPLOAD_IDLE, ASK_GETSTATE, 1, 0x0009 },
  { ROM_UPLOAD_IDLE, ASK_CLRSTATUS, 0, 0x0002 },
  { ROM_UPLOAD_IDLE, ASK_ABORT, 0, 0x0002 },
  { ROM_UPLOAD_IDLE, ASK_DETACH, STALL, 0x0000 },

  { ROM_ERROR, ASK_DNLOAD, STALL, WRONG },
  { ROM_ERROR, ASK_EMPTY_DNLOAD, STALL, WRONG },
  { ROM_ERROR, ASK_UPLOAD, STALL, WRONG },
  { ROM_ERROR, ASK_WRONG_UPLOAD, STALL, WRONG },
  { ROM_ERROR, ASK_EMPTY_UPLOAD, STALL, WRONG },
  { ROM_ERROR, ASK_GETSTATUS, 6, WRONG },
  { ROM_ERROR, ASK_GETSTATE, 1, WRONG },
  { ROM_ERROR, ASK_CLRSTATUS, 0, 0x0002 },
  { ROM_ERROR, ASK_ABORT, 0, 0x0002 },
  { ROM_ERROR, ASK_DETACH, STALL, 0x0000 },
};

static BoardReply
ask (Board *board, Ask what, Esp32s2RomState state)
{
  guint8 data[64] = { 0 };
  guint next_block = state == ROM_UPLOAD_IDLE ? 1 : 0;

  switch (what) {
  case ASK_DNLOAD:
    return board_fixture_request (board, ROM_DNLOAD, 0, data, 64);
  case ASK_EMPTY_DNLOAD:
    return board_fixture_request (board, ROM_DNLOAD, 0, data, 0);
  case ASK_UPLOAD:
    return board_fixture_request (board, ROM_UPLOAD, next_block, data, 64);
  case ASK_WRONG_UPLOAD:
    return board_fixture_request (board, ROM_UPLOAD, 7, data, 64);
  case ASK_EMPTY_UPLOAD:
    return board_fixture_request (board, ROM_UPLOAD, next_block, data, 0);
  case ASK_GETSTATUS:
    return board_fixture_request (board, ROM_GETSTATUS, 0, data, 6);
  case ASK_GETSTATE:
    return board_fixture_request (board, ROM_GETSTATE, 0, data, 1);
  case ASK_CLRSTATUS:
    return board_fixture_request (board, ROM_CLRSTATUS, 0, data, 0);
  case ASK_ABORT:
    return board_fixture_request (board, ROM_ABORT, 0, data, 0);
  case ASK_DETACH:
    return board_fixture_request (board, ROM_DETACH, 1000, data, 0);
  }

  g_assert_not_reached ();
}

static Board *
make_board_in (Esp32s2RomState state)
{
  Board *board =
    board_fixture_new (state == ROM_APP_IDLE ? BOARD_ESP32S2_HOLD_BOOT : BOARD_ESP32S2_REQUEST_DFU);

  if (state == ROM_DNLOAD_IDLE || state == ROM_MANIFEST_SYNC)
    ask (board, ASK_DNLOAD, ROM_DFU_IDLE);
  if (state == ROM_MANIFEST_SYNC)
    ask (board, ASK_EMPTY_DNLOAD, ROM_DNLOAD_IDLE);
  if (state == ROM_UPLOAD_IDLE)
    ask (board, ASK_UPLOAD, ROM_DFU_IDLE);
  if (state == ROM_ERROR)
    ask (board, ASK_WRONG_UPLOAD, ROM_DFU_IDLE);

  g_assert_cmpuint (board_fixture_get_state (board), ==, state);

  return board;
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (Board) board = make_board_in (self->before);

  g_assert_cmpint (ask (board, self->ask, self->before).result, ==, self->result);
  g_assert_cmphex (board_fixture_get_status (board), ==, self->after);
}

static void
test_manifest_sync_until_getstatus (void)
{
  g_autoptr (Board) board = make_board_in (ROM_MANIFEST_SYNC);

  g_assert_cmpuint (board_fixture_get_state (board), ==, ROM_MANIFEST_SYNC);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0002);
  g_assert_cmpuint (board_fixture_get_state (board), ==, ROM_DFU_IDLE);
}

static void
test_short_getstatus (void)
{
  g_autoptr (Board) board = make_board_in (ROM_DFU_IDLE);
  guint8 answer[8];

  g_assert_cmpint (board_fixture_request (board, ROM_GETSTATUS, 0, answer, 3).result, ==, 3);
  g_assert_cmpint (board_fixture_request (board, ROM_GETSTATUS, 0, answer, 8).result, ==, 6);
}

static void
test_detach_and_return (void)
{
  g_autoptr (Board) board = make_board_in (ROM_APP_IDLE);
  BoardReply reply = ask (board, ASK_DETACH, ROM_APP_IDLE);

  g_assert_true (reply.departure.leaves);
  g_assert_cmpint (reply.departure.return_us, ==, 10000);
  g_assert_cmpstr (board_get_mode (board), ==, "dfu");
  board_fixture_enumerate (board);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0002);
}

/* A host that asks before it resets: the detaching is forgotten, the descriptors are not. */
static void
test_detach_without_reset (void)
{
  g_autoptr (Board) board = make_board_in (ROM_APP_IDLE);

  ask (board, ASK_DETACH, ROM_APP_IDLE);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0000);
  g_assert_cmpstr (board_get_mode (board), ==, "dfu");
  board_bus_reset (board);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0000);
}

static void
test_bus_reset_restarts (void)
{
  g_autoptr (Board) board = make_board_in (ROM_DFU_IDLE);
  BoardDeparture departure;

  board->boot_held = TRUE;
  departure = board_bus_reset (board);
  g_assert_true (departure.leaves);
  g_assert_cmpint (departure.return_us, >, 0);
  g_assert_cmpstr (board_get_mode (board), ==, "runtime");
  g_assert_false (board_bus_reset (board).leaves);

  ask (board, ASK_DETACH, ROM_APP_IDLE);
  g_assert_false (board_bus_reset (board).leaves); /* not configured yet */
  g_assert_false (board_bus_reset (board).leaves);
  board_fixture_enumerate (board);
  board->boot_held = FALSE;
  departure = board_bus_reset (board);
  g_assert_true (departure.leaves);
  g_assert_cmpint (departure.return_us, ==, BOARD_NEVER);
  g_assert_cmpstr (board_get_mode (board), ==, "application");
}

static void
test_any_recipient (void)
{
  g_autoptr (Board) board = make_board_in (ROM_DFU_IDLE);
  BoardSetup setup = { .request_type = 0xa0, .request = ROM_GETSTATE, .index = 9, .length = 1 };
  BoardReply reply;
  guint8 state = 0xff;

  board_control (board, &setup, &state, &reply);
  g_assert_cmpint (reply.result, ==, 1);
  g_assert_cmpuint (state, ==, ROM_DFU_IDLE);
}

static void
test_too_long_a_block (void)
{
  g_autoptr (Board) board = make_board_in (ROM_DFU_IDLE);
  guint8 data[65] = { 0 };
  BoardSetup setup = { .request_type = 0x21, .request = ROM_DNLOAD, .length = sizeof data };
  BoardReply reply;

  board_control (board, &setup, data, &reply);
  g_assert_cmpint (reply.result, ==, BOARD_NO_ANSWER);
  board_abandon (board, &setup);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0002);
}

static void
test_abandoned (void)
{
  g_autoptr (Board) board = make_board_in (ROM_DFU_IDLE);
  BoardSetup setup = { .request_type = 0x21, .request = ROM_DNLOAD, .length = 64 };
  guint8 data[64] = { 0 };

  board_fixture_request (board, ROM_DNLOAD, 0, data, sizeof data);
  board_abandon (board, &setup);
  g_assert_cmpint (board_fixture_request (board, ROM_GETSTATUS, 0, data, 6).result, ==, 0);
  g_assert_cmpint (board_fixture_request (board, ROM_GETSTATUS, 0, data, 6).result, ==,
                   BOARD_NO_ANSWER);
  g_assert_false (board_bus_reset (board).leaves);

  board->boot_held = TRUE;
  g_assert_true (board_press_reset (board).leaves);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0000);
}

/* Nobody fetches the answer, and nothing comes after it. */
static void
test_abandoned_answer (void)
{
  g_autoptr (Board) board = make_board_in (ROM_DFU_IDLE);
  BoardSetup setup = { .request_type = 0xa1, .request = ROM_GETSTATUS, .length = 6 };
  guint8 data[6];

  board_fixture_request (board, ROM_GETSTATUS, 0, data, sizeof data);
  board_abandon (board, &setup);
  g_assert_cmpint (board_fixture_request (board, ROM_GETSTATUS, 0, data, 6).result, ==,
                   BOARD_NO_ANSWER);
  g_assert_cmpint (board_fixture_request (board, ROM_GETSTATUS, 0, data, 6).result, ==,
                   BOARD_NO_ANSWER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path =
      g_strdup_printf ("/esp32s2-requests/state-%u/%s", cases[i].before, ask_names[cases[i].ask]);

    g_test_add_data_func (path, &cases[i], test_case);
  }

  g_test_add_func ("/esp32s2-requests/manifest-sync", test_manifest_sync_until_getstatus);
  g_test_add_func ("/esp32s2-requests/short-getstatus", test_short_getstatus);
  g_test_add_func ("/esp32s2-requests/detach/and-return", test_detach_and_return);
  g_test_add_func ("/esp32s2-requests/detach/without-reset", test_detach_without_reset);
  g_test_add_func ("/esp32s2-requests/bus-reset", test_bus_reset_restarts);
  g_test_add_func ("/esp32s2-requests/any-recipient", test_any_recipient);
  g_test_add_func ("/esp32s2-requests/too-long-a-block", test_too_long_a_block);
  g_test_add_func ("/esp32s2-requests/abandoned/block", test_abandoned);
  g_test_add_func ("/esp32s2-requests/abandoned/answer", test_abandoned_answer);

  return g_test_run ();
}
