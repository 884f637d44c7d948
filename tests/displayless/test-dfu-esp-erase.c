/* test-dfu-esp-erase.c: what an ESP ROM is sent, and how long it may erase for that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-esp-erase.h"
#include "firmware-esp-erase.h"
#include "test-check.h"
#include "test-image.h"

#include <string.h>

#define IN_FLIGHT 1024
#define BEFORE_ERASE 512
#define TIMEOUT 35000

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/esp-erase/choice", test_choice);
  g_test_add_func ("/dfu/esp-erase/timeout", test_timeout);
  g_test_add_func ("/dfu/esp-erase/patience", test_patience);

  return g_test_run ();
}
