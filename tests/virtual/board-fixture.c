/* board-fixture.c: a virtual ESP32-S2 in the test's own process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-fixture.h"

Board *
board_fixture_new (BoardEsp32s2Start start)
{
  const BoardEsp32s2Options options = {
    .chip = &esp32s2_rom_chip_s2,
    .start = start,
    .flash_size = BOARD_FIXTURE_FLASH_SIZE,
  };
  Board *board = board_esp32s2_new (&options);

  g_assert_cmpint (board_power_on (board), ==, 0);
  board_fixture_enumerate (board);

  return board;
}

BoardReply
board_fixture_request (Board *board,
                       Esp32s2RomRequest request,
                       guint value,
                       guint8 *data,
                       guint length)
{
  gboolean is_in = request == ROM_UPLOAD || request == ROM_GETSTATUS || request == ROM_GETSTATE;
  BoardSetup setup = {
    .request_type = is_in ? 0xa1 : 0x21,
    .request = request,
    .value = value,
    .index = 2,
    .length = length,
  };
  BoardReply reply;

  board_control (board, &setup, data, &reply);

  return reply;
}

void
board_fixture_enumerate (Board *board)
{
  BoardSetup setup = { .request = BOARD_REQUEST_SET_CONFIGURATION, .value = 1 };
  BoardReply reply;

  board_bus_reset (board);
  board_control (board, &setup, NULL, &reply);
  g_assert_cmpint (reply.result, ==, 0);
}

guint
board_fixture_get_status (Board *board)
{
  guint8 answer[6];
  BoardReply reply = board_fixture_request (board, ROM_GETSTATUS, 0, answer, sizeof answer);

  g_assert_cmpint (reply.result, ==, sizeof answer);
  g_assert_cmpmem (answer + 1, 3, ((const guint8[]){ 0x00, 0x01, 0x00 }), 3);
  g_assert_cmpuint (answer[5], ==, 0);

  return answer[0] << 8 | answer[4];
}

guint
board_fixture_get_state (Board *board)
{
  guint8 state;
  BoardReply reply = board_fixture_request (board, ROM_GETSTATE, 0, &state, 1);

  g_assert_cmpint (reply.result, ==, 1);

  return state;
}

guint
board_fixture_download (Board *board, const guint8 *payload, gsize length, gsize block)
{
  guint number = 0;

  for (gsize offset = 0; offset < length; offset += block) {
    gsize n = MIN (block, length - offset);
    BoardReply reply =
      board_fixture_request (board, ROM_DNLOAD, number++, (guint8 *) payload + offset, n);

    g_assert_cmpint (reply.result, ==, n);
  }

  g_assert_cmpint (board_fixture_request (board, ROM_DNLOAD, number, NULL, 0).result, ==, 0);

  return board_fixture_get_status (board);
}

void
board_fixture_assert_flash (Board *board, guint32 address, const guint8 *data, gsize length)
{
  const guint8 *contents = nor_flash_get_contents (board_get_flash (board));

  g_assert_cmpmem (contents + address, length, data, length);
}

guint8 *
board_fixture_make_data (gsize length, guint seed)
{
  guint8 *data = g_malloc (length);
  guint32 state = seed;

  for (gsize i = 0; i < length; i++) {
    state = state * 1664525 + 1013904223;
    data[i] = state >> 24;
  }

  return data;
}

gboolean
board_fixture_is_erased (Board *board)
{
  const guint8 *contents = nor_flash_get_contents (board_get_flash (board));

  for (gsize i = 0; i < BOARD_FIXTURE_FLASH_SIZE; i++) {
    if (contents[i] != 0xff)
      return FALSE;
  }

  return TRUE;
}

GByteArray *
board_fixture_make_golden (void)
{
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  guint8 bootloader[37], partitions[64], application[5000];

  for (guint i = 0; i < sizeof bootloader; i++)
    bootloader[i] = 7 * i + 3;
  for (guint i = 0; i < sizeof partitions; i++)
    partitions[i] = i % 32 == 0 ? 0xaa : i % 32 == 1 ? 0x50 : i;
  for (guint i = 0; i < sizeof application; i++)
    application[i] = 13 * i + 1;

  archive_maker_add_parameters (maker, BOARD_FIXTURE_FLASH_SIZE);
  archive_maker_add (maker, "bootloader.bin", 0x1000, bootloader, sizeof bootloader);
  archive_maker_add (maker, "partition-table.bin", 0x8000, partitions, sizeof partitions);
  archive_maker_add (maker, "app.bin", 0x10000, application, 4096);
  archive_maker_add (maker, "app.bin.1", 0x11000, application + 4096, 904);

  return archive_maker_finish (maker);
}
