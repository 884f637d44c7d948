/* test-esp32s2-download.c: what the virtual loader makes of a download
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
#define FLASH_SIZE (4 * 1024 * 1024)

static guint8 *
make_data (gsize length, guint seed)
{
  guint8 *data = g_malloc (length);
  guint32 state = seed;

  for (gsize i = 0; i < length; i++) {
    state = state * 1664525 + 1013904223;
    data[i] = state >> 24;
  }

  return data;
}

static guint
download (Board *board, GByteArray *payload)
{
  return board_fixture_download (board, payload->data, payload->len, 64);
}

static gboolean
is_erased (Board *board)
{
  const guint8 *contents = nor_flash_get_contents (board_get_flash (board));

  for (gsize i = 0; i < FLASH_SIZE; i++) {
    if (contents[i] != 0xff)
      return FALSE;
  }

  return TRUE;
}

/* The reference sample: what the loader does to the flash, and in which block. */

typedef struct {
  guint block;
  GString *text;
  guint n_reads;
  guint32 first_read, last_read; /* the last is the end of it */
} Trace;

static void
trace_cb (const char *operation, guint32 address, guint32 length, gpointer user_data)
{
  Trace *self = user_data;

  if (g_str_equal (operation, "read")) {
    if (self->n_reads++ == 0)
      self->first_read = address;
    self->last_read = address + length;
    return;
  }

  g_string_append_printf (self->text, "%u %s %x+%u\n", self->block, operation, address, length);
}

static GByteArray *
make_golden_payload (void)
{
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  guint8 bootloader[37], partitions[64], application[5000];

  for (guint i = 0; i < sizeof bootloader; i++)
    bootloader[i] = 7 * i + 3;
  for (guint i = 0; i < sizeof partitions; i++)
    partitions[i] = i % 32 == 0 ? 0xaa : i % 32 == 1 ? 0x50 : i;
  for (guint i = 0; i < sizeof application; i++)
    application[i] = 13 * i + 1;

  archive_maker_add_parameters (maker, FLASH_SIZE);
  archive_maker_add (maker, "bootloader.bin", 0x1000, bootloader, sizeof bootloader);
  archive_maker_add (maker, "partition-table.bin", 0x8000, partitions, sizeof partitions);
  archive_maker_add (maker, "app.bin", 0x10000, application, 4096);
  archive_maker_add (maker, "app.bin.1", 0x11000, application + 4096, 904);

  return archive_maker_finish (maker);
}

static char *
make_expected_trace (void)
{
  GString *text = g_string_new ("0 attach 0+0\n"
                                "11 attach 0+0\n"
                                "15 erase 1000+4096\n15 write 1000+36\n15 write 1024+4\n"
                                "19 erase 8000+4096\n19 write 8000+64\n"
                                "23 erase 10000+4096\n23 write 10000+256\n");

  for (guint block = 27; block <= 83; block += 4)
    g_string_append_printf (text, "%u write %x+256\n", block, 0x10100 + (block - 27) / 4 * 256);
  g_string_append (text, "91 erase 11000+4096\n91 write 11000+256\n"
                         "95 write 11100+256\n"
                         "99 write 11200+256\n99 write 11300+136\n");

  return g_string_free (text, FALSE);
}

static void
test_golden_trace (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = make_golden_payload ();
  g_autofree char *expected = make_expected_trace ();
  g_autoptr (GString) text = g_string_new (NULL);
  Trace trace = { .text = text };
  Esp32s2Rom *rom = board_esp32s2_get_rom (board);

  rom->writer.trace = trace_cb;
  rom->writer.trace_data = &trace;
  g_assert_cmpuint (payload->len, ==, 10240);

  for (; trace.block < 160; trace.block++) {
    board_fixture_request (board, ROM_DNLOAD, trace.block, payload->data + trace.block * 64, 64);
    g_assert_cmphex (board_fixture_get_status (board), ==, 0x0005);
  }
  g_assert_cmpuint (trace.n_reads, ==, 0);
  board_fixture_request (board, ROM_DNLOAD, 160, NULL, 0);

  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (trace.n_reads, ==, 81);
  g_assert_cmphex (trace.first_read, ==, 0x1000);
  g_assert_cmphex (trace.last_read, ==, 0x11388);
  g_assert_cmphex (board_fixture_get_status (board), ==, GOOD);
}

/* However the bytes are cut, they are the same bytes. */
static void
test_any_block_length (void)
{
  g_autoptr (GByteArray) payload = make_golden_payload ();
  g_autofree guint8 *expected = NULL;

  for (gsize block = 1; block <= 64; block++) {
    g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
    const guint8 *contents = nor_flash_get_contents (board_get_flash (board));

    g_assert_cmphex (board_fixture_download (board, payload->data, payload->len, block), ==, GOOD);
    if (expected == NULL)
      expected = g_memdup2 (contents, FLASH_SIZE);
    g_assert_cmpmem (contents, FLASH_SIZE, expected, FLASH_SIZE);
  }
}

static void
test_erases (void)
{
  /* kibibytes, sectors, blocks; all but the last begin with a block */
  static const struct {
    gsize kib;
    guint32 address;
    guint64 n_sectors, n_blocks;
  } cases[] = {
    { 4, 0x10000, 1, 0 },    { 64, 0x10000, 16, 0 },  { 128, 0x10000, 32, 0 },
    { 132, 0x10000, 17, 1 }, { 512, 0x10000, 32, 6 }, { 1024, 0x10000, 32, 14 },
    { 64, 0xe000, 16, 0 },   { 256, 0xe000, 16, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
    g_autoptr (ArchiveMaker) maker = archive_maker_new ();
    g_autofree guint8 *bytes = make_data (cases[i].kib * 1024, i);
    g_autoptr (GByteArray) payload = NULL;
    const NorFlashStats *stats = nor_flash_get_stats (board_get_flash (board));

    archive_maker_add_parameters (maker, FLASH_SIZE);
    archive_maker_add (maker, "app.bin", cases[i].address, bytes, cases[i].kib * 1024);
    payload = archive_maker_finish (maker);
    g_assert_cmphex (download (board, payload), ==, GOOD);
    g_assert_cmpuint (stats->n_sector_erases, ==, cases[i].n_sectors);
    g_assert_cmpuint (stats->n_block_erases, ==, cases[i].n_blocks);
    board_fixture_assert_flash (board, cases[i].address, bytes, cases[i].kib * 1024);
  }
}

/* What is wrong with an archive, and what comes of it. */

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
  g_autofree guint8 *bytes = make_data (5000, 1);
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
  g_autofree guint8 *bytes = make_data (512, 2);

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
  g_autofree guint8 *bytes = make_data (512, 3);

  archive_maker_add (without, "a", 0x200000, bytes, 512);
  g_assert_cmphex (download_maker (board, without), ==, WRONG_MD5);
  g_assert_true (is_erased (board));
  board_fixture_request (board, ROM_CLRSTATUS, 0, NULL, 0);

  archive_maker_add_parameters (with, FLASH_SIZE);
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
  g_autofree guint8 *bytes = make_data (512, 4);

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
  g_autofree guint8 *bytes = make_data (256, 5);

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
  g_autofree guint8 *bytes = make_data (700, 6);

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
  g_autofree guint8 *bytes = make_data (300, 7);

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
  g_autofree guint8 *bytes = make_data (100, 8);

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
  g_autofree guint8 *bytes = make_data (512, 9);
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
  g_autoptr (GByteArray) payload = make_golden_payload ();

  memcpy (payload->data, "070702", 6);
  memcpy (payload->data + 0x234, "070702", 6);
  g_assert_cmphex (download (board, payload), ==, GOOD);
}

static void
test_without_trailer (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = make_golden_payload ();

  g_assert_cmphex (board_fixture_download (board, payload->data, 0x18b8, 64), ==, GOOD);
  g_assert_cmphex (board_fixture_download (board, payload->data, 0x18b0, 64), ==, WRONG_MD5);
}

static void
test_no_table (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autofree guint8 *bytes = make_data (1000, 10);

  archive_maker_append_member (payload, "a", bytes, 1000);
  g_assert_cmphex (download (board, payload), ==, GOOD);
  g_assert_true (is_erased (board));
}

static void
test_flags (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (ArchiveMaker) maker = archive_maker_new ();
  g_autofree guint8 *bytes = make_data (512, 11);
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
  g_autofree guint8 *bytes = make_data (256, 12);

  archive_maker_add (maker, "a", 0x10002, bytes, 256);
  g_assert_cmphex (download_maker (board, maker), ==, WRONG_MD5);
}

/* What is no archive is written raw, and nobody minds. */

static void
test_raw (gconstpointer data)
{
  gsize length = GPOINTER_TO_SIZE (data);
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autofree guint8 *bytes = make_data (length, 13);
  NorFlash *flash = board_get_flash (board);

  g_assert_cmphex (board_fixture_download (board, bytes, length, 64), ==, GOOD);
  board_fixture_assert_flash (board, 0, bytes, length);
  for (gsize sector = 0; sector < 16; sector++)
    g_assert_cmpuint (nor_flash_get_sector_erases (flash, sector), ==, sector * 4096 < length);
}

static void
test_short_archive_is_raw (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autoptr (GByteArray) payload = make_golden_payload ();

  g_assert_cmphex (board_fixture_download (board, payload->data, 232, 64), ==, GOOD);
  g_assert_true (is_erased (board));
  g_assert_cmphex (board_fixture_download (board, payload->data, 231, 64), ==, GOOD);
  board_fixture_assert_flash (board, 0, payload->data, 231);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add_func ("/esp32s2-download/" name, function)
#define ADD_DATA(name, data, function)                                                             \
  g_test_add_data_func ("/esp32s2-download/" name, data, function)
  ADD ("golden-trace", test_golden_trace);
  ADD ("any-block-length", test_any_block_length);
  ADD ("erases", test_erases);
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
  ADD_DATA ("raw/1", GSIZE_TO_POINTER (1), test_raw);
  ADD_DATA ("raw/256", GSIZE_TO_POINTER (256), test_raw);
  ADD_DATA ("raw/4097", GSIZE_TO_POINTER (4097), test_raw);
  ADD_DATA ("raw/20000", GSIZE_TO_POINTER (20000), test_raw);
  ADD ("short-archive-is-raw", test_short_archive_is_raw);

  return g_test_run ();
}
