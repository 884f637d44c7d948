/* test-dfu-upgrade.c: whole upgrades through the real libusb on a virtual bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-error.h"
#include "firmware-esp-archive.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/upgrade/"
#define CHIP_ID_S3 9

static GBytes *
new_single_part (gsize size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, 1);
  const FirmwareEspArchiveInput input = { "data.bin", 0x10000, data };
  g_autoptr (GError) error = NULL;
  GBytes *archive =
    firmware_esp_archive_write (&input, 1, TEST_IMAGE_PRODUCT, 4 * 1024 * 1024, 512 * 1024, &error);

  g_assert_no_error (error);
  return archive;
}

static void
test_size (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = new_single_part (GPOINTER_TO_SIZE (user_data));

  bus_fixture_plug ("esp32s2@1-10");
  upgrade_fixture_assert_verified (self, "1-10", archive);
}

static void
test_several_parts (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new_multi_part (TEST_IMAGE_PRODUCT, 700 * 1024);

  bus_fixture_plug ("esp32s2@1-10");
  upgrade_fixture_assert_verified (self, "1-10", archive);
}

static guint
count_erases (void)
{
  return virtual_bus_get_stat ("1-10", "sector-erases") +
         virtual_bus_get_stat ("1-10", "block-erases");
}

static void
assert_upgrade (UpgradeFixture *self, FirmwareImage *image, DfuUpgradeFlags flags, const char *log)
{
  g_autoptr (DfuUpgrade) upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  dfu_upgrade_set_flags (upgrade, flags);
  g_assert_true (dfu_operation_run (DFU_OPERATION (upgrade), NULL, &error));
  g_assert_no_error (error);
  upgrade_fixture_assert_flash (self, "1-10", image);

  text = dfu_log_dup_text (dfu_operation_get_log (DFU_OPERATION (upgrade)));
  g_assert_nonnull (strstr (text, log));
  g_assert_cmpint (dfu_operation_get_progress (DFU_OPERATION (upgrade)).outcome, ==,
                   DFU_OUTCOME_VERIFIED);
}

/* 900 KiB in two parts: two times sixteen sectors become two blocks. */
static void
test_joined (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = new_single_part (900 * 1024);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);

  bus_fixture_plug ("esp32s2@1-10,mode=dfu");
  assert_upgrade (self, image, DFU_UPGRADE_DEFAULT,
                  "Joined 2 pieces into 1, which saves 30 of 60 erases, about 1.1 s");
  g_assert_cmpuint (count_erases (), ==, 30);
}

static void
test_as_is (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = new_single_part (900 * 1024);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);

  bus_fixture_plug ("esp32s2@1-10,mode=dfu");
  assert_upgrade (self, image, DFU_UPGRADE_AS_IS,
                  "Sending the file untouched; joining its pieces would save 30 of 60 erases");
  g_assert_cmpuint (count_erases (), ==, 60);
}

static guint
count_questions (UpgradeFixture *self, FirmwareImage *image, gboolean status_every_block)
{
  g_autoptr (DfuUpgrade) upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  g_autoptr (GError) error = NULL;
  const guint before = virtual_bus_get_stat ("1-10", "getstatus");
  gboolean is_set;

  g_object_set (upgrade, "status-every-block", status_every_block, NULL);
  g_object_get (upgrade, "status-every-block", &is_set, NULL);
  g_assert_cmpint (is_set, ==, status_every_block);

  g_assert_true (dfu_operation_run (DFU_OPERATION (upgrade), NULL, &error));
  g_assert_no_error (error);

  return virtual_bus_get_stat ("1-10", "getstatus") - before;
}

/* The ROM need not be asked after every block, but can be. */
static void
test_status_every_block (UpgradeFixture *self, gconstpointer user_data)
{
  /* 40960 bytes of payload: 640 blocks. */
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);

  bus_fixture_plug ("esp32s2@1-10,mode=dfu");

  /* Once before the first block, once after each, once after the empty one. */
  g_assert_cmpuint (count_questions (self, image, TRUE), ==, 1 + 640 + 1);
  g_assert_cmpuint (count_questions (self, image, FALSE), <, 640 / 4);
}

static void
test_in_dfu_mode_already (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (20000);

  bus_fixture_plug ("esp32s2@1-2.3,mode=dfu");
  upgrade_fixture_assert_verified (self, "1-2.3", archive);
  g_assert_cmpuint (virtual_bus_get_stat ("1-2.3", "detaches"), ==, 0);
}

/* No reset, no re-plugging, nothing erased twice within a job. */
static void
test_twice (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) first = test_image_new (20000);
  g_autoptr (GBytes) second = test_image_new (30000);

  bus_fixture_plug ("esp32s2@1-10");
  upgrade_fixture_assert_verified (self, "1-10", first);
  upgrade_fixture_assert_verified (self, "1-10", second);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "discarded"), ==, 0);
}

static void
test_no_access (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("deny-access 1-10");

  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_true (usb_error_is_access (error));

  virtual_bus_tell ("allow-access 1-10");
  upgrade_fixture_assert_verified (self, "1-10", archive);
}

static void
test_held_by_another (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug (user_data);
  virtual_bus_tell ("hold-interface 1-10");

  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_true (usb_error_is_busy (error));
  g_assert_nonnull (strstr (error->message, "ModemManager, process "));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);

  virtual_bus_tell ("release-interface 1-10");
  upgrade_fixture_assert_verified (self, "1-10", archive);
}

static void
assert_refused (UpgradeFixture *self, GBytes *contents, DfuError code)
{
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (contents);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (error, DFU_ERROR, (int) code);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "detaches"), ==, 0);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
}

static void
test_wrong_chip (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (20000);

  bus_fixture_plug ("esp32s3@1-10");
  assert_refused (self, archive, DFU_ERROR_WRONG_DEVICE);
}

static GBytes *
new_generic_file (guint16 vendor, guint16 product)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 2);

  return firmware_dfu_suffix_append (payload, vendor, product);
}

/* A device that is really busy, has other ids in DFU mode, and cannot be asked to compare. */
static void
test_generic (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_generic_file (0x1209, GPOINTER_TO_UINT (user_data));
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("generic-dfu@1-10");
  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_WRITTEN);
  g_assert_no_error (error);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 5);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 1);
}

static gboolean
is_generic_application (UsbDevice *device, gpointer user_data)
{
  return usb_device_get_product_id (device) == 0x0001;
}

static void
wait_for_application (UpgradeFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UsbDevice) device = usb_bus_wait_for_device (self->bus, is_generic_application, NULL,
                                                          BUS_FIXTURE_LONG, NULL, &error);

  g_assert_no_error (error);
}

/* A device that answers nothing once it manifests, until it is reset; then its program runs. */
static void
test_intolerant (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_generic_file (0x1209, 0x0001);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);

  bus_fixture_plug (user_data);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_WRITTEN);
    g_assert_no_error (error);
    wait_for_application (self);
  }
}

/* It would be reset in the middle of its work. */
static void
test_intolerant_too_slow (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_generic_file (0x1209, 0x0001);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("generic-dfu@1-10,intolerant,manifest-ms=50000");
  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "resets"), ==, 0);
}

/* Only in DFU mode does the device say that it is another; it is sent nothing. */
static void
test_wrong_in_dfu_mode (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file = new_generic_file (0x1209, 0x0042);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("generic-dfu@1-10");
  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
}

/* The ROM would write this over the start of its flash and say that all is well. */
static void
test_no_archive (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) file =
    new_generic_file (FIRMWARE_DFU_SUFFIX_ANY_ID, FIRMWARE_DFU_SUFFIX_ANY_ID);

  bus_fixture_plug ("esp32s2@1-10");
  assert_refused (self, file, DFU_ERROR_UNSAFE_IMAGE);
}

typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  DfuPhase cancel_in; /* DFU_PHASE_WAITING for never */
  GString *phases;
  double fraction;
  DfuOutcome outcome; /* as the property told it before the end */
  GError *error;
} Run;

static void
phase_cb (DfuOperation *operation, GParamSpec *pspec, Run *self)
{
  const DfuPhase phase = dfu_operation_get_progress (operation).phase;

  g_string_append_printf (self->phases, "%s ", dfu_enum_nick (DFU_TYPE_PHASE, phase));
  if (self->cancel_in != DFU_PHASE_WAITING && phase == self->cancel_in)
    g_cancellable_cancel (self->cancellable);
}

static void
fraction_cb (DfuOperation *operation, GParamSpec *pspec, Run *self)
{
  double fraction;

  g_object_get (operation, "fraction", &fraction, NULL);
  g_assert_cmpfloat (fraction, >=, self->fraction);
  self->fraction = fraction;
}

static void
outcome_cb (DfuOperation *operation, GParamSpec *pspec, Run *self)
{
  self->outcome = dfu_operation_get_progress (operation).outcome;
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Run *self = user_data;

  dfu_operation_run_finish (DFU_OPERATION (object), result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
run_async (Run *self, DfuUpgrade *upgrade)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  self->phases = g_string_new (NULL);

  g_signal_connect (upgrade, "notify::phase", G_CALLBACK (phase_cb), self);
  g_signal_connect (upgrade, "notify::fraction", G_CALLBACK (fraction_cb), self);
  g_signal_connect (upgrade, "notify::outcome", G_CALLBACK (outcome_cb), self);

  dfu_operation_run_async (DFU_OPERATION (upgrade), self->cancellable, run_cb, self);
  g_main_loop_run (self->loop);
  g_signal_handlers_disconnect_by_data (upgrade, self);
}

static void
clear_run (Run *self)
{
  g_main_loop_unref (self->loop);
  g_object_unref (self->cancellable);
  g_string_free (self->phases, TRUE);
  g_clear_error (&self->error);
}

static gboolean
tell_cb (gpointer command)
{
  virtual_bus_tell ("%s", (const char *) command);

  return G_SOURCE_REMOVE;
}

/* Runs an upgrade of a board that somebody else has, until @command is told to the bus. */
static void
run_while_held (UpgradeFixture *self, Run *state, const char *command)
{
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (DfuUpgrade) upgrade = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("hold-interface 1-10");
  g_timeout_add (200, tell_cb, (gpointer) command);

  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  run_async (state, upgrade);
}

/* As the system's own daemons do with a board that just arrived. */
static void
test_held_for_a_moment (UpgradeFixture *self, gconstpointer user_data)
{
  Run state = { 0 };

  run_while_held (self, &state, "release-interface 1-10");
  g_assert_no_error (state.error);
  g_assert_cmpint (state.outcome, ==, DFU_OUTCOME_VERIFIED);
  clear_run (&state);
}

/* As when two programs flash one board: the other one has switched it to its bootloader. */
static void
test_taken_along (UpgradeFixture *self, gconstpointer user_data)
{
  Run state = { 0 };

  run_while_held (self, &state, "press-reset 1-10");
  g_assert_true (usb_error_is_busy (state.error));
  clear_run (&state);
}

/* Runs an upgrade of a board that leaves before it is asked to. */
static void
run_after_departure (UpgradeFixture *self, Run *state, const char *comeback)
{
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (DfuUpgrade) upgrade = NULL;

  bus_fixture_plug ("esp32s2@1-10");
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);

  virtual_bus_tell ("unplug 1-10");
  virtual_bus_tell ("wait-for 1-10 absent");
  if (comeback != NULL)
    virtual_bus_tell ("plug %s", comeback);
  run_async (state, upgrade);
}

static void
test_switched_meanwhile (UpgradeFixture *self, gconstpointer user_data)
{
  Run state = { 0 };

  run_after_departure (self, &state, "esp32s2@1-10,mode=dfu");
  g_assert_no_error (state.error);
  g_assert_cmpint (state.outcome, ==, DFU_OUTCOME_VERIFIED);
  clear_run (&state);
}

static void
test_unplugged_meanwhile (UpgradeFixture *self, gconstpointer user_data)
{
  Run state = { 0 };

  run_after_departure (self, &state, NULL);
  g_assert_true (usb_error_is_gone (state.error));
  clear_run (&state);
}

static void
test_properties (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  Run state = { 0 };

  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("slow-transfers 1-10 300");
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  run_async (&state, upgrade);

  g_assert_no_error (state.error);
  g_assert_cmpint (state.outcome, ==, DFU_OUTCOME_VERIFIED);
  g_assert_cmpfloat (state.fraction, ==, 1.0);
  g_assert_nonnull (strstr (state.phases->str, "writing "));
  g_assert_true (g_str_has_suffix (state.phases->str, "done "));
  clear_run (&state);
}

static void
test_cancel (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) archive = test_image_new (100000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  Run state = { .cancel_in = GPOINTER_TO_INT (user_data) };

  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("slow-transfers 1-10 1000");
  if (state.cancel_in == DFU_PHASE_RETURNING)
    virtual_bus_tell ("slow-return 1-10 1000");

  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  run_async (&state, upgrade);

  g_assert_error (state.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (state.outcome, ==, DFU_OUTCOME_CANCELLED);
  g_assert_cmpint (dfu_operation_get_progress (DFU_OPERATION (upgrade)).flash_touched, ==,
                   state.cancel_in == DFU_PHASE_WRITING);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "discarded"), ==, 0);
  clear_run (&state);

  virtual_bus_tell ("slow-transfers 1-10 0");
  upgrade_fixture_assert_verified (self, "1-10", archive);
}

/* It would put the next download behind what it has of this one, so it is started anew. */
static void
test_cancel_program (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) app = test_image_new_app (CHIP_ID_S3, 200000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (app);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  Run state = { .cancel_in = DFU_PHASE_WRITING };

  bus_fixture_plug ("nano-esp32@1-10");
  virtual_bus_tell ("slow-transfers 1-10 5000");
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  run_async (&state, upgrade);

  g_assert_error (state.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), >, 0);
  clear_run (&state);

  virtual_bus_tell ("slow-transfers 1-10 0");
  upgrade_fixture_assert_verified (self, "1-10", app);
}

/* As a program that is killed does: nothing is said to the board. */
static void
break_off (UpgradeFixture *self, const char *port_path, GBytes *app)
{
  g_autoptr (UsbDevice) device = upgrade_fixture_wait_for (self, port_path);
  g_autoptr (UsbPipe) pipe = NULL;
  g_autoptr (DfuSession) session = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;
  DfuStatus status;

  g_assert_true (dfu_interface_find (&interface, device));
  pipe = usb_device_open (device, &error);
  g_assert_no_error (error);
  session = dfu_session_new (pipe, 1000);
  dfu_session_claim (session, &interface, &error);
  g_assert_no_error (error);
  dfu_session_download (session, 0, g_bytes_get_data (app, NULL), 256, 1000, &status, &error);
  g_assert_no_error (error);
}

/* The first try has to know that there is something to forget. */
static void
test_broken_off_program (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) app = test_image_new_app (CHIP_ID_S3, 20000, "blink", "1.0.3", "v5.2.1");

  bus_fixture_plug ("nano-esp32@1-10");
  break_off (self, "1-10", app);
  upgrade_fixture_assert_verified (self, "1-10", app);
}

typedef struct {
  const char *name;
  int interface;
  DfuError code; /* of a failure, else NO_ERROR */
  const char *words;
  gsize offset; /* of what was written */
} InterfaceCase;

#define NO_ERROR ((DfuError) -1)
#define MEMORY_SIZE (512 * 1024)

static const InterfaceCase interface_cases[] = {
  { "nobody-says", DFU_CHOICE_ANY, DFU_ERROR_SEVERAL_INTERFACES, "0 \"Firmware\", 1 \"Settings\"",
    0 },
  { "first", 0, NO_ERROR, NULL, 0 },
  { "second", 1, NO_ERROR, NULL, MEMORY_SIZE },
  { "third", 2, DFU_ERROR_NO_SUCH_MEMORY, "Interface 2", 0 },
};

/* Several are as several memories: nobody guesses which is meant. */
static void
test_interfaces (UpgradeFixture *self, gconstpointer user_data)
{
  const InterfaceCase *c = user_data;
  g_autoptr (GBytes) payload = test_image_new_pattern (20000, 2);
  g_autoptr (GBytes) file = new_generic_file (0x1209, 0x0002);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (DfuUpgrade) upgrade = NULL;
  g_auto (DfuChoice) choice = { 0 };
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("generic-dfu@1-10,interfaces=2");
  upgrade = upgrade_fixture_new_upgrade (self, "1-10", image);
  dfu_choice_init (&choice);
  choice.interface = c->interface;
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  dfu_operation_run (DFU_OPERATION (upgrade), NULL, &error);

  if (c->code == NO_ERROR) {
    g_assert_no_error (error);
    upgrade_fixture_assert_flash_bytes (self, "1-10", c->offset, payload);
    return;
  }

  g_assert_error (error, DFU_ERROR, (int) c->code);
  g_assert_nonnull (strstr (error->message, c->words));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
}

/* What does not forget is not written. */
static void
test_broken_off_kept (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) app = test_image_new_app (CHIP_ID_S3, 20000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (app);
  g_autofree char *verb = upgrade_fixture_substitute (user_data, "1-10");
  g_autoptr (GError) error = NULL;

  bus_fixture_plug ("nano-esp32@1-10");
  break_off (self, "1-10", app);
  virtual_bus_tell ("%s", verb);
  virtual_bus_tell ("reset-stats 1-10");

  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "broken off"));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "blocks"), ==, 0);
}

static void
count_down_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint *left = user_data;

  dfu_operation_run_finish (DFU_OPERATION (object), result, &error);
  g_assert_no_error (error);
  (*left)--;
}

/* The ROM's serial number is 0 on every chip: only the port tells two boards apart. */
static void
test_two_at_once (UpgradeFixture *self, gconstpointer user_data)
{
  const char *const ports[] = { "1-1", "1-2.4" };
  guint left = G_N_ELEMENTS (ports);
  FirmwareImage *images[G_N_ELEMENTS (ports)];

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++) {
    g_autoptr (GBytes) archive = test_image_new (50000 + 1000 * i);
    g_autoptr (DfuUpgrade) upgrade = NULL;

    virtual_bus_tell ("plug esp32s2@%s", ports[i]);
    images[i] = upgrade_fixture_load (archive);
    upgrade = upgrade_fixture_new_upgrade (self, ports[i], images[i]);
    dfu_operation_run_async (DFU_OPERATION (upgrade), NULL, count_down_cb, &left);
  }

  while (left > 0)
    g_main_context_iteration (NULL, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++) {
    upgrade_fixture_assert_flash (self, ports[i], images[i]);
    g_object_unref (images[i]);
  }
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };
  static const gsize sizes[] = { 100, 256, 4096, 4097, 65536, 65537, 524288, 524289, 3900 * 1024 };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strdup_printf ("size/%" G_GSIZE_FORMAT, sizes[i]);

    upgrade_fixture_add (FOLDER, path, GSIZE_TO_POINTER (sizes[i]), test_size);
  }
  upgrade_fixture_add (FOLDER, "joined", NULL, test_joined);
  upgrade_fixture_add (FOLDER, "as-is", NULL, test_as_is);
  upgrade_fixture_add (FOLDER, "several-parts", NULL, test_several_parts);
  upgrade_fixture_add (FOLDER, "status-every-block", NULL, test_status_every_block);
  upgrade_fixture_add (FOLDER, "in-dfu-mode-already", NULL, test_in_dfu_mode_already);
  upgrade_fixture_add (FOLDER, "twice", NULL, test_twice);
  upgrade_fixture_add (FOLDER, "no-access", NULL, test_no_access);
  upgrade_fixture_add (FOLDER, "held-by-another/run-time", "esp32s2@1-10", test_held_by_another);
  upgrade_fixture_add (FOLDER, "held-by-another/dfu", "esp32s2@1-10,mode=dfu",
                       test_held_by_another);
  upgrade_fixture_add (FOLDER, "held-for-a-moment", NULL, test_held_for_a_moment);
  upgrade_fixture_add (FOLDER, "taken-along", NULL, test_taken_along);
  upgrade_fixture_add (FOLDER, "switched-meanwhile", NULL, test_switched_meanwhile);
  upgrade_fixture_add (FOLDER, "unplugged-meanwhile", NULL, test_unplugged_meanwhile);
  upgrade_fixture_add (FOLDER, "wrong-chip", NULL, test_wrong_chip);
  upgrade_fixture_add (FOLDER, "no-archive", NULL, test_no_archive);
  upgrade_fixture_add (FOLDER, "generic/run-time-id", GUINT_TO_POINTER (0x0001), test_generic);
  upgrade_fixture_add (FOLDER, "generic/dfu-id", GUINT_TO_POINTER (0x0002), test_generic);
  upgrade_fixture_add (FOLDER, "generic/any-id", GUINT_TO_POINTER (FIRMWARE_DFU_SUFFIX_ANY_ID),
                       test_generic);
  upgrade_fixture_add (FOLDER, "generic/intolerant-fast", "generic-dfu@1-10,intolerant",
                       test_intolerant);
  upgrade_fixture_add (FOLDER, "generic/intolerant-slow",
                       "generic-dfu@1-10,intolerant,manifest-ms=200", test_intolerant);
  upgrade_fixture_add (FOLDER, "generic/intolerant-too-slow", NULL, test_intolerant_too_slow);
  upgrade_fixture_add (FOLDER, "generic/wrong-in-dfu-mode", NULL, test_wrong_in_dfu_mode);
  upgrade_fixture_add (FOLDER, "properties", NULL, test_properties);
  upgrade_fixture_add (FOLDER, "cancel/returning", GINT_TO_POINTER (DFU_PHASE_RETURNING),
                       test_cancel);
  upgrade_fixture_add (FOLDER, "cancel/program", NULL, test_cancel_program);
  for (gsize i = 0; i < G_N_ELEMENTS (interface_cases); i++) {
    g_autofree char *path = g_strconcat ("interfaces/", interface_cases[i].name, NULL);

    upgrade_fixture_add (FOLDER, path, &interface_cases[i], test_interfaces);
  }
  upgrade_fixture_add (FOLDER, "broken-off/program", NULL, test_broken_off_program);
  upgrade_fixture_add (FOLDER, "broken-off/restart-refused", "stall-at %s detach",
                       test_broken_off_kept);
  upgrade_fixture_add (FOLDER, "broken-off/again", "error-at %s status+3 14", test_broken_off_kept);
  upgrade_fixture_add (FOLDER, "cancel/writing", GINT_TO_POINTER (DFU_PHASE_WRITING), test_cancel);
  upgrade_fixture_add (FOLDER, "two-at-once", NULL, test_two_at_once);

  return g_test_run ();
}
