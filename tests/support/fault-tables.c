/* fault-tables.c: boards, work and faults, to be multiplied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fault-tables.h"

#include "board-dfuse.h"
#include "board-esp32s2.h"
#include "board-generic-dfu.h"
#include "board-nano-esp32.h"
#include "engine-seam.h"
#include "firmware-dfuse.h"
#include "firmware-segment-list.h"
#include "test-image.h"

#define ROM_FLASH_SIZE (128 * 1024)
#define GENERIC_SIZE 20000

#define FLASH 0x08000000u
#define SECOND_BANK 0x08100000u
#define DFUSE_SIZE 5000
#define CHIP_ID_S3 9
#define APP_SIZE 14000
#define SLOT_SIZE (32 * 1024)

static gint64
get_now (void)
{
  return engine_seam.now;
}

/* With no more flash than is needed: each try has a new one. At a restart its program shows on the
 * bus. */
static Board *
create_rom (void)
{
  const BoardEsp32s2Options options = { .chip = &esp32s2_rom_chip_s2,
                                        .start = BOARD_ESP32S2_HOLD_BOOT,
                                        .has_usb_application = TRUE,
                                        .flash_size = ROM_FLASH_SIZE };
  Board *board = board_esp32s2_new (&options);

  board_power_on (board);
  board_bus_reset (board);
  return board;
}

static Board *
power_on (Board *board)
{
  board_power_on (board);
  return board;
}

static Board *
create_generic (void)
{
  const BoardGenericDfuOptions options = { .busy_ms = 5, .manifest_ms = 50, .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

static Board *
create_intolerant (void)
{
  const BoardGenericDfuOptions options = {
    .is_intolerant = TRUE, .waits_for_reset = TRUE, .manifest_ms = 50, .get_time = get_now
  };

  return power_on (board_generic_dfu_new (&options));
}

static Board *
create_leaver (void)
{
  const BoardGenericDfuOptions options = { .leaves = BOARD_GENERIC_DFU_LEAVES_STATUS,
                                           .get_time = get_now };

  return power_on (board_generic_dfu_new (&options));
}

static Board *
create_dfuse (const char *kind)
{
  const BoardDfuseOptions options = {
    .part = dfuse_part_find (kind), .busy_ms = 5, .erase_ms = 50, .get_time = get_now
  };

  return power_on (board_dfuse_new (&options));
}

static Board *
create_f4 (void)
{
  return create_dfuse ("stm32f4");
}

static Board *
create_h7 (void)
{
  return create_dfuse ("stm32h7");
}

static Board *
create_l4 (void)
{
  return create_dfuse ("stm32l4");
}

static Board *
create_gd32 (void)
{
  return create_dfuse ("gd32vf103");
}

static Board *
create_nano (void)
{
  const BoardNanoEsp32Options options = { .slot_size = SLOT_SIZE, .get_time = get_now };

  return power_on (board_nano_esp32_new (&options));
}

static guint64
begin_at_zero (Board *board)
{
  return 0;
}

static guint64
begin_at_flash (Board *board)
{
  return FLASH;
}

/* An application says where the first of its places is, and may lie in the second. */
static guint64
begin_at_slot (Board *board)
{
  return BOARD_NANO_ESP32_FIRST_SLOT - (guint64) board_nano_esp32_get_start (board);
}

static GBytes *
create_archive (void)
{
  return test_image_new (6000);
}

static GBytes *
create_plain (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (GENERIC_SIZE, 2);

  return firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
}

static void
add_pattern (FirmwareSegmentList *segments, guint32 address)
{
  g_autoptr (GBytes) data = test_image_new_pattern (DFUSE_SIZE, 2);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate ("flash", 0, address, data);

  firmware_segment_list_add (segments, segment);
}

/* In two runs, for each of which an address is set. */
static GBytes *
create_addressed (guint32 second)
{
  const FirmwareDfuSuffix ids = { .vendor = 0xffff, .product = 0xffff, .device = 0xffff };
  g_autoptr (FirmwareSegmentList) segments = firmware_segment_list_new ();
  g_autoptr (GError) error = NULL;
  GBytes *file = NULL;

  add_pattern (segments, FLASH);
  add_pattern (segments, second);
  file = firmware_dfuse_write (G_LIST_MODEL (segments), &ids, &error);
  g_assert_no_error (error);
  return file;
}

static GBytes *
create_dfuse_file (void)
{
  return create_addressed (FLASH + 0x8000);
}

static GBytes *
create_banks (void)
{
  return create_addressed (SECOND_BANK);
}

static GBytes *
create_application (void)
{
  return test_image_new_app (CHIP_ID_S3, APP_SIZE, "blink", "1.0.3", "v5.2.1");
}

const FaultKind fault_kinds[] = {
  { "rom", create_rom, create_archive, begin_at_zero, 3, FALSE, FALSE, TRUE, FALSE, TRUE },
  { "generic", create_generic, create_plain, begin_at_zero, 15, TRUE, FALSE, FALSE },
  { "intolerant", create_intolerant, create_plain, begin_at_zero, 15, TRUE, FALSE, FALSE, TRUE },
  { "leaver", create_leaver, create_plain, begin_at_zero, 15, TRUE, FALSE, FALSE, TRUE },
  { "stm32f4", create_f4, create_dfuse_file, begin_at_flash, 11, FALSE, FALSE, FALSE },
  { "stm32h7", create_h7, create_banks, begin_at_flash, 11, FALSE, FALSE, FALSE },
  { "stm32l4", create_l4, create_dfuse_file, begin_at_flash, 11, FALSE, FALSE, FALSE },
  { "gd32vf103", create_gd32, create_dfuse_file, begin_at_flash, 17, TRUE, FALSE, FALSE },
  { "nano-esp32", create_nano, create_application, begin_at_slot, 5, FALSE, TRUE, TRUE },
};

const FaultWork fault_works[] = {
  { "write", DFU_UPGRADE_DEFAULT, FALSE, FALSE },
  { "all", DFU_UPGRADE_READ_BACK_ALWAYS | DFU_UPGRADE_RESTART, TRUE, FALSE },
  { "stay", DFU_UPGRADE_READ_BACK | DFU_UPGRADE_STAY, FALSE, FALSE },
  { "read", DFU_UPGRADE_DEFAULT, FALSE, TRUE },
  { "erase", DFU_UPGRADE_DEFAULT, FALSE, FALSE, TRUE, FALSE },
  { "unprotect", DFU_UPGRADE_DEFAULT, FALSE, FALSE, TRUE, TRUE },
};

const Fault faults[] = {
  { "unplug", BOARD_WORLD_UNPLUG, BOARD_WORLD_RETURNS },
  { "stall", BOARD_WORLD_STALL, BOARD_WORLD_RETURNS },
  { "break", BOARD_WORLD_BREAK, BOARD_WORLD_RETURNS },
  { "time-out", BOARD_WORLD_TIME_OUT, BOARD_WORLD_RETURNS },
  { "short", BOARD_WORLD_SHORT, BOARD_WORLD_RETURNS },
  { "garbage", BOARD_WORLD_GARBAGE, BOARD_WORLD_RETURNS },
  { "wrong-state", BOARD_WORLD_WRONG_STATE, BOARD_WORLD_RETURNS },
  { "busy", BOARD_WORLD_BUSY, BOARD_WORLD_RETURNS },
  { "leave", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS },
  { "leave-other", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS_OTHER },
  { "leave-elsewhere", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS_ELSEWHERE },
  { "leave-never", BOARD_WORLD_LEAVE, BOARD_WORLD_RETURNS_NEVER },
  { "cancel", BOARD_WORLD_CANCEL, BOARD_WORLD_RETURNS },
  { "cancel-never", BOARD_WORLD_CANCEL, BOARD_WORLD_RETURNS_NEVER },
  { "cancel-silent", BOARD_WORLD_CANCEL_SILENT, BOARD_WORLD_RETURNS },
};

const guint n_fault_kinds = G_N_ELEMENTS (fault_kinds);
const guint n_fault_works = G_N_ELEMENTS (fault_works);
const guint n_faults = G_N_ELEMENTS (faults);

gboolean
fault_kind_can_do (const FaultKind *kind, const FaultWork *work)
{
  return !(kind->is_mute && work->reads) && (!work->erases || kind->find_base == begin_at_flash);
}
