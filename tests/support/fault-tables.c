/* fault-tables.c: boards, work and faults, to be multiplied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fault-tables.h"

#include <glib/gstdio.h>

#include "board-dfuse.h"
#include "board-esp32s2.h"
#include "board-generic-dfu.h"
#include "board-nano-esp32.h"
#include "dfu-erase.h"
#include "dfu-readout.h"
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

gboolean
fault_run_holds_image (FaultRun *self)
{
  Board *board = board_world_get_board ();
  const guint8 *flash = nor_flash_get_contents (board_get_flash (board));
  const guint64 base = self->kind->find_base (board);
  GListModel *segments = firmware_image_get_segments (self->image);
  const guint n_segments = g_list_model_get_n_items (segments);
  GBytes *payload = firmware_image_get_payload (self->image);

  for (guint i = 0; i < n_segments; i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (memcmp (flash + (firmware_segment_get_address (segment) - base),
                g_bytes_get_data (firmware_segment_get_data (segment), NULL),
                firmware_segment_get_size (segment)) != 0)
      return FALSE;
  }

  return n_segments > 0 ||
         memcmp (flash, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload)) == 0;
}

/* What is never erased is not blank by chance. */
static void
soil (void)
{
  const guint8 dirt = 0x5a;
  NorFlash *flash = board_get_flash (board_world_get_board ());

  nor_flash_program (flash, 0, &dirt, 1);
  nor_flash_program (flash, (guint32) nor_flash_get_size (flash) - 1, &dirt, 1);
}

gboolean
fault_run_is_blank (FaultRun *self)
{
  NorFlash *flash = board_get_flash (board_world_get_board ());
  const guint8 *contents = nor_flash_get_contents (flash);

  return contents[0] == 0xff && contents[nor_flash_get_size (flash) - 1] == 0xff;
}

/* To read back what was compared is thousands of cells of the same. */
static DfuUpgradeFlags
choose_flags (const FaultKind *kind, const FaultWork *work)
{
  return kind->compares ? work->flags & ~DFU_UPGRADE_READ_BACK_ALWAYS : work->flags;
}

static DfuOperation *
create_erase (FaultRun *self, const FaultWork *work)
{
  DfuErase *erase = dfu_erase_new (self->bus, board_world_get_device ());

  soil ();
  dfu_erase_set_read_unprotect (erase, work->read_unprotect);
  return DFU_OPERATION (erase);
}

DfuOperation *
fault_run_create_operation (FaultRun *self, const FaultWork *work)
{
  UsbDevice *device = board_world_get_device ();
  g_auto (DfuChoice) choice = { 0 };
  DfuReadout *readout;
  DfuUpgrade *upgrade;

  if (work->erases)
    return create_erase (self, work);

  dfu_choice_init (&choice);
  choice.takes_any = TRUE;

  /* Enough to have something to fail in, and little enough to be done thousands of times. */
  if (work->reads) {
    readout = dfu_readout_new (self->bus, device, GENERIC_SIZE / 4);
    dfu_work_set_choice (DFU_WORK (readout), &choice);
    return DFU_OPERATION (readout);
  }

  upgrade = dfu_upgrade_new (self->bus, device, self->image);
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  dfu_upgrade_set_flags (upgrade, choose_flags (self->kind, work));
  dfu_upgrade_set_backup (upgrade, work->backs_up ? self->backup : NULL);
  return DFU_OPERATION (upgrade);
}

void
fault_run_init (FaultRun *self, const FaultKind *kind)
{
  g_autoptr (GBytes) file = kind->create_file ();
  g_autoptr (GError) error = NULL;

  self->kind = kind;
  self->bus = engine_seam_new_bus ();
  self->image = firmware_image_new_from_bytes (file, &error);
  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("bootlace-test-XXXXXX", NULL);
  self->backup =
    kind->backs_up ? g_file_new_build_filename (self->folder, "backup.bin", NULL) : NULL;
}

void
fault_run_clear (FaultRun *self)
{
  if (self->backup != NULL)
    g_file_delete (self->backup, NULL, NULL);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);

  g_assert_finalize_object (self->bus);
  g_clear_object (&self->image);
  g_clear_object (&self->backup);
  g_clear_pointer (&self->folder, g_free);
}
