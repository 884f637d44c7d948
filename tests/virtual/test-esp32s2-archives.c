/* test-esp32s2-archives.c: what is wrong with an archive, and what the virtual loader says to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-fixture.h"

#include <string.h>

#define GOOD 0x0002
#define WRONG_MD5 (ROM_STATUS_FIRMWARE << 8 | ROM_ERROR)
#define MISSING_FILE (ROM_STATUS_TARGET << 8 | ROM_ERROR)
#define BROKEN_HEADER MISSING_FILE
#define TABLE_TOO_LONG (ROM_STATUS_FILE << 8 | ROM_ERROR)

static guint
download (Board *board, GByteArray *payload)
{
  return board_fixture_download (board, payload->data, payload->len, 64);
}

static guint
download_maker (Board *board, ArchiveMaker *maker)
{
  g_autoptr (GByteArray) payload = archive_maker_finish (maker);

  return download (board, payload);
}

static void
test_wrong_md5 (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (5000, 1);
  g_autoptr (GByteArray) payload = NULL;

  archive_maker_add (maker, "app.bin", 0x10000, bytes, 5000);
  payload = archive_maker_finish (maker);
  payload->data[1000] ^= 1;
  g_assert_cmphex (download (board, payload), ==, WRONG_MD5);

  /* ABORT does not clear it, CLRSTATUS does, and then a good one goes through. */
  board_fixture_request (board, ROM_ABORT, 0, NULL, 0);
  g_assert_cmphex (board_fixture_get_status (board), ==, WRONG_MD5);
  board_fixture_request (board, ROM_CLRSTATUS, 0, NULL, 0);
  g_assert_cmphex (board_fixture_get_status (board), ==, GOOD);
  g_assert_cmphex (download_maker (board, maker), ==, GOOD);

  /* So does ABORT with a new download right after it. */
  g_assert_cmphex (download (board, payload), ==, WRONG_MD5);
  board_fixture_request (board, ROM_ABORT, 0, NULL, 0);
  g_assert_cmphex (download_maker (board, maker), ==, GOOD);
}

static void
test_two_files_in_a_sector (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (512, 2);

  archive_maker_add (maker, "a", 0x10000, bytes, 256);
  archive_maker_add (maker, "b", 0x10800, bytes + 256, 256);
  g_assert_cmphex (download_maker (board, maker), ==, WRONG_MD5);
}

static void
test_beyond_the_chip (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) without = archive_maker_new ();
  g_autoptr (ArchiveMaker) with = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (512, 3);

  archive_maker_add (without, "a", 0x200000, bytes, 512);
  g_assert_cmphex (download_maker (board, without), ==, WRONG_MD5);
  g_assert_true (board_fixture_is_erased (board));
  board_fixture_request (board, ROM_CLRSTATUS, 0, NULL, 0);

  archive_maker_add_parameters (with, BOARD_FIXTURE_FLASH_SIZE);
  archive_maker_add (with, "a", 0x200000, bytes, 512);
  g_assert_cmphex (download_maker (board, with), ==, GOOD);
  board_fixture_assert_flash (board, 0x200000, bytes, 512);

  /* The parameters stay until the chip restarts. */
  g_assert_cmphex (download_maker (board, without), ==, GOOD);
  board->boot_held = TRUE;
  board_press_reset (board);
  board_fixture_request (board, ROM_DETACH, 0, NULL, 0);
  board_fixture_enumerate (board);
  g_assert_cmphex (download_maker (board, without), ==, WRONG_MD5);
}

static void
test_missing_file (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (512, 4);

  archive_maker_add (maker, "a", 0x10000, bytes, 256);
  archive_maker_list (maker, "b", 0x20000, 0, bytes, 256);
  g_assert_cmphex (download_maker (board, maker), ==, MISSING_FILE);
}

static void
test_name_of_64 (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) fits = archive_maker_new ();
  g_autoptr (ArchiveMaker) too_long = archive_maker_new ();
  g_autofree char *name_63 = g_strnfill (63, 'n');
  g_autofree char *name_64 = g_strnfill (64, 'n');
  g_autofree guint8 *bytes = board_fixture_make_data (256, 5);

  archive_maker_add (fits, name_63, 0x10000, bytes, 256);
  g_assert_cmphex (download_maker (board, fits), ==, GOOD);
  archive_maker_add (too_long, name_64, 0x10000, bytes, 256);
  g_assert_cmphex (download_maker (board, too_long), ==, MISSING_FILE);
}

static void
test_unlisted_file (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (700, 6);

  archive_maker_put (maker, "stranger", bytes, 700);
  archive_maker_add (maker, "a", 0x10000, bytes, 300);
  g_assert_cmphex (download_maker (board, maker), ==, GOOD);
  board_fixture_assert_flash (board, 0x10000, bytes, 300);
}

static void
test_file_before_the_table (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GByteArray) rest = NULL;
  g_autofree guint8 *bytes = board_fixture_make_data (300, 7);

  archive_maker_list (maker, "a", 0x10000, 0, bytes, 300);
  rest = archive_maker_finish (maker);
  archive_maker_append_member (payload, "a", bytes, 300);
  g_byte_array_append (payload, rest->data, rest->len);
  g_assert_cmphex (download (board, payload), ==, MISSING_FILE);
}

static void
test_too_many_files (gconstpointer data)
{
  guint n_files = GPOINTER_TO_UINT (data);
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (100, 8);

  for (guint i = 0; i < n_files; i++) {
    g_autofree char *name = g_strdup_printf ("file-%u", i);

    archive_maker_add (maker, name, 0x10000 + i * 4096, bytes, 100);
  }

  g_assert_cmphex (download_maker (board, maker), ==, n_files > 64 ? TABLE_TOO_LONG : GOOD);
}

static void
test_broken_header (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autoptr (GByteArray) payload = NULL;
  g_autofree guint8 *bytes = board_fixture_make_data (512, 9);
  gsize second = 112 + 12 + 88; /* header and name, then the table */

  archive_maker_add (maker, "a", 0x10000, bytes, 512);
  payload = archive_maker_finish (maker);
  g_assert_cmpmem (payload->data + second, 6, "070701", 6);
  payload->data[second + 5] = '7';

  /* It is found with the group that holds the header, and reported when somebody asks. */
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (board_fixture_request (board, ROM_DNLOAD, i, payload->data + i * 64, 64)
                       .result,
                     ==, 64);
  g_assert_cmpuint (board_fixture_get_state (board), ==, ROM_ERROR);
  g_assert_cmphex (board_fixture_get_status (board), ==, BROKEN_HEADER);
}

static void
test_other_magic (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = board_fixture_make_golden ();

  memcpy (payload->data, "070702", 6);
  memcpy (payload->data + 0x234, "070702", 6);
  g_assert_cmphex (download (board, payload), ==, GOOD);
}

static void
test_without_trailer (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = board_fixture_make_golden ();

  g_assert_cmphex (board_fixture_download (board, payload->data, 0x18b8, 64), ==, GOOD);
  g_assert_cmphex (board_fixture_download (board, payload->data, 0x18b0, 64), ==, WRONG_MD5);
}

static void
test_no_table (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (1000, 10);

  archive_maker_append_member (payload, "a", bytes, 1000);
  g_assert_cmphex (download (board, payload), ==, GOOD);
  g_assert_true (board_fixture_is_erased (board));
}

static void
test_flags (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (512, 11);
  guint8 both[256];

  /* The second is written over the first, without an erase and without a check. */
  archive_maker_list (maker, "first", 0x10000, ROM_FILE_NO_MD5, bytes, 256);
  archive_maker_put (maker, "first", bytes, 256);
  archive_maker_list (maker, "second", 0x10000, ROM_FILE_NO_ERASE | ROM_FILE_NO_MD5, bytes, 256);
  archive_maker_put (maker, "second", bytes + 256, 256);
  archive_maker_list (maker, "ram", 0x20000, ROM_FILE_TO_RAM, bytes, 256);
  archive_maker_put (maker, "ram", bytes, 256);
  g_assert_cmphex (download_maker (board, maker), ==, GOOD);

  for (guint i = 0; i < sizeof both; i++)
    both[i] = bytes[i] & bytes[256 + i];
  board_fixture_assert_flash (board, 0x10000, both, sizeof both);
  g_assert_cmpuint (nor_flash_get_sector_erases (board_get_flash (board), 0x20), ==, 0);
}

static void
test_odd_address (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = board_fixture_make_data (256, 12);

  archive_maker_add (maker, "a", 0x10002, bytes, 256);
  g_assert_cmphex (download_maker (board, maker), ==, WRONG_MD5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add_func ("/esp32s2-archives/" name, function)
#define ADD_DATA(name, data, function)                                                             \
  g_test_add_data_func ("/esp32s2-archives/" name, data, function)
  ADD ("wrong-md5", test_wrong_md5);
  ADD ("two-files-in-a-sector", test_two_files_in_a_sector);
  ADD ("beyond-the-chip", test_beyond_the_chip);
  ADD ("missing-file", test_missing_file);
  ADD ("name-of-64", test_name_of_64);
  ADD ("unlisted-file", test_unlisted_file);
  ADD ("file-before-the-table", test_file_before_the_table);
  ADD_DATA ("64-files", GUINT_TO_POINTER (64), test_too_many_files);
  ADD_DATA ("65-files", GUINT_TO_POINTER (65), test_too_many_files);
  ADD ("broken-header", test_broken_header);
  ADD ("other-magic", test_other_magic);
  ADD ("without-trailer", test_without_trailer);
  ADD ("no-table", test_no_table);
  ADD ("flags", test_flags);
  ADD ("odd-address", test_odd_address);

  return g_test_run ();
}
