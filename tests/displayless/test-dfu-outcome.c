/* test-dfu-outcome.c: how an upgrade ends, as a table over virtual boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-error.h"
#include "dfu-outcome.h"
#include "firmware-error.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define CHIP_ID_S3 9

/* In milliseconds: as long as the hub takes to notice something, and more. */
#define AT_ONCE 100

#define NOBODY DFU_READ_BACK_NOT_ASKED
#define READ_BACK DFU_UPGRADE_READ_BACK
#define READ_BACK_ALWAYS DFU_UPGRADE_READ_BACK_ALWAYS
#define RESTART DFU_UPGRADE_RESTART
#define STAY DFU_UPGRADE_STAY

typedef struct {
  const char *name;
  const char *board;
  const char *fault; /* (nullable): with "%s" for the port */
  DfuUpgradeFlags flags;

  DfuOutcome outcome;
  DfuRestart restart;
  DfuReadBack read_back;

  /* Of a failure. */
  GQuark (*domain) (void);
  int code;
  const char *words; /* in the error's message */
} OutcomeCase;

#define VERIFIED(restart, read_back) DFU_OUTCOME_VERIFIED, DFU_RESTART_##restart, read_back
#define WRITTEN(restart, read_back) DFU_OUTCOME_WRITTEN, DFU_RESTART_##restart, read_back
#define FAILED(domain, code, words)                                                                \
  DFU_OUTCOME_FAILED, DFU_RESTART_NONE, NOBODY, domain##_error_quark, code, words

static const OutcomeCase cases[] = {
  /* The ROM compares by itself, and stays until somebody restarts it. */
  { "rom", "esp32s2@1-1", NULL, 0, VERIFIED (NONE, NOBODY) },
  { "rom/read-back", "esp32s2@1-1", NULL, READ_BACK, VERIFIED (NONE, DFU_READ_BACK_NEEDLESS) },
  { "rom/read-back-always", "esp32s2@1-1", NULL, READ_BACK_ALWAYS,
    VERIFIED (NONE, DFU_READ_BACK_SAME) },
  { "rom/read-back-restart", "esp32s2@1-1,mode=dfu", NULL, READ_BACK_ALWAYS | RESTART,
    VERIFIED (DONE, DFU_READ_BACK_SAME) },
  { "rom/read-back-unplugged", "esp32s2@1-1", "drop-at %s upload:2", READ_BACK_ALWAYS,
    FAILED (usb, USB_ERROR_GONE, "Reading back: At offset 0x00000080: ") },
  { "rom/restart", "esp32s2@1-1,mode=dfu", NULL, RESTART, VERIFIED (DONE, NOBODY) },
  { "rom/restart-held", "esp32s2@1-1,boot=held", NULL, RESTART, VERIFIED (BOOTLOADER, NOBODY) },
  { "rom/errors", "esp32s2@1-1", "error-at %s manifest 10", 0,
    FAILED (dfu, DFU_ERROR_CORRUPT, "the firmware in the memory is corrupt") },

  /* dfuERROR after the empty block: dfu-util says that all is done. */
  { "error/file", "generic-dfu@1-1", "error-at %s manifest 2", 0,
    FAILED (dfu, DFU_ERROR_REFUSED, "the file fails a check of the device's maker") },
  { "error/firmware", "generic-dfu@1-1", "error-at %s manifest 10", 0,
    FAILED (dfu, DFU_ERROR_CORRUPT, "errFIRMWARE") },
  { "error/unnamed", "generic-dfu@1-1", "error-at %s manifest 99", 0,
    FAILED (dfu, DFU_ERROR_DEVICE, "a status that the specification does not know") },
  { "error/block", "generic-dfu@1-1", "error-at %s block:2 3", 0,
    FAILED (dfu, DFU_ERROR_DEVICE, "the memory could not be written") },
  { "error/refused", "generic-dfu@1-1", "stall-at %s manifest", 0,
    FAILED (dfu, DFU_ERROR_DEVICE, "an unexpected request") },

  /* Tolerant of manifestation or not, and in whatever way they go. */
  { "tolerant", "generic-dfu@1-1", NULL, 0, WRITTEN (NONE, NOBODY) },
  { "tolerant/busy", "generic-dfu@1-1,busy-ms=20,manifest-ms=100", NULL, 0,
    WRITTEN (NONE, NOBODY) },
  { "tolerant/detach-by-reset", "generic-dfu@1-1,detach=reset", NULL, 0, WRITTEN (NONE, NOBODY) },
  { "intolerant", "generic-dfu@1-1,intolerant", NULL, 0, WRITTEN (DONE, NOBODY) },
  { "intolerant/wait-reset", "generic-dfu@1-1,intolerant,manifest-ms=100", NULL, 0,
    WRITTEN (DONE, NOBODY) },
  { "intolerant/bad", "generic-dfu@1-1,intolerant,returns=dfu", NULL, 0,
    WRITTEN (BOOTLOADER, NOBODY) },
  { "intolerant/never-back", "generic-dfu@1-1,mode=dfu,intolerant,returns=never", NULL, 0,
    WRITTEN (DONE, NOBODY) },

  /* Those that leave: dfu-util calls all of these a failure. */
  { "leave/intolerant-after", "generic-dfu@1-1,intolerant,leaves=after", NULL, 0,
    WRITTEN (DONE, NOBODY) },
  { "leave/intolerant-status", "generic-dfu@1-1,intolerant,leaves=status", NULL, 0,
    WRITTEN (DONE, NOBODY) },
  { "leave/intolerant-status-gone",
    "generic-dfu@1-1,mode=dfu,intolerant,leaves=status,returns=never", NULL, 0,
    WRITTEN (DONE, NOBODY) },
  { "leave/intolerant-inside", "generic-dfu@1-1,intolerant,leaves=inside", NULL, 0,
    WRITTEN (DONE, NOBODY) },
  { "leave/tolerant-after", "generic-dfu@1-1,leaves=after", NULL, 0, WRITTEN (DONE, NOBODY) },
  { "leave/tolerant-status", "generic-dfu@1-1,leaves=status", NULL, 0, WRITTEN (DONE, NOBODY) },
  { "leave/tolerant-done", "generic-dfu@1-1,leaves=done", NULL, 0, WRITTEN (DONE, NOBODY) },
  { "leave/tolerant-inside", "generic-dfu@1-1,leaves=inside", NULL, 0, WRITTEN (DONE, NOBODY) },

  /* Those that leave when nobody knows whether they are done: a pulled plug looks the same. */
  { "leave/inside-gone", "generic-dfu@1-1,mode=dfu,intolerant,leaves=inside,returns=never", NULL, 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },
  { "leave/inside-bad", "generic-dfu@1-1,intolerant,leaves=inside,returns=dfu", NULL, 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },
  { "leave/tolerant-gone", "generic-dfu@1-1,mode=dfu,leaves=status,returns=never", NULL, 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },
  { "leave/tolerant-bad", "generic-dfu@1-1,leaves=status,returns=dfu", NULL, 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },
  { "leave/tolerant-after-gone", "generic-dfu@1-1,mode=dfu,leaves=after,returns=never", NULL, 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },
  { "leave/tolerant-done-gone",
    "generic-dfu@1-1,mode=dfu,leaves=done,manifest-ms=100,returns=never", NULL, 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },
  { "leave/unplugged", "generic-dfu@1-1,mode=dfu", "drop-at %s manifest", 0,
    FAILED (dfu, DFU_ERROR_LEFT, "After the last block") },

  /* Those that have said that they are done: whatever happens to them then, it is written. */
  { "leave/idle", "generic-dfu@1-1,leaves=idle", NULL, 0, WRITTEN (NONE, NOBODY) },
  { "leave/idle-gone", "generic-dfu@1-1,mode=dfu,leaves=idle,returns=never", NULL, 0,
    WRITTEN (NONE, NOBODY) },
  { "leave/idle-restart", "generic-dfu@1-1,mode=dfu,leaves=idle,returns=never", NULL, RESTART,
    WRITTEN (DONE, NOBODY) },
  { "leave/wait-reset", "generic-dfu@1-1,ends=wait-reset", NULL, 0, WRITTEN (DONE, NOBODY) },
  { "leave/wait-reset-gone", "generic-dfu@1-1,mode=dfu,ends=wait-reset,returns=never", NULL, 0,
    WRITTEN (DONE, NOBODY) },
  { "leave/wait-reset-read-back", "generic-dfu@1-1,ends=wait-reset", NULL, READ_BACK_ALWAYS,
    VERIFIED (DONE, DFU_READ_BACK_SAME) },

  /* Only what was compared is verified. */
  { "read-back", "generic-dfu@1-1", NULL, READ_BACK, VERIFIED (NONE, DFU_READ_BACK_SAME) },
  { "read-back/detach-by-reset", "generic-dfu@1-1,detach=reset,busy-ms=5", NULL, READ_BACK,
    VERIFIED (NONE, DFU_READ_BACK_SAME) },
  { "read-back/differs", "generic-dfu@1-1", "corrupt-at-block %s 3", READ_BACK,
    FAILED (dfu, DFU_ERROR_DIFFERS, "At address 0x00003000 the device has 0x") },
  { "read-back/not-asked", "generic-dfu@1-1", "corrupt-at-block %s 3", 0, WRITTEN (NONE, NOBODY) },
  { "read-back/unoffered", "generic-dfu@1-1,uploads=unoffered", NULL, READ_BACK,
    WRITTEN (NONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back/refused", "generic-dfu@1-1,uploads=refused", NULL, READ_BACK,
    WRITTEN (NONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back/nothing", "generic-dfu@1-1,uploads=nothing", NULL, READ_BACK,
    WRITTEN (NONE, DFU_READ_BACK_IMPOSSIBLE) },

  /* Who has left and can be read is asked to come back for it only by those who insist, and started
   * again. */
  { "read-back/has-left", "generic-dfu@1-1,intolerant", NULL, READ_BACK,
    WRITTEN (DONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back/left-when-done", "generic-dfu@1-1,leaves=done", NULL, READ_BACK,
    WRITTEN (DONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back/left-for-bootloader", "generic-dfu@1-1,intolerant,returns=dfu", NULL, READ_BACK,
    VERIFIED (BOOTLOADER, DFU_READ_BACK_SAME) },
  { "read-back-always/has-left", "generic-dfu@1-1,intolerant", NULL, READ_BACK_ALWAYS,
    VERIFIED (DONE, DFU_READ_BACK_SAME) },
  { "read-back-always/left-after", "generic-dfu@1-1,intolerant,leaves=after", NULL,
    READ_BACK_ALWAYS, VERIFIED (DONE, DFU_READ_BACK_SAME) },
  { "read-back-always/left-when-done", "generic-dfu@1-1,leaves=done", NULL, READ_BACK_ALWAYS,
    VERIFIED (DONE, DFU_READ_BACK_SAME) },
  { "read-back-always/differs", "generic-dfu@1-1,intolerant", "corrupt-at-block %s 3",
    READ_BACK_ALWAYS, FAILED (dfu, DFU_ERROR_DIFFERS, "At address 0x00003000 the device has 0x") },
  { "read-back-always/left-for-good", "generic-dfu@1-1,mode=dfu,intolerant,returns=never", NULL,
    READ_BACK_ALWAYS, WRITTEN (DONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back-always/lost-on-its-way", "generic-dfu@1-1,intolerant", "drop-at %s return+2",
    READ_BACK_ALWAYS, WRITTEN (NONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back-always/runs-on", "generic-dfu@1-1,intolerant", "stall-at %s detach+1",
    READ_BACK_ALWAYS, WRITTEN (DONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back-always/unoffered", "generic-dfu@1-1,intolerant,uploads=unoffered", NULL,
    READ_BACK_ALWAYS, WRITTEN (DONE, DFU_READ_BACK_IMPOSSIBLE) },
  { "read-back-always/refused", "generic-dfu@1-1,intolerant,uploads=refused", NULL,
    READ_BACK_ALWAYS, WRITTEN (DONE, DFU_READ_BACK_IMPOSSIBLE) },

  { "read-back/unplugged", "generic-dfu@1-1", "drop-at %s upload:2", READ_BACK,
    FAILED (usb, USB_ERROR_GONE, "Reading back: At offset 0x00002000: ") },
  { "read-back/hangs", "generic-dfu@1-1", "hang-at %s upload:2", READ_BACK,
    FAILED (usb, USB_ERROR_TIMED_OUT, "Reading back: At offset 0x00002000: ") },

  /* A program that takes its successor and examines it; what it reads back is nothing. */
  { "nano", "nano-esp32@1-1", NULL, 0, VERIFIED (NONE, NOBODY) },
  { "nano/read-back", "nano-esp32@1-1", NULL, READ_BACK, VERIFIED (NONE, DFU_READ_BACK_NEEDLESS) },
  { "nano/read-back-always", "nano-esp32@1-1", NULL, READ_BACK_ALWAYS,
    VERIFIED (NONE, DFU_READ_BACK_NEEDLESS) },
  { "nano/restart", "nano-esp32@1-1", NULL, RESTART, VERIFIED (DONE, NOBODY) },
  { "nano/differs", "nano-esp32@1-1", "corrupt-at-block %s 3", 0,
    FAILED (dfu, DFU_ERROR_CORRUPT, "After the last block") },
  { "nano/refused", "nano-esp32@1-1", "error-at %s block:2 3", 0,
    FAILED (dfu, DFU_ERROR_DEVICE, "the memory could not be written") },

  /* An attempt, which turns no success into a failure. */
  { "restart", "generic-dfu@1-1", NULL, RESTART, WRITTEN (DONE, NOBODY) },
  { "restart/read-back", "generic-dfu@1-1", NULL, READ_BACK | RESTART,
    VERIFIED (DONE, DFU_READ_BACK_SAME) },
  { "restart/bad", "generic-dfu@1-1,returns=dfu", NULL, READ_BACK | RESTART,
    VERIFIED (BOOTLOADER, DFU_READ_BACK_SAME) },
  { "restart/never-back", "generic-dfu@1-1,mode=dfu,returns=never", NULL, READ_BACK | RESTART,
    VERIFIED (DONE, DFU_READ_BACK_SAME) },
  { "restart/left-already", "generic-dfu@1-1,intolerant,leaves=after", NULL, RESTART,
    WRITTEN (DONE, NOBODY) },

  /* Who shall stay, stays where that is up to the host. */
  { "stay", "generic-dfu@1-1", NULL, STAY, WRITTEN (STAYED, NOBODY) },
  { "stay/read-back", "generic-dfu@1-1", NULL, STAY | READ_BACK,
    VERIFIED (STAYED, DFU_READ_BACK_SAME) },
  { "stay/rom", "esp32s2@1-1", NULL, STAY, VERIFIED (STAYED, NOBODY) },
  { "stay/nano", "nano-esp32@1-1", NULL, STAY, VERIFIED (STAYED, NOBODY) },
  { "stay/left-already", "generic-dfu@1-1,intolerant", NULL, STAY, WRITTEN (DONE, NOBODY) },
};

static GBytes *
new_file (const char *board)
{
  g_autoptr (GBytes) payload = NULL;

  if (g_str_has_prefix (board, "esp32s2"))
    return test_image_new (20000);

  if (g_str_has_prefix (board, "nano"))
    return test_image_new_app (CHIP_ID_S3, 20000, "blink", "1.0.3", "v5.2.1");

  payload = test_image_new_pattern (20000, 2);
  return firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
}

static void
assert_error (const OutcomeCase *c, const GError *error)
{
  if (c->outcome == DFU_OUTCOME_FAILED) {
    g_assert_error (error, c->domain (), c->code);
    g_assert_nonnull (strstr (error->message, c->words));
  } else {
    g_assert_no_error (error);
  }
}

/* Those that never come back are in DFU mode from the beginning, so that nothing else is waited for
 * that a loaded machine may keep from coming. */
static gboolean
never_comes_back (const OutcomeCase *c)
{
  return strstr (c->board, ",mode=dfu") != NULL;
}

static void
assert_stays (void)
{
  g_autofree char *boards = virtual_bus_ask (NULL, "list");

  g_assert_nonnull (strstr (boards, "1-1=dfu:"));
}

static void
test_outcome (UpgradeFixture *self, gconstpointer user_data)
{
  const OutcomeCase *c = user_data;
  g_autoptr (GBytes) file = new_file (c->board);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  /* Whoever waits for the board to come back must not take its neighbour for it. */
  bus_fixture_plug ("generic-dfu@1-2");
  bus_fixture_plug (c->board);
  if (c->fault != NULL) {
    g_autofree char *verb = upgrade_fixture_substitute (c->fault, "1-1");

    virtual_bus_tell ("%s", verb);
  }

  upgrade = upgrade_fixture_new_upgrade (self, "1-1", image);
  dfu_upgrade_set_flags (upgrade, c->flags);
  if (never_comes_back (c))
    upgrade_fixture_set_comeback (upgrade, AT_ONCE);
  dfu_operation_run (DFU_OPERATION (upgrade), NULL, &error);
  progress = dfu_operation_get_progress (DFU_OPERATION (upgrade));

  assert_error (c, error);
  if ((c->flags & READ_BACK_ALWAYS) != 0)
    g_assert_cmpuint (progress.step, <=, progress.n_steps);
  g_assert_cmpstr (dfu_enum_nick (DFU_TYPE_OUTCOME, progress.outcome), ==,
                   dfu_enum_nick (DFU_TYPE_OUTCOME, c->outcome));
  g_assert_cmpstr (dfu_enum_nick (DFU_TYPE_RESTART, progress.restart), ==,
                   dfu_enum_nick (DFU_TYPE_RESTART, c->restart));
  g_assert_cmpint (progress.read_back, ==, c->read_back);
  if (c->restart == DFU_RESTART_STAYED)
    assert_stays ();
  g_assert_cmpuint (virtual_bus_get_stat ("1-1", "discarded"), <=,
                    g_error_matches (error, USB_ERROR, USB_ERROR_TIMED_OUT));
}

/* Nothing of a file that was damaged on its way goes anywhere. */
static void
test_crc (void)
{
  g_autoptr (GBytes) file = new_file ("generic-dfu");
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree guint8 *damaged = NULL;
  g_autoptr (GBytes) contents = NULL;

  damaged = g_memdup2 (g_bytes_get_data (file, &size), g_bytes_get_size (file));
  damaged[size / 2] ^= 1;
  contents = g_bytes_new (damaged, size);

  g_assert_null (firmware_image_new_from_bytes (contents, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_CHECKSUM);
}

/* What decides, without a board: leaving is good when it was promised, or when it is seen to be. */
static void
test_leave (void)
{
  g_autoptr (GError) cause = g_error_new_literal (USB_ERROR, USB_ERROR_GONE, "The device left");

  for (guint facts = 0; facts < 8; facts++) {
    const DfuLeave leave = { .took_end = (facts & 1) != 0,
                             .manifestation_tolerant = (facts & 2) != 0,
                             .is_back = (facts & 4) != 0 };
    const gboolean promised = leave.took_end && !leave.manifestation_tolerant;
    const gboolean is_good = promised || leave.is_back;
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (dfu_outcome_needs_comeback (&leave), ==, !promised);
    g_assert_cmpint (dfu_outcome_judge_leave (&leave, cause, &error), ==, is_good);
    if (is_good)
      g_assert_no_error (error);
    else
      g_assert_error (error, DFU_ERROR, DFU_ERROR_LEFT);
  }
}

int
main (int argc, char **argv)
{
  /* A hub that is slow to notice: a device that leaves breaks the transfer first. */
  static const char *const options[] = { "--instant", "--notice-ms", "50", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    upgrade_fixture_add ("/dfu/outcome/", cases[i].name, &cases[i], test_outcome);
  g_test_add_func ("/dfu/outcome/crc", test_crc);
  g_test_add_func ("/dfu/outcome/leave", test_leave);

  return g_test_run ();
}
