/* test-dfu-erase.c: what is erased is erased, and nobody says so of anything else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "bus-fixture.h"
#include "dfu-erase.h"
#include "dfu-error.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/erase/"
#define PORT "1-10"
#define FLASH_SIZE (1024 * 1024)

/* How long a board stays away that nobody shall see again, in milliseconds. */
#define NEVER 60000

/* In milliseconds: nothing that ends well takes so long here, and what never comes is not waited
 * for any longer. */
static const DfuTimeouts timeouts = { .request = 1000,
                                      .download = 1000,
                                      .manifest = 1000,
                                      .mass_erase = 1000,
                                      .comeback = 1000 };

typedef struct {
  const char *name;
  const char *board;
  const char *fault; /* (nullable): with "%s" for the port */
  gboolean read_unprotect;

  DfuRestart restart;
  DfuReadBack read_back;

  /* Of a failure. */
  GQuark (*domain) (void);
  int code;
  const char *words; /* in the error's message */
} EraseCase;

#define STM32F4 "stm32f4@" PORT
#define PROTECTED STM32F4 ",protected"
#define MUTE "stm32f4-mute@" PORT
#define FAILED(domain, code, words)                                                                \
  DFU_RESTART_NONE, DFU_READ_BACK_NOT_ASKED, domain##_error_quark, code, words

static const EraseCase cases[] = {
  { "all", STM32F4, NULL, FALSE, DFU_RESTART_STAYED, DFU_READ_BACK_PARTLY },
  { "all/mute", MUTE, NULL, FALSE, DFU_RESTART_STAYED, DFU_READ_BACK_IMPOSSIBLE },
  { "all/protected", PROTECTED, NULL, FALSE, FAILED (dfu, DFU_ERROR_PROTECTED, "Mass erase: ") },
  { "all/unplugged", STM32F4, "drop-at %s block:0", FALSE,
    FAILED (usb, USB_ERROR_GONE, "Mass erase: ") },
  { "all/unplugged-later", STM32F4, "drop-at %s status+2", FALSE,
    FAILED (usb, USB_ERROR_GONE, "Mass erase: ") },
  { "all/undescribed", STM32F4, "stall-at %s string+4", FALSE,
    FAILED (dfu, DFU_ERROR_PROTOCOL, "does not describe alternate setting 0 any more") },
  { "all/plain", "generic-dfu@" PORT, NULL, FALSE,
    FAILED (dfu, DFU_ERROR_NOT_ERASABLE, "does not speak DfuSe") },

  { "protection", PROTECTED, NULL, TRUE, DFU_RESTART_BOOTLOADER, DFU_READ_BACK_PARTLY },
  { "protection/without", STM32F4, NULL, TRUE, DFU_RESTART_BOOTLOADER, DFU_READ_BACK_PARTLY },
  { "protection/mute", MUTE ",protected", NULL, TRUE, DFU_RESTART_BOOTLOADER,
    DFU_READ_BACK_IMPOSSIBLE },
  { "protection/refused", PROTECTED, "stall-at %s block:0", TRUE,
    FAILED (dfu, DFU_ERROR_DEVICE, "Read unprotect: ") },
  { "protection/garbage", PROTECTED, "garbage-at %s return", TRUE,
    FAILED (dfu, DFU_ERROR_PROTOCOL, "State 255") },
  { "protection/unplugged", PROTECTED, "drop-at %s block:0", TRUE,
    FAILED (dfu, DFU_ERROR_NOT_RETURNED, "did not come back") },
  { "protection/unplugged-later", PROTECTED, "drop-at %s status+1", TRUE,
    FAILED (dfu, DFU_ERROR_NOT_RETURNED, "did not come back") },
};

static DfuErase *
new_erase (UpgradeFixture *self, gboolean read_unprotect)
{
  g_autoptr (UsbDevice) device = upgrade_fixture_wait_for (self, PORT);
  DfuErase *erase = dfu_erase_new (self->bus, device);

  dfu_work_set_timeouts (DFU_WORK (erase), &timeouts);
  dfu_erase_set_read_unprotect (erase, read_unprotect);
  return erase;
}

/* As much as any of these boards has. */
static GBytes *
fill (guint8 byte)
{
  guint8 *data = g_malloc (FLASH_SIZE);

  memset (data, byte, FLASH_SIZE);
  return g_bytes_new_take (data, FLASH_SIZE);
}

/* Returns where the board keeps it. */
static char *
plug_filled (UpgradeFixture *self, const char *board, guint8 byte)
{
  g_autoptr (GBytes) bytes = fill (byte);
  char *path = g_build_filename (self->directory, "full.bin", NULL);
  g_autofree char *full = g_strconcat (board, ",flash=", path, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), FLASH_SIZE, &error);
  g_assert_no_error (error);
  bus_fixture_plug (full);

  return path;
}

static void
assert_erased (UpgradeFixture *self)
{
  g_autoptr (GBytes) blank = fill (0xff);

  upgrade_fixture_assert_flash_bytes (self, PORT, 0, blank);
}

/* Each time takes several requests, of a device that may not answer. */
static void
assert_left_once (DfuErase *erase)
{
  g_autofree char *log = dfu_log_dup_text (dfu_operation_get_log (DFU_OPERATION (erase)));
  const char *first = strstr (log, "back in dfuIDLE");

  g_assert_true (first == NULL || strstr (first + 1, "back in dfuIDLE") == NULL);
}

static void
run_case (UpgradeFixture *self, const EraseCase *c)
{
  g_autoptr (DfuErase) erase = NULL;
  g_autoptr (GError) error = NULL;
  DfuProgress progress;

  if (c->fault != NULL) {
    g_autofree char *verb = upgrade_fixture_substitute (c->fault, PORT);

    virtual_bus_tell ("%s", verb);
  }

  erase = new_erase (self, c->read_unprotect);
  dfu_operation_run (DFU_OPERATION (erase), NULL, &error);
  progress = dfu_operation_get_progress (DFU_OPERATION (erase));
  g_assert_cmpint (progress.restart, ==, c->restart);
  g_assert_cmpint (progress.read_back, ==, c->read_back);
  g_assert_true (progress.only_erases);
  g_assert_cmpint (progress.unprotects, ==, c->read_unprotect);

  if (c->domain != NULL) {
    g_assert_error (error, c->domain (), c->code);
    g_assert_nonnull (strstr (error->message, c->words));
    g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_FAILED);
    assert_left_once (erase);
    return;
  }

  g_assert_no_error (error);
  g_assert_cmpint (progress.outcome, ==, DFU_OUTCOME_ERASED);
  assert_erased (self);
}

static void
test_erase (UpgradeFixture *self, gconstpointer user_data)
{
  const EraseCase *c = user_data;
  /* What was never written would be blank by chance. */
  g_autofree char *path = plug_filled (self, c->board, 0x5a);

  run_case (self, c);
  bus_fixture_clear ();
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static DfuErase *
begin (UpgradeFixture *self, const char *memory, GCancellable *cancellable, UpgradeRun *run)
{
  const DfuTimeouts patient = {
    .request = 1000, .download = 1000, .manifest = 1000, .mass_erase = NEVER, .comeback = NEVER
  };
  DfuErase *erase = new_erase (self, TRUE);
  g_auto (DfuChoice) choice = { 0 };

  dfu_choice_init (&choice);
  choice.alternate_name = g_strdup (memory);
  dfu_work_set_choice (DFU_WORK (erase), &choice);
  dfu_work_set_timeouts (DFU_WORK (erase), &patient);
  upgrade_run_start (run, erase, cancellable);
  return erase;
}

static void
test_cancelled (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DfuErase) erase = NULL;
  g_auto (UpgradeRun) run = { 0 };

  bus_fixture_plug (PROTECTED);
  virtual_bus_tell ("slow-return " PORT " %d", NEVER);
  erase = begin (self, NULL, cancellable, &run);
  virtual_bus_tell ("wait-for " PORT " absent");
  g_cancellable_cancel (cancellable);
  upgrade_run_wait (&run);

  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (run.outcome, ==, DFU_OUTCOME_CANCELLED);
}

/* Whoever puts the plug back in has not erased anything, whichever memory is meant. */
static void
test_plugged_in_again (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (DfuErase) erase = NULL;
  g_auto (UpgradeRun) run = { 0 };

  bus_fixture_plug (PROTECTED);
  virtual_bus_tell ("drop-at " PORT " block:0");
  erase = begin (self, user_data, NULL, &run);
  virtual_bus_tell ("wait-for " PORT " absent");
  virtual_bus_tell ("plug " PORT);
  upgrade_run_wait (&run);

  g_assert_error (run.error, DFU_ERROR, DFU_ERROR_PROTECTED);
  g_assert_cmpint (run.outcome, ==, DFU_OUTCOME_FAILED);
}

/* The same with a board that was never protected: it is as full as it was, or blank in its way. */
static void
test_plugged_in_filled (UpgradeFixture *self, gconstpointer user_data)
{
  const guint8 byte = (guint8) GPOINTER_TO_UINT (user_data);
  g_autofree char *path = plug_filled (self, STM32F4, byte);
  g_autoptr (DfuErase) erase = NULL;
  g_auto (UpgradeRun) run = { 0 };

  virtual_bus_tell ("drop-at " PORT " block:0");
  erase = begin (self, NULL, NULL, &run);
  virtual_bus_tell ("wait-for " PORT " absent");
  virtual_bus_tell ("plug " PORT);
  upgrade_run_wait (&run);

  if (byte == 0x00) {
    g_assert_no_error (run.error);
    g_assert_cmpint (run.outcome, ==, DFU_OUTCOME_ERASED);
  } else {
    g_assert_error (run.error, DFU_ERROR, DFU_ERROR_DEVICE);
    g_assert_nonnull (strstr (run.error->message, "has not erased"));
  }

  bus_fixture_clear ();
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", "--notice-ms", "50", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    upgrade_fixture_add (FOLDER, cases[i].name, &cases[i], test_erase);
  upgrade_fixture_add (FOLDER, "protection/plugged-in-full", GUINT_TO_POINTER (0x5a),
                       test_plugged_in_filled);
  upgrade_fixture_add (FOLDER, "protection/plugged-in-zeros", GUINT_TO_POINTER (0x00),
                       test_plugged_in_filled);
  upgrade_fixture_add (FOLDER, "protection/cancelled", NULL, test_cancelled);
  upgrade_fixture_add (FOLDER, "protection/plugged-in-again", NULL, test_plugged_in_again);
  upgrade_fixture_add (FOLDER, "protection/plugged-in-again-other", "Option Bytes",
                       test_plugged_in_again);

  return g_test_run ();
}
