/* board-requests.c: requests to a virtual board in the test's own process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-requests.h"

#include "board-descriptors.h"

void
board_requests_enumerate (Board *board)
{
  board_power_on (board);
  board_bus_reset (board);
  board_requests_send (board, 0x00, BOARD_REQUEST_SET_CONFIGURATION, 1, NULL, 0);
}

BoardReply
board_requests_send (Board *board,
                     guint type,
                     guint number,
                     guint value,
                     guint8 *data,
                     guint length)
{
  BoardSetup setup = {
    .request_type = type,
    .request = number,
    .value = value,
    .length = length,
  };
  BoardReply reply;

  board_control (board, &setup, data, &reply);

  return reply;
}

int
board_requests_download (Board *board, guint block, const guint8 *data, guint length)
{
  return board_requests_send (board, 0x21, 1, block, (guint8 *) data, length).result;
}

void
board_requests_assert_status (Board *board, guint status, guint poll_timeout, guint state)
{
  guint8 answer[6];

  g_assert_cmpint (board_requests_send (board, 0xa1, 3, 0, answer, 6).result, ==, 6);
  g_assert_cmphex (answer[0], ==, status);
  g_assert_cmpuint (answer[1] | answer[2] << 8 | answer[3] << 16, ==, poll_timeout);
  g_assert_cmpuint (answer[4], ==, state);
}
