/* test-dfu-dfuse-faults.c: writing a DfuSe device, and every moment of it goes wrong once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-error.h"
#include "dfu-readout.h"
#include "firmware-dfuse.h"
#include "firmware-segment-list.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/dfuse-faults/"
#define PORT "1-10"
#define FLASH 0x08000000u

/* 5 sectors (commands 0 to 4), the address (command 5), 35 blocks (2 to 36), then the address of
 * the start (command 6) and the empty block. The status is asked for once before all that, and
 * twice after each command and block. */
#define OPTION_BYTES 0x1fffc000u
#define SIZE 70001
#define ERASE "block:0+2"
#define ADDRESS "block:0+5"
#define FIRST "block:2"
#define MIDDLE "block:17"
#define LAST "block:36"
#define STATUS_AFTER_ERASE "status+5"
#define STATUS_AFTER_BLOCK "status+44"

typedef struct {
  const char *name;
  const char *fault; /* a verb with its moment; %s is the port path */
  GQuark (*domain) (void);
  int code;
  const char *words;      /* in the message */
  gboolean board_answers; /* whether the next try needs no re-plugging */
  gboolean touched;       /* whether the flash may have changed */
} FaultCase;

#define USB(code) usb_error_quark, USB_ERROR_##code
#define DFU(code) dfu_error_quark, DFU_ERROR_##code

static const FaultCase fault_cases[] = {
  { "status/hang", "hang-at %s status", USB (TIMED_OUT), "GETSTATUS", TRUE, FALSE },
  { "status/drop", "drop-at %s status", USB (GONE), "GETSTATUS", FALSE, FALSE },
  { "status/garbage", "garbage-at %s status", DFU (PROTOCOL), "State 255", TRUE, FALSE },
  { "status/short", "short-at %s status", DFU (PROTOCOL), "3 bytes", TRUE, FALSE },

  { "erase/stall", "stall-at %s " ERASE, DFU (DEVICE), "Erase 0x08008000", TRUE, TRUE },
  { "erase/hang", "hang-at %s " ERASE, USB (TIMED_OUT), "Erase 0x08008000", TRUE, TRUE },
  { "erase/drop", "drop-at %s " ERASE, USB (GONE), "Erase 0x08008000", FALSE, TRUE },
  { "erase/error", "error-at %s " ERASE " 4", DFU (DEVICE), "errERASE", TRUE, TRUE },
  { "erase/vendor", "error-at %s " ERASE " 11", DFU (PROTECTED), "errVENDOR", TRUE, TRUE },
  { "erase-status/stall", "stall-at %s " STATUS_AFTER_ERASE, USB (STALL), "Erase 0x08008000", TRUE,
    TRUE },
  { "erase-status/hang", "hang-at %s " STATUS_AFTER_ERASE, USB (TIMED_OUT), "Erase 0x08008000",
    TRUE, TRUE },
  { "erase-status/drop", "drop-at %s " STATUS_AFTER_ERASE, USB (GONE), "Erase 0x08008000", FALSE,
    TRUE },
  { "erase-status/garbage", "garbage-at %s " STATUS_AFTER_ERASE, DFU (PROTOCOL), "State 255", TRUE,
    TRUE },
  { "erase-status/short", "short-at %s " STATUS_AFTER_ERASE, DFU (PROTOCOL), "3 bytes", TRUE,
    TRUE },

  { "address/stall", "stall-at %s " ADDRESS, DFU (DEVICE), "Set address 0x08000000", TRUE, TRUE },
  { "address/hang", "hang-at %s " ADDRESS, USB (TIMED_OUT), "Set address", TRUE, TRUE },
  { "address/drop", "drop-at %s " ADDRESS, USB (GONE), "Set address", FALSE, TRUE },
  { "address/error", "error-at %s " ADDRESS " 1", DFU (REFUSED), "errTARGET", TRUE, TRUE },

  { "first/stall", "stall-at %s " FIRST, DFU (DEVICE), "Block at 0x08000000", TRUE, TRUE },
  { "first/hang", "hang-at %s " FIRST, USB (TIMED_OUT), "Block at 0x08000000", TRUE, TRUE },
  { "first/drop", "drop-at %s " FIRST, USB (GONE), "Block at 0x08000000", FALSE, TRUE },
  { "first/error", "error-at %s " FIRST " 3", DFU (DEVICE), "errWRITE", TRUE, TRUE },
  { "middle/stall", "stall-at %s " MIDDLE, DFU (DEVICE), "Block at 0x08007800", TRUE, TRUE },
  { "middle/hang", "hang-at %s " MIDDLE, USB (TIMED_OUT), "Block at 0x08007800", TRUE, TRUE },
  { "middle/drop", "drop-at %s " MIDDLE, USB (GONE), "Block at 0x08007800", FALSE, TRUE },
  { "middle/error", "error-at %s " MIDDLE " 8", DFU (REFUSED), "errADDRESS", TRUE, TRUE },
  { "last/stall", "stall-at %s " LAST, DFU (DEVICE), "Block at 0x08011000", TRUE, TRUE },
  { "last/hang", "hang-at %s " LAST, USB (TIMED_OUT), "Block at 0x08011000", TRUE, TRUE },
  { "last/drop", "drop-at %s " LAST, USB (GONE), "Block at 0x08011000", FALSE, TRUE },
  { "last/error", "error-at %s " LAST " 6", DFU (DEVICE), "errPROG", TRUE, TRUE },
  { "block-status/stall", "stall-at %s " STATUS_AFTER_BLOCK, USB (STALL), "Block at", TRUE, TRUE },
  { "block-status/hang", "hang-at %s " STATUS_AFTER_BLOCK, USB (TIMED_OUT), "Block at", TRUE,
    TRUE },
  { "block-status/drop", "drop-at %s " STATUS_AFTER_BLOCK, USB (GONE), "Block at", FALSE, TRUE },
  { "block-status/garbage", "garbage-at %s " STATUS_AFTER_BLOCK, DFU (PROTOCOL), "State 255", TRUE,
    TRUE },
  { "block-status/short", "short-at %s " STATUS_AFTER_BLOCK, DFU (PROTOCOL), "3 bytes", TRUE,
    TRUE },
};

static void
add_pattern (FirmwareSegmentList *segments, guint8 alternate, guint32 address, gsize size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, 3);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate ("memory", alternate, address, data);

  firmware_segment_list_add (segments, segment);
}

/* For the flash, and where it is wished for the option bytes, which have bits of their own. */
static GBytes *
new_dfuse_with (gsize size, gsize option_size)
{
  const FirmwareDfuSuffix ids = { .vendor = 0xffff, .product = 0xffff, .device = 0xffff };
  g_autoptr (FirmwareSegmentList) segments = firmware_segment_list_new ();
  g_autoptr (GError) error = NULL;
  GBytes *file = NULL;

  if (size > 0)
    add_pattern (segments, 0, FLASH, size);
  if (option_size > 0)
    add_pattern (segments, 1, OPTION_BYTES, option_size);
  file = firmware_dfuse_write (G_LIST_MODEL (segments), &ids, &error);
  g_assert_no_error (error);
  return file;
}

static GBytes *
new_dfuse (gsize size)
{
  return new_dfuse_with (size, 0);
}

static void
assert_flash (UpgradeFixture *self, gsize size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, 3);

  upgrade_fixture_assert_flash_bytes (self, PORT, 0, data);
}

static void
assert_written (UpgradeFixture *self, FirmwareImage *image)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (upgrade_fixture_run (self, PORT, image, &error), ==, DFU_OUTCOME_WRITTEN);
  g_assert_no_error (error);
  assert_flash (self, SIZE);
}

static void
replug (UpgradeFixture *self)
{
  g_autofree char *gone = virtual_bus_ask (NULL, "unplug %s", PORT);

  upgrade_fixture_wait_until_gone (self, PORT);
  virtual_bus_tell ("plug %s", PORT);
}

static void
test_fault (UpgradeFixture *self, gconstpointer user_data)
{
  const FaultCase *c = user_data;
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_autofree char *verb = upgrade_fixture_substitute (c->fault, PORT);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("%s", verb);

  upgrade = upgrade_fixture_new_upgrade (self, PORT, image);
  g_assert_false (dfu_operation_run (DFU_OPERATION (upgrade), NULL, &error));
  g_assert_error (error, c->domain (), c->code);
  g_assert_nonnull (strstr (error->message, c->words));
  g_assert_cmpint (dfu_operation_get_progress (DFU_OPERATION (upgrade)).flash_touched, ==,
                   c->touched);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "faults"), ==, 0);

  if (!c->board_answers)
    replug (self);

  assert_written (self, image);
}

/* Whatever becomes of the request to leave, what was written is written. And an STM32 that stalls
 * the first question is taken to be busy still with what somebody has left it to do. */
static void
test_survived (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autofree char *verb = upgrade_fixture_substitute (user_data, PORT);

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("%s", verb);
  assert_written (self, image);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "faults"), ==, 0);
}

static DfuProgress
run_with_flags (UpgradeFixture *self, FirmwareImage *image, DfuUpgradeFlags flags, GError **error)
{
  g_autoptr (DfuUpgrade) upgrade = upgrade_fixture_new_upgrade (self, PORT, image);

  dfu_upgrade_set_flags (upgrade, flags);
  dfu_operation_run (DFU_OPERATION (upgrade), NULL, error);

  return dfu_operation_get_progress (DFU_OPERATION (upgrade));
}

static void
test_read_back (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  bus_fixture_plug (user_data);
  progress = run_with_flags (self, image, DFU_UPGRADE_READ_BACK | DFU_UPGRADE_RESTART, &error);
  g_assert_no_error (error);
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_VERIFIED);
  g_assert_cmpint (progress.restart, ==, DFU_RESTART_DONE);
  assert_flash (self, SIZE);
}

/* The device noticed nothing; whoever reads back does, and does not start it. */
static void
test_read_back_differs (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("corrupt-at-block %s 17", PORT);
  progress = run_with_flags (self, image, DFU_UPGRADE_READ_BACK, &error);
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DIFFERS);
  g_assert_nonnull (strstr (error->message, "At 0x080078"));
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_FAILED);
  g_assert_cmpint (progress.restart, ==, DFU_RESTART_NONE);
  assert_written (self, image);
}

static const FaultCase read_cases[] = {
  { "read/stall", "stall-at %s upload:7", DFU (DEVICE), "errSTALLEDPKT", TRUE, TRUE },
  { "read/hang", "hang-at %s upload:7", USB (TIMED_OUT), "Read 0x08002800", TRUE, TRUE },
  { "read/drop", "drop-at %s upload:7", USB (GONE), "Read 0x08002800", FALSE, TRUE },
  { "read/short", "short-at %s upload:7", DFU (PROTOCOL), "1024 of 2048", TRUE, TRUE },
  { "read/garbage", "garbage-at %s upload:7", DFU (DIFFERS), "At 0x08002800", TRUE, TRUE },
};

static void
test_read_fault (UpgradeFixture *self, gconstpointer user_data)
{
  const FaultCase *c = user_data;
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autofree char *verb = upgrade_fixture_substitute (c->fault, PORT);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("%s", verb);
  run_with_flags (self, image, DFU_UPGRADE_READ_BACK, &error);
  g_assert_error (error, c->domain (), c->code);
  g_assert_nonnull (strstr (error->message, c->words));

  if (!c->board_answers)
    replug (self);
  assert_written (self, image);
}

/* What nobody may read is written all the same, and nobody says that it was compared. */
static void
test_read_back_refused (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("stall-at %s upload:2", PORT);
  progress = run_with_flags (self, image, DFU_UPGRADE_READ_BACK, &error);
  g_assert_no_error (error);
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_WRITTEN);
  g_assert_cmpint (progress.read_back, ==, DFU_READ_BACK_IMPOSSIBLE);
}

/* What can be compared is compared, but that is not all. */
static void
test_read_back_partly (UpgradeFixture *self, gconstpointer user_data)
{
  const struct {
    gsize size;
    DfuReadBack read_back;
  } cases[] = { { SIZE, DFU_READ_BACK_PARTLY }, { 0, DFU_READ_BACK_IMPOSSIBLE } };
  g_autoptr (GBytes) file = new_dfuse_with (SIZE, 16);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) some = new_dfuse_with (cases[i].size, 16);
    g_autoptr (FirmwareImage) written = upgrade_fixture_load (some);
    DfuProgress progress;

    bus_fixture_plug ("stm32f4@" PORT);
    progress = run_with_flags (self, written, DFU_UPGRADE_READ_BACK, &error);
    g_assert_no_error (error);
    g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_WRITTEN);
    g_assert_cmpint (progress.read_back, ==, cases[i].read_back);
    virtual_bus_tell ("unplug %s", PORT);
    upgrade_fixture_wait_until_gone (self, PORT);
  }

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("garbage-at %s upload:7", PORT);
  run_with_flags (self, image, DFU_UPGRADE_READ_BACK, &error);
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DIFFERS);
}

/* Writes into two memories, where the board refuses to turn to another for the @n-th time. */
static DfuProgress
run_with_refusal (UpgradeFixture *self, guint n, GError **error)
{
  g_autoptr (GBytes) file = new_dfuse_with (SIZE, 16);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  DfuProgress progress;

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("stall-at " PORT " set-interface+%u", n);
  progress = run_with_flags (self, image, 0, error);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "faults"), ==, 0);

  return progress;
}

/* What is for a memory that the board does not turn to goes into no other. */
static void
test_other_memory_refused (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const DfuProgress progress = run_with_refusal (self, 1, &error);

  g_assert_error (error, USB_ERROR, USB_ERROR_STALL);
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_FAILED);
  assert_flash (self, SIZE);
}

/* What is written is written, whether the board goes back to the memory that it starts from or not.
 */
static void
test_first_memory_refused (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const DfuProgress progress = run_with_refusal (self, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_WRITTEN);
  g_assert_cmpint (progress.restart, ==, DFU_RESTART_STAYED);
}

/* Nobody tells it to go, so it takes more. */
static void
test_stay (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (UsbDevice) same = NULL;
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  bus_fixture_plug (user_data);
  device = upgrade_fixture_wait_for (self, PORT);
  for (guint i = 0; i < 2; i++) {
    progress = run_with_flags (self, image, DFU_UPGRADE_STAY | DFU_UPGRADE_READ_BACK, &error);
    g_assert_no_error (error);
    g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_VERIFIED);
    g_assert_cmpint (progress.restart, ==, DFU_RESTART_STAYED);
  }

  same = upgrade_fixture_wait_for (self, PORT);
  g_assert_true (same == device);
  assert_written (self, image);
}

static GBytes *
read_out (UpgradeFixture *self, guint64 length, GError **error)
{
  g_autoptr (UsbDevice) device = upgrade_fixture_wait_for (self, PORT);
  g_autoptr (DfuReadout) readout = dfu_readout_new (self->bus, device, length);

  if (!dfu_operation_run (DFU_OPERATION (readout), NULL, error))
    return NULL;

  return g_bytes_ref (dfu_readout_get_contents (readout));
}

static void
test_readout (UpgradeFixture *self, gconstpointer user_data)
{
  const gsize length = GPOINTER_TO_SIZE (user_data);
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT);
  contents = read_out (self, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (contents), ==, length > 0 ? length : 1024 * 1024);
  upgrade_fixture_assert_flash_bytes (self, PORT, 0, contents);
}

static void
test_readout_protected (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT ",protected");
  g_assert_null (read_out (self, 0, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTECTED);
}

/* It is found before anything is erased that one part has no place. */
static void
test_no_place (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (1024 * 1024 + 1);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT);
  g_assert_cmpint (upgrade_fixture_run (self, PORT, image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "blocks"), ==, 0);
}

static gboolean
run_with_options (UpgradeFixture *self,
                  FirmwareImage *image,
                  const DfuDfuseOptions *options,
                  GError **error)
{
  g_autoptr (DfuUpgrade) upgrade = upgrade_fixture_new_upgrade (self, PORT, image);

  dfu_upgrade_set_dfuse_options (upgrade, options);

  return dfu_operation_run (DFU_OPERATION (upgrade), NULL, error);
}

static void
test_read_unprotect (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT ",protected");
  g_assert_cmpint (upgrade_fixture_run (self, PORT, image, &refusal), ==, DFU_OUTCOME_FAILED);
  g_assert_error (refusal, DFU_ERROR, DFU_ERROR_PROTECTED);

  g_assert_true (
    run_with_options (self, image, &(DfuDfuseOptions){ .read_unprotect = TRUE }, &error));
  g_assert_no_error (error);
  assert_flash (self, SIZE);
}

/* What was not erased is not written. */
static void
test_mass_erase_fails (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (SIZE);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT);
  virtual_bus_tell ("error-at " PORT " block:0 4");
  g_assert_false (run_with_options (self, image, &(DfuDfuseOptions){ .mass_erase = TRUE }, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "Mass erase: "));
  g_assert_nonnull (strstr (error->message, "errERASE"));
}

/* Everything is checked before the protection goes, and with it everything else. */
static void
test_read_unprotect_no_place (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_dfuse (1024 * 1024 + 1);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("stm32f4@" PORT ",protected");
  g_assert_false (
    run_with_options (self, image, &(DfuDfuseOptions){ .read_unprotect = TRUE }, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "blocks"), ==, 0);
}

int
main (int argc, char **argv)
{
  /* A hub that is slow to notice: what is in flight breaks first. */
  static const char *const options[] = { "--instant", "--notice-ms", "50", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    upgrade_fixture_add (FOLDER, fault_cases[i].name, &fault_cases[i], test_fault);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    upgrade_fixture_add (FOLDER, read_cases[i].name, &read_cases[i], test_read_fault);

  upgrade_fixture_add (FOLDER, "read-back/stm32f4", "stm32f4@" PORT, test_read_back);
  upgrade_fixture_add (FOLDER, "read-back/stm32l4", "stm32l4@" PORT, test_read_back);
  upgrade_fixture_add (FOLDER, "read-back/stm32h7", "stm32h7@" PORT, test_read_back);
  upgrade_fixture_add (FOLDER, "read-back/gd32vf103", "gd32vf103@" PORT, test_read_back);
  upgrade_fixture_add (FOLDER, "read-back/differs", NULL, test_read_back_differs);
  upgrade_fixture_add (FOLDER, "status/stall", "stall-at %s status", test_survived);
  upgrade_fixture_add (FOLDER, "read-back/refused", NULL, test_read_back_refused);
  upgrade_fixture_add (FOLDER, "read-back/partly", NULL, test_read_back_partly);
  upgrade_fixture_add (FOLDER, "other-memory/refused", NULL, test_other_memory_refused);
  upgrade_fixture_add (FOLDER, "first-memory/refused", NULL, test_first_memory_refused);
  upgrade_fixture_add (FOLDER, "stay/stm32f4", "stm32f4@" PORT, test_stay);
  upgrade_fixture_add (FOLDER, "stay/gd32vf103", "gd32vf103@" PORT, test_stay);
  upgrade_fixture_add (FOLDER, "readout/all", GSIZE_TO_POINTER (0), test_readout);
  upgrade_fixture_add (FOLDER, "readout/some", GSIZE_TO_POINTER (70001), test_readout);
  upgrade_fixture_add (FOLDER, "readout/protected", NULL, test_readout_protected);
  upgrade_fixture_add (FOLDER, "leave/stall", "stall-at %s manifest", test_survived);
  upgrade_fixture_add (FOLDER, "leave/hang", "hang-at %s manifest", test_survived);
  upgrade_fixture_add (FOLDER, "leave/drop", "drop-at %s manifest", test_survived);
  upgrade_fixture_add (FOLDER, "leave/error", "error-at %s manifest 14", test_survived);
  upgrade_fixture_add (FOLDER, "leave/address", "error-at %s block:0+6 1", test_survived);
  upgrade_fixture_add (FOLDER, "no-place", NULL, test_no_place);
  upgrade_fixture_add (FOLDER, "mass-erase/error", NULL, test_mass_erase_fails);
  upgrade_fixture_add (FOLDER, "read-unprotect", NULL, test_read_unprotect);
  upgrade_fixture_add (FOLDER, "read-unprotect-no-place", NULL, test_read_unprotect_no_place);

  return g_test_run ();
}
