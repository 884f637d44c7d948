/* test-esp32s2-upload.c: reading the virtual loader's flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-fixture.h"

#define MIB (1024 * 1024)

static void
write_mark (Board *board, guint32 address, guint8 mark)
{
  nor_flash_program (board_get_flash (board), address, &mark, 1);
}

static int
upload (Board *board, guint block, guint8 data[64], guint length)
{
  return board_fixture_request (board, ROM_UPLOAD, block, data, length).result;
}

/* The size that an archive's parameters would set. */
static void
believe_in (Board *board, guint32 chip_size)
{
  board_esp32s2_get_rom (board)->writer.chip_size = chip_size;
}

static void
test_whole (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  guint8 data[64];

  believe_in (board, 4 * MIB);
  for (guint block = 0; block < 65536; block++)
    write_mark (board, block * 64 + 5, block ^ block >> 8);

  for (guint block = 0; block < 65536; block++) {
    g_assert_cmpint (upload (board, block, data, 64), ==, 64);
    g_assert_cmphex (data[5], ==, (guint8) (block ^ block >> 8));
  }

  g_assert_cmpuint (board_fixture_get_state (board), ==, ROM_UPLOAD_IDLE);
  g_assert_cmpint (upload (board, 0, data, 64), ==, 0);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0002);
}

static void
test_alternate_setting (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  BoardSetup setup = { .request_type = 1, .request = BOARD_REQUEST_SET_INTERFACE, .index = 2 };
  BoardReply reply;
  guint8 data[64];

  believe_in (board, 4 * MIB);
  write_mark (board, 3 * MIB, 0x5a);
  setup.value = 3 << 8 | 1;
  board_control (board, &setup, NULL, &reply);

  g_assert_cmpint (upload (board, 0, data, 64), ==, 64);
  g_assert_cmphex (data[0], ==, 0x5a);
  for (guint block = 1; block < MIB / 64; block++)
    g_assert_cmpint (upload (board, block, data, 64), ==, 64);
  g_assert_cmpint (upload (board, MIB / 64, data, 64), ==, 0);
  g_assert_cmphex (board_fixture_get_status (board), ==, 0x0002);
}

/* Beyond the chip as the loader knows it, the last data come again. */
static void
test_stale (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  guint8 data[64];

  write_mark (board, 2 * MIB - 64, 0x11);
  write_mark (board, 2 * MIB, 0x22);
  for (guint block = 0; block <= 2 * MIB / 64; block++)
    g_assert_cmpint (upload (board, block, data, 64), ==, 64);
  g_assert_cmphex (data[0], ==, 0x11);
}

static void
test_too_long (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  guint8 data[128];

  g_assert_cmpint (upload (board, 0, data, 80), ==, 64);
  g_assert_cmphex (board_fixture_get_status (board) >> 8, !=, 0);
  board_fixture_request (board, ROM_CLRSTATUS, 0, NULL, 0);
  g_assert_cmpint (upload (board, 0, data, 128), ==, BOARD_NO_ANSWER);
  g_assert_cmpint (upload (board, 0, data, 64), ==, BOARD_NO_ANSWER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/esp32s2-upload/whole", test_whole);
  g_test_add_func ("/esp32s2-upload/alternate-setting", test_alternate_setting);
  g_test_add_func ("/esp32s2-upload/stale", test_stale);
  g_test_add_func ("/esp32s2-upload/too-long", test_too_long);

  return g_test_run ();
}
