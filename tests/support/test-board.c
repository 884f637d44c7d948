/* test-board.c: boards that take no time, for tests of the protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-board.h"

#include "firmware-image.h"

#define FLASH_SIZE (4 * 1024 * 1024)

Board *
test_board_new (DfuMode mode)
{
  const BoardEsp32s2Options options = {
    .chip = &esp32s2_rom_chip_s2,
    .start = mode == DFU_MODE_DFU ? BOARD_ESP32S2_REQUEST_DFU : BOARD_ESP32S2_HOLD_BOOT,
    .flash_size = FLASH_SIZE,
  };
  Board *board = board_esp32s2_new (&options);

  g_assert_cmpint (board_power_on (board), ==, 0);
  board_bus_reset (board);

  return board;
}

DfuInterface
test_board_get_interface (DfuMode mode)
{
  return (DfuInterface){
    .number = 2,
    .n_alternates = 1,
    .mode = mode,
    .descriptor = { .can_download = TRUE,
                    .can_upload = TRUE,
                    .manifestation_tolerant = TRUE,
                    .will_detach = TRUE,
                    .detach_timeout = 700,
                    .transfer_size = 64,
                    .version = 0x0110 },
  };
}

void
test_board_assert_flash (Board *board, GBytes *archive)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (archive, &error);
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board));
  GListModel *segments;

  g_assert_no_error (error);

  segments = firmware_image_get_segments (image);
  g_assert_cmpuint (g_list_model_get_n_items (segments), >, 0);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    gsize size;
    const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

    g_assert_cmpmem (flash + firmware_segment_get_address (segment), size, data, size);
  }
}
