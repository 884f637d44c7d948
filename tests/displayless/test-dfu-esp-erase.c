/* test-dfu-esp-erase.c: what an ESP ROM is sent, and how long it may erase for that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-esp-erase.h"
#include "firmware-esp-erase.h"
#include "test-board.h"
#include "test-check.h"
#include "test-image.h"

#include <string.h>

#define IN_FLIGHT 1024
#define BEFORE_ERASE 512
#define TIMEOUT 35000
#define BLOCK ((gsize) 64)
#define SECTOR_SECONDS 0.045
#define BLOCK_SECONDS 0.15

static void
assert_log (DfuLog *log, const char *expected)
{
  g_autofree char *text = dfu_log_dup_text (log);

  if (expected == NULL)
    g_assert_cmpstr (text, ==, "");
  else
    g_assert_nonnull (strstr (text, expected));
}

static void
check_choice (gsize app_size, gboolean as_is, const char *expected_log)
{
  g_autoptr (GBytes) file = test_image_new (app_size);
  g_autoptr (FirmwareImage) image = test_read_image (file);
  g_autoptr (DfuLog) log = dfu_log_new ();
  FirmwareImage *joined = firmware_image_get_joined (image);
  FirmwareImage *sent = dfu_esp_erase_choose_image (image, as_is, log);
  gsize size = 0;
  const guint8 *payload = g_bytes_get_data (firmware_image_get_payload (sent), &size);

  assert_log (log, expected_log);
  if (joined != NULL && !as_is) {
    g_assert_true (sent == joined);
    return;
  }

  /* Byte for byte what is in the file, but for the suffix. */
  g_assert_cmpmem (payload, size, g_bytes_get_data (file, NULL),
                   g_bytes_get_size (file) - FIRMWARE_DFU_SUFFIX_LENGTH);
}

static void
test_choice (void)
{
  check_choice (20000, FALSE, NULL);
  check_choice (20000, TRUE, NULL);
  check_choice (900 * 1024, FALSE, "Joined 2 pieces into 1, which saves 30 of ");
  check_choice (900 * 1024, TRUE, "Sending the file untouched; joining its pieces would save 30 ");
}

static guint
choose (FirmwareImage *image, gsize offset)
{
  return dfu_esp_erase_choose_timeout (image, offset, IN_FLIGHT, TIMEOUT);
}

/* The application comes last; only blocks that may be in flight while it is erased for wait. */
static void
test_timeout (void)
{
  g_autoptr (GBytes) file = test_image_new (3 * 1024 * 1024);
  g_autoptr (FirmwareImage) image = test_read_image (file);
  FirmwareImage *joined = firmware_image_get_joined (image);
  const guint last = firmware_image_get_n_pieces (joined) - 1;
  FirmwareEspErase erase = { 0, 0 };
  gsize offset = 0, size = 0;
  guint64 address = 0;
  guint least;

  size = firmware_image_get_piece (joined, last, &offset, &address);
  firmware_esp_erase_add (&erase, (guint32) address, size);
  least = (guint) (TIMEOUT * firmware_esp_erase_get_time (&erase) / 2340);
  g_assert_cmpuint (least, >, 3 * TIMEOUT);

  g_assert_cmpuint (choose (joined, 64), ==, TIMEOUT);
  g_assert_cmpuint (choose (joined, offset), ==, TIMEOUT);
  g_assert_cmpuint (choose (joined, offset + 1), >=, least);
  g_assert_cmpuint (choose (joined, offset + IN_FLIGHT + BEFORE_ERASE), ==, least);
  g_assert_cmpuint (choose (joined, offset + IN_FLIGHT + BEFORE_ERASE + 1), ==, TIMEOUT);
  g_assert_cmpuint (choose (joined, offset + size), ==, TIMEOUT);

  /* Cut pieces need no more than usual. */
  firmware_image_get_piece (image, last + 1, &offset, NULL);
  g_assert_cmpuint (choose (image, offset + 64), ==, TIMEOUT);
}

/* Whoever asks for more patience has it there as well, as far as it can be counted. */
static void
test_patience (void)
{
  g_autoptr (GBytes) file = test_image_new (3 * 1024 * 1024);
  g_autoptr (FirmwareImage) image = test_read_image (file);
  FirmwareImage *joined = firmware_image_get_joined (image);
  gsize offset = 0;

  firmware_image_get_piece (joined, firmware_image_get_n_pieces (joined) - 1, &offset, NULL);
  offset += IN_FLIGHT;
  g_assert_cmpuint (dfu_esp_erase_choose_timeout (joined, offset, IN_FLIGHT, 2 * TIMEOUT), >=,
                    2 * choose (joined, offset));
  g_assert_cmpuint (dfu_esp_erase_choose_timeout (joined, offset, IN_FLIGHT, G_MAXINT - 1), ==,
                    G_MAXINT);
}

static void
send (Board *board, const guint8 *payload, gsize length)
{
  const BoardSetup setup = { .request_type = 0x21, .request = 1, .length = (guint16) length };
  guint8 data[BLOCK];
  BoardReply reply = { 0 };

  memcpy (data, payload, length);
  board_control (board, &setup, data, &reply);
  g_assert_cmpint (reply.result, ==, length);
}

static double
count_erase_time (Board *board)
{
  NorFlashStats stats = *nor_flash_get_stats (board_get_flash (board));

  return stats.n_sector_erases * SECTOR_SECONDS + stats.n_block_erases * BLOCK_SECONDS;
}

/* What is foretold for a block is what the ROM then erases inside it, for every one of them. */
static void
test_foretold (gconstpointer user_data)
{
  g_autoptr (GBytes) file = test_image_new (GPOINTER_TO_SIZE (user_data));
  g_autoptr (FirmwareImage) image = test_read_image (file);
  Board *board = test_board_new (DFU_MODE_DFU);
  gsize size = 0;
  const guint8 *payload = g_bytes_get_data (firmware_image_get_payload (image), &size);
  guint n_erasing = 0;
  double sum = 0.0;

  for (gsize offset = 0; offset < size; offset += BLOCK) {
    const double foretold = dfu_esp_erase_get_time (image, offset, offset + BLOCK);

    send (board, payload + offset, MIN (size - offset, BLOCK));
    sum += foretold;
    n_erasing += foretold > 0.0;
    g_assert_cmpfloat_with_epsilon (count_erase_time (board), sum, 1e-9);
  }

  g_assert_cmpuint (n_erasing, >, 2);
  g_assert_cmpfloat_with_epsilon (dfu_esp_erase_get_time (image, 0, G_MAXSIZE), sum, 1e-9);
  board_free (board);
}

/* What is foretold for the check is what the ROM then reads back. */
static void
test_check (void)
{
  const BoardEsp32s2Options options = { .chip = &esp32s2_rom_chip_s2,
                                        .start = BOARD_ESP32S2_REQUEST_DFU,
                                        .flash_size = 128 * 1024,
                                        .md5_us_per_mib = G_USEC_PER_SEC };
  const BoardSetup end = { .request_type = 0x21, .request = 1 };
  g_autoptr (GBytes) file = test_image_new (20000);
  g_autoptr (FirmwareImage) image = test_read_image (file);
  Board *board = board_esp32s2_new (&options);
  gsize size = 0;
  const guint8 *payload = g_bytes_get_data (firmware_image_get_payload (image), &size);
  BoardReply reply = { 0 };

  board_power_on (board);
  board_bus_reset (board);
  for (gsize offset = 0; offset < size; offset += BLOCK)
    send (board, payload + offset, MIN (size - offset, BLOCK));

  board_control (board, &end, NULL, &reply);
  g_assert_cmpint (reply.result, ==, 0);
  g_assert_cmpfloat_with_epsilon (dfu_esp_erase_get_check_time (image),
                                  (double) reply.busy_us / G_USEC_PER_SEC, 1e-5);
  board_free (board);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/esp-erase/choice", test_choice);
  g_test_add_func ("/dfu/esp-erase/timeout", test_timeout);
  g_test_add_func ("/dfu/esp-erase/patience", test_patience);
  g_test_add_data_func ("/dfu/esp-erase/foretold", GSIZE_TO_POINTER (20000), test_foretold);
  g_test_add_data_func ("/dfu/esp-erase/foretold-cut", GSIZE_TO_POINTER (900 * 1024),
                        test_foretold);

  g_test_add_func ("/dfu/esp-erase/check", test_check);

  return g_test_run ();
}
