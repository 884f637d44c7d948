/* test-setup-board.c: which board is there, and how it gets into its bootloader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-board.h"
#include "setup-bootloader.h"
#include "test-verdict.h"

typedef struct {
  const char *name;
  SetupBoardFacts facts;
  SetupState state;
  SetupAction action;
  const char *words;
} BoardCase;

#define NAMED .connected = TRUE, .name = (char *) "Thing"

static const BoardCase board_cases[] = {
  { "nothing", { 0 }, SETUP_STATE_WAITING, SETUP_ACTION_SHOW_WIRING, "cables only charge" },
  { "nothing-yet", { 0 }, SETUP_STATE_WAITING, SETUP_ACTION_SHOW_WIRING, "hold BOOT, tap RESET" },
  { "nothing-wired", { 0 }, SETUP_STATE_WAITING, SETUP_ACTION_SHOW_WIRING, "D+ and D−" },
  { "strangers",
    { .n_devices = 4 },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_WIRING,
    "No board that Bootlace knows" },
  { "port",
    { .wanted = "1-2" },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_WIRING,
    "Nothing is connected at USB port 1-2." },
  { "virtual-machine",
    { .machine = { SETUP_MACHINE_VIRTUAL, SETUP_HYPERVISOR_QEMU } },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_WIRING,
    "hand the board to it" },
  { "rom",
    { NAMED, .kind = SETUP_BOARD_KIND_ROM },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "Thing is connected." },
  { "application",
    { NAMED, .kind = SETUP_BOARD_KIND_APPLICATION },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "Thing is connected." },
  { "unknown-dfu", { NAMED, .speaks_dfu = TRUE }, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "Thing" },
  { "stranger", { NAMED }, SETUP_STATE_DOUBTFUL, SETUP_ACTION_NONE, "does not know" },
  { "bridge",
    { NAMED, .kind = SETUP_BOARD_KIND_SERIAL_BRIDGE },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_WIRING,
    "other USB socket" },
  { "debug-probe",
    { NAMED, .kind = SETUP_BOARD_KIND_DEBUG_PROBE },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_WIRING,
    "Only a debug probe is connected (Thing)." },
  { "bridge-with-dfu",
    { NAMED, .kind = SETUP_BOARD_KIND_SERIAL_BRIDGE, .speaks_dfu = TRUE },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "Thing is connected." },
};

typedef struct {
  const char *name;
  SetupBootloaderFacts facts;
  SetupState state;
  SetupAction action;
  const char *words;
} BootloaderCase;

static const BootloaderCase bootloader_cases[] = {
  { "nothing", { FALSE }, SETUP_STATE_SKIPPED, SETUP_ACTION_NONE, "once a board is connected" },
  { "dfu-mode",
    { TRUE, SETUP_BOARD_KIND_ROM, TRUE, DFU_MODE_DFU },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "waits for firmware" },
  { "runtime-mode",
    { TRUE, SETUP_BOARD_KIND_UNKNOWN, TRUE, DFU_MODE_RUNTIME },
    SETUP_STATE_GOOD,
    SETUP_ACTION_NONE,
    "switch the board to its bootloader itself" },
  /* A sketch that kept the ids of the ROM. */
  { "rom-ids",
    { TRUE, SETUP_BOARD_KIND_ROM },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_BOOTLOADER,
    "runs its application" },
  { "application",
    { TRUE, SETUP_BOARD_KIND_APPLICATION },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_BOOTLOADER,
    "Hold BOOT" },
  { "uf2",
    { TRUE, SETUP_BOARD_KIND_UF2 },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_BOOTLOADER,
    "a drive for UF2 files" },
  { "bridge",
    { TRUE, SETUP_BOARD_KIND_SERIAL_BRIDGE },
    SETUP_STATE_SKIPPED,
    SETUP_ACTION_NONE,
    "other socket" },
  { "serial-jtag",
    { TRUE, SETUP_BOARD_KIND_SERIAL_JTAG },
    SETUP_STATE_BAD,
    SETUP_ACTION_SHOW_LIMITS,
    "idf.py flash" },
  { "debug-probe",
    { TRUE, SETUP_BOARD_KIND_DEBUG_PROBE },
    SETUP_STATE_SKIPPED,
    SETUP_ACTION_NONE,
    "other socket" },
  { "uf2-only",
    { TRUE, SETUP_BOARD_KIND_UF2_ONLY },
    SETUP_STATE_BAD,
    SETUP_ACTION_SHOW_LIMITS,
    "has no DFU" },
  { "foreign",
    { TRUE, SETUP_BOARD_KIND_FOREIGN },
    SETUP_STATE_BAD,
    SETUP_ACTION_SHOW_LIMITS,
    "dfu-programmer" },
  { "stranger",
    { TRUE, SETUP_BOARD_KIND_UNKNOWN },
    SETUP_STATE_WAITING,
    SETUP_ACTION_SHOW_BOOTLOADER,
    "If it is a board" },
};

static void
test_board (gconstpointer user_data)
{
  const BoardCase *row = user_data;
  g_autoptr (SetupVerdict) verdict = setup_board_decide (&row->facts);

  test_assert_verdict (verdict, row->state, row->action, row->words, NULL);
}

static void
test_bootloader (gconstpointer user_data)
{
  const BootloaderCase *row = user_data;
  g_autoptr (SetupVerdict) verdict = setup_bootloader_decide (&row->facts);

  test_assert_verdict (verdict, row->state, row->action, row->words, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (board_cases); i++) {
    g_autofree char *path = g_strconcat ("/setup/board/", board_cases[i].name, NULL);

    g_test_add_data_func (path, &board_cases[i], test_board);
  }

  for (guint i = 0; i < G_N_ELEMENTS (bootloader_cases); i++) {
    g_autofree char *path = g_strconcat ("/setup/bootloader/", bootloader_cases[i].name, NULL);

    g_test_add_data_func (path, &bootloader_cases[i], test_bootloader);
  }

  return g_test_run ();
}
