/* test-esp32s2-descriptors.c: what the virtual loader is on the bus, byte for byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-fixture.h"

#include <errno.h>
#include <string.h>

#define DEVICE "12010002ef0201403a300200230701020301"
#define DEVICE_S3 "12010002ef0201403a300900280701020301"
#define CONFIGURATION(protocol)                                                                    \
  "09025d00030100c0fa080b000202020000"                                                             \
  "090400000102020000052400100104240202052406000105240103010705850340000"                          \
  "1090401000"                                                                                     \
  "20a020000070503024000010705840240000109040200"                                                  \
  "00fe01" protocol "000921"                                                                       \
  "0fbc0240001001"

static int
standard_request (Board *board, guint type, guint request, guint value, guint8 *data, guint length)
{
  BoardSetup setup = {
    .request_type = type,
    .request = request,
    .value = value,
    .length = length,
  };
  BoardReply reply;

  board_control (board, &setup, data, &reply);

  return reply.result;
}

static char *
dup_descriptor (Board *board, guint value)
{
  guint8 data[255];
  GString *text = g_string_new (NULL);
  int length = standard_request (board, 0x80, 6, value, data, sizeof data);

  for (int i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", data[i]);

  return g_string_free (text, FALSE);
}

static void
assert_descriptor (Board *board, guint value, const char *expected)
{
  g_autofree char *text = dup_descriptor (board, value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_runtime (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_HOLD_BOOT);

  assert_descriptor (board, 0x0100, DEVICE);
  assert_descriptor (board, 0x0200, CONFIGURATION ("01"));
}

static void
test_dfu (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_REQUEST_DFU);

  assert_descriptor (board, 0x0100, DEVICE);
  assert_descriptor (board, 0x0200, CONFIGURATION ("02"));
}

static void
test_strings (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_HOLD_BOOT);

  assert_descriptor (board, 0x0300, "04030904");
  assert_descriptor (board, 0x0301,
                     "14034500730070007200650073007300690066"
                     "00");
  assert_descriptor (board, 0x0302,
                     "12034500530050003300320"
                     "02d0053003200");
  assert_descriptor (board, 0x0303, "04033000");
}

static void
test_other_chip (void)
{
  const BoardEsp32s2Options options = {
    .chip = &esp32s2_rom_chip_s3,
    .start = BOARD_ESP32S2_HOLD_BOOT,
    .flash_size = 4 * 1024 * 1024,
  };
  g_autoptr (Board) board = board_esp32s2_new (&options);

  board_power_on (board);
  assert_descriptor (board, 0x0100, DEVICE_S3);
}

static void
test_stalls (void)
{
  static const guint values[] = { 0x0304, 0x03ee, 0x0600, 0x0700, 0x0f00, 0x2100 };
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_HOLD_BOOT);
  guint8 data[64];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpint (standard_request (board, 0x80, 6, values[i], data, 64), ==, -EPIPE);

  g_assert_cmpint (standard_request (board, 0x81, 6, 0x2100, data, 64), ==, -EPIPE);
  g_assert_cmpint (standard_request (board, 0x00, 3, 1, NULL, 0), ==, -EPIPE);  /* SET_FEATURE */
  g_assert_cmpint (standard_request (board, 0x00, 7, 0, NULL, 0), ==, -EPIPE);  /* SET_DESCRIPTOR */
  g_assert_cmpint (standard_request (board, 0x82, 12, 0, data, 2), ==, -EPIPE); /* SYNCH_FRAME */
}

static void
test_other_requests (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_HOLD_BOOT);
  guint8 data[8];

  g_assert_cmpint (standard_request (board, 0x80, 0, 0, data, 2), ==, 2);
  g_assert_cmpmem (data, 2, ((const guint8[]){ 1, 0 }), 2);
  g_assert_cmpint (standard_request (board, 0x81, 0, 0, data, 2), ==, 2);
  g_assert_cmpmem (data, 2, ((const guint8[]){ 0, 0 }), 2);
  g_assert_cmpint (standard_request (board, 0x80, 8, 0, data, 1), ==, 1);
  g_assert_cmpuint (data[0], ==, 1);
  g_assert_cmpint (standard_request (board, 0x01, 11, 77, NULL, 0), ==, 0);
  g_assert_cmpint (standard_request (board, 0x81, 10, 0, data, 1), ==, 1);
  g_assert_cmpuint (data[0], ==, 0);

  /* the CDC requests */
  g_assert_cmpint (standard_request (board, 0x21, 0x20, 0, (guint8[7]){ 1, 2, 3 }, 7), ==, 7);
  g_assert_cmpint (standard_request (board, 0xa1, 0x21, 0, data, 7), ==, 7);
  g_assert_cmpmem (data, 7, ((const guint8[]){ 1, 2, 3, 0, 0, 0, 0 }), 7);
  g_assert_cmpint (standard_request (board, 0x21, 0x22, 3, NULL, 0), ==, 0);
  g_assert_cmpint (standard_request (board, 0x21, 0x23, 0, NULL, 0), ==, -EPIPE);
  g_assert_cmpint (standard_request (board, 0xc0, 1, 0, data, 1), ==, -EPIPE);
}

static void
test_crashes (void)
{
  g_autoptr (Board) board = board_fixture_new (BOARD_ESP32S2_HOLD_BOOT);
  g_autoptr (Board) other = board_fixture_new (BOARD_ESP32S2_HOLD_BOOT);
  guint8 data[9];

  g_assert_cmpint (standard_request (board, 0x80, 6, 0x0201, data, 9), ==, BOARD_NO_ANSWER);
  g_assert_cmpint (standard_request (board, 0x80, 6, 0x0200, data, 9), ==, BOARD_NO_ANSWER);
  g_assert_cmpint (standard_request (other, 0x00, 9, 2, NULL, 0), ==, BOARD_NO_ANSWER);
  g_assert_cmpint (standard_request (other, 0x80, 6, 0x0200, data, 9), ==, BOARD_NO_ANSWER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/esp32s2-descriptors/runtime", test_runtime);
  g_test_add_func ("/esp32s2-descriptors/dfu", test_dfu);
  g_test_add_func ("/esp32s2-descriptors/strings", test_strings);
  g_test_add_func ("/esp32s2-descriptors/other-chip", test_other_chip);
  g_test_add_func ("/esp32s2-descriptors/stalls", test_stalls);
  g_test_add_func ("/esp32s2-descriptors/other-requests", test_other_requests);
  g_test_add_func ("/esp32s2-descriptors/crashes", test_crashes);

  return g_test_run ();
}
