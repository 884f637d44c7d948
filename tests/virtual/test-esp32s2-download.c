/* test-esp32s2-download.c: what the virtual loader makes of a download
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-fixture.h"

#include <string.h>

#define GOOD 0x0002

static guint
download (Board *board, GByteArray *payload)
{
  return board_fixture_download (board, payload->data, payload->len, 64);
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
  g_autoptr (GByteArray) payload = board_fixture_make_golden ();
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
  g_autoptr (GByteArray) payload = board_fixture_make_golden ();
  g_autofree guint8 *expected = NULL;

  for (gsize block = 1; block <= 64; block++) {
    g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
    const guint8 *contents = nor_flash_get_contents (board_get_flash (board));

    g_assert_cmphex (board_fixture_download (board, payload->data, payload->len, block), ==, GOOD);
    if (expected == NULL)
      expected = g_memdup2 (contents, BOARD_FIXTURE_FLASH_SIZE);
    g_assert_cmpmem (contents, BOARD_FIXTURE_FLASH_SIZE, expected, BOARD_FIXTURE_FLASH_SIZE);
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
    g_autofree guint8 *bytes = board_fixture_make_data (cases[i].kib * 1024, i);
    g_autoptr (GByteArray) payload = NULL;
    const NorFlashStats *stats = nor_flash_get_stats (board_get_flash (board));

    archive_maker_add_parameters (maker, BOARD_FIXTURE_FLASH_SIZE);
    archive_maker_add (maker, "app.bin", cases[i].address, bytes, cases[i].kib * 1024);
    payload = archive_maker_finish (maker);
    g_assert_cmphex (download (board, payload), ==, GOOD);
    g_assert_cmpuint (stats->n_sector_erases, ==, cases[i].n_sectors);
    g_assert_cmpuint (stats->n_block_erases, ==, cases[i].n_blocks);
    board_fixture_assert_flash (board, cases[i].address, bytes, cases[i].kib * 1024);
  }
}

/* What is no archive is written raw, and nobody minds. */

static void
test_raw (gconstpointer data)
{
  gsize length = GPOINTER_TO_SIZE (data);
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);
  g_autofree guint8 *bytes = board_fixture_make_data (length, 13);
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
  g_autoptr (GByteArray) payload = board_fixture_make_golden ();

  g_assert_cmphex (board_fixture_download (board, payload->data, 232, 64), ==, GOOD);
  g_assert_true (board_fixture_is_erased (board));
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
  ADD_DATA ("raw/1", GSIZE_TO_POINTER (1), test_raw);
  ADD_DATA ("raw/256", GSIZE_TO_POINTER (256), test_raw);
  ADD_DATA ("raw/4097", GSIZE_TO_POINTER (4097), test_raw);
  ADD_DATA ("raw/20000", GSIZE_TO_POINTER (20000), test_raw);
  ADD ("short-archive-is-raw", test_short_archive_is_raw);

  return g_test_run ();
}
