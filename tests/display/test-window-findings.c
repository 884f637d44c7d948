/* test-window-findings.c: errors, warnings and notes about the firmware, and the consent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-findings-view.h"
#include "test-archive.h"
#include "test-build.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include <string.h>

#define APP_SIZE 20000
#define OTHER_APP_SIZE 30000
#define OTHER_PRODUCT 0x0009
#define CHIP_ID_S3 9
#define BOARD "ESP32-S2 on USB port 1-10"
#define BUILD                                                                                      \
  "{" TEST_BUILD_THREE_FILES ", " TEST_BUILD_CHIP ("esp32s2") ", " TEST_BUILD_SIZE ("4MB")

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static void
open_with_finding (WindowFixture *self, const char *finding)
{
  g_autoptr (GBytes) contents = test_image_new_with_finding (finding, TEST_IMAGE_PRODUCT, APP_SIZE);

  window_fixture_open (self, "dfu.bin", contents);
}

static WindowFixture *
create_with_board (void)
{
  WindowFixture *self = window_fixture_new ();

  virtual_bus_tell ("plug esp32s2@1-10");
  window_fixture_wait_for_row (self, "1-10");

  return self;
}

static gboolean
can_flash (WindowFixture *self)
{
  GtkWidget *flash = window_fixture_find_button (get_widget (self), "Flash");

  g_assert_nonnull (flash);

  return gtk_widget_is_sensitive (flash);
}

static GtkWidget *
get_findings (WindowFixture *self)
{
  return window_fixture_find (get_widget (self), BOOTLACE_TYPE_FINDINGS_VIEW);
}

/* NULL where nobody is asked. */
static GtkWidget *
find_consent (WindowFixture *self)
{
  GtkWidget *consent = window_fixture_find (get_findings (self), GTK_TYPE_CHECK_BUTTON);

  return consent != NULL && gtk_widget_get_mapped (consent) ? consent : NULL;
}

static void
test_error (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();

  open_with_finding (self, "other-chip");
  window_fixture_wait_for_text (get_findings (self), "Error:</b> “");
  window_fixture_wait_for_text (get_findings (self), "idf.py set-target");
  window_fixture_wait_for_text (get_widget (self), "This firmware has errors and is not flashed");
  window_fixture_wait_for_text (get_widget (self), "1 error");
  g_assert_false (can_flash (self));
  g_assert_null (find_consent (self));

  /* Nor is there another way. */
  bootlace_board_list_flash_selected (bootlace_window_get_boards (self->window));
  g_assert_cmpuint (bootlace_job_list_get_n_running (self->jobs), ==, 0);

  virtual_bus_tell ("unplug 1-10");
}

/* A board that writes an application beside its program needs no bootloader; one that writes the
 * whole flash needs it. */
static void
test_application_beside (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) app = test_image_new_app (CHIP_ID_S3, APP_SIZE, "blink", "1.0.3", "v5.2.1");

  window_fixture_open (self, "blink.ino.bin", app);
  window_fixture_wait_for_text (get_findings (self), "has no bootloader");
  window_fixture_wait_for_text (get_widget (self), "2 warnings");

  virtual_bus_tell ("plug nano-esp32@1-10");
  window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_no_text (get_widget (self), "has no bootloader");
  window_fixture_wait_for_no_text (get_widget (self), "2 warnings");
  g_assert_null (find_consent (self));

  virtual_bus_tell ("plug esp32s3@1-2");
  window_fixture_wait_for_text (get_findings (self), "has no bootloader");
  window_fixture_wait_for_text (get_widget (self), "2 warnings");
  g_assert_nonnull (find_consent (self));

  virtual_bus_tell ("unplug 1-2");
  virtual_bus_tell ("unplug 1-10");
}

/* What did not matter when writing began does not come up while it goes on. */
static void
test_application_beside_under_way (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) app = test_image_new_app (CHIP_ID_S3, APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autofree char *text = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug nano-esp32@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "blink.ino.bin", app);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  window_fixture_wait_for_no_text (get_widget (self), "has no bootloader");

  virtual_bus_tell ("slow-transfers 1-10 100000");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Erasing and writing");
  text = window_fixture_dup_text (get_widget (self));
  g_assert_null (strstr (text, "has no bootloader"));
  g_assert_null (find_consent (self));

  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (row, "Written");
  virtual_bus_tell ("unplug 1-10");
}

static void
test_warning_needs_consent (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();
  GtkWidget *row = window_fixture_wait_for_row (self, "1-10");
  GtkWidget *consent;

  open_with_finding (self, "signed");
  window_fixture_wait_for_text (get_findings (self), "is signed for Secure Boot");
  window_fixture_wait_for_text (get_widget (self), BOARD);
  window_fixture_wait_for_text (get_widget (self), "tick “Flash anyway”");
  g_assert_false (can_flash (self));

  consent = find_consent (self);
  g_assert_nonnull (consent);
  gtk_test_accessible_assert_property (consent, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Flash anyway: I have read the warning");
  g_assert_true (gtk_widget_grab_focus (consent));
  g_assert_true (gtk_widget_activate (consent));
  g_assert_true (can_flash (self));
  gtk_test_accessible_assert_property (consent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Flashing is allowed now.");
  window_fixture_wait_for_no_text (get_widget (self), "tick “Flash anyway”");

  g_assert_true (gtk_widget_activate (consent));
  g_assert_false (can_flash (self));
  g_assert_true (gtk_widget_activate (consent));

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");

  virtual_bus_tell ("unplug 1-10");
}

static void
test_consent_ends_with_the_firmware (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();

  open_with_finding (self, "signed");
  window_fixture_wait_for_text (get_widget (self), BOARD);
  g_assert_true (gtk_widget_activate (find_consent (self)));
  g_assert_true (can_flash (self));

  open_with_finding (self, "alone");
  window_fixture_wait_for_no_text (get_findings (self), "Secure Boot");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_consent (self))));
  g_assert_false (can_flash (self));

  virtual_bus_tell ("unplug 1-10");
}

/* As a build does that keeps its warning. */
static void
rewrite_with_warning (guint16 product, gsize app_size)
{
  g_autoptr (GBytes) contents = test_image_new_with_finding ("signed", product, app_size);
  g_autoptr (GFile) file = window_fixture_write_file ("dfu.bin", contents);
}

static void
open_and_agree (WindowFixture *self)
{
  open_with_finding (self, "signed");
  window_fixture_wait_for_text (get_widget (self), BOARD);
  g_assert_true (gtk_widget_activate (find_consent (self)));
  g_assert_true (can_flash (self));
}

static void
assert_asks_again (WindowFixture *self)
{
  BootlaceBoardList *boards = bootlace_window_get_boards (self->window);
  GtkWidget *consent = find_consent (self);

  g_assert_nonnull (consent);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (consent)));
  gtk_test_accessible_assert_property (consent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Flashing waits until you agree.");
  g_assert_cmpint (bootlace_clearance_get_verdict (bootlace_board_list_get_clearance (boards)), ==,
                   BOOTLACE_VERDICT_NEEDS_CONSENT);
  g_assert_false (can_flash (self));

  bootlace_board_list_flash_selected (boards);
  g_assert_cmpuint (bootlace_job_list_get_n_running (self->jobs), ==, 0);
}

static void
test_consent_ends_with_a_rebuild (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();

  open_and_agree (self);
  rewrite_with_warning (TEST_IMAGE_PRODUCT, OTHER_APP_SIZE);
  window_fixture_wait_for_text (get_widget (self), "and is loaded now");
  assert_asks_again (self);

  g_assert_true (gtk_widget_activate (find_consent (self)));
  g_assert_true (can_flash (self));

  virtual_bus_tell ("unplug 1-10");
}

static void
test_consent_ends_with_an_offer (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();

  open_and_agree (self);
  rewrite_with_warning (OTHER_PRODUCT, APP_SIZE);
  window_fixture_wait_for_text (get_widget (self), "firmware for another board now");

  /* What is only offered changes nothing. */
  g_assert_true (can_flash (self));

  window_fixture_activate (self, "win.reload");
  assert_asks_again (self);

  virtual_bus_tell ("unplug 1-10");
}

static void
test_consent_ends_with_what_waited (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();
  GtkWidget *row = window_fixture_wait_for_row (self, "1-10");

  virtual_bus_tell ("slow-transfers 1-10 40000");
  open_and_agree (self);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Erasing and writing");

  rewrite_with_warning (TEST_IMAGE_PRODUCT, OTHER_APP_SIZE);
  window_fixture_wait_for_text (get_widget (self), "It will be loaded when the boards are done.");
  virtual_bus_tell ("slow-transfers 1-10 0");
  window_fixture_wait_for_text (get_widget (self), "The boards that are done got what was there");
  assert_asks_again (self);

  virtual_bus_tell ("unplug 1-10");
}

/* The box is the same one, so it must not go on saying what it said about the first. */
static void
test_consent_is_not_told_of_the_last_firmware (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();

  open_and_agree (self);
  open_with_finding (self, "no-hash");
  g_assert_null (find_consent (self));
  open_with_finding (self, "signed");
  assert_asks_again (self);

  virtual_bus_tell ("unplug 1-10");
}

static void
write_good_parts (TestBuild *build)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (TEST_IMAGE_PRODUCT, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app =
    test_image_new_app (TEST_IMAGE_PRODUCT, APP_SIZE, "blink", "1.0.3", "v5.2.1");

  test_build_write (build, "bootloader/bootloader.bin", bootloader);
  test_build_write (build, "partition_table/partition-table.bin", table);
  test_build_write (build, "app.bin", app);
}

/* All bytes are as they were, and what would come of flashing them is not. */
static void
test_rebuilt_with_the_same_bytes (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  TestBuild build;

  test_build_set_up (&build, NULL);
  write_good_parts (&build);
  test_build_write_json (&build, BUILD "}");
  bootlace_window_open (self->window, &build.folder, 1);
  window_fixture_wait_for_text (get_widget (self), "from an ESP-IDF build");
  g_assert_false (gtk_widget_get_mapped (get_findings (self)));

  test_build_write_json (&build,
                         BUILD ", \"app\": {\"file\": \"app.bin\", \"encrypted\": \"true\"}}");
  window_fixture_wait_for_text (get_findings (self), "flash encryption");
  g_assert_nonnull (find_consent (self));

  test_build_tear_down (&build, NULL);
}

/* A note is no reason to hesitate, and stands with the details. */
static void
test_note (void)
{
  g_autoptr (WindowFixture) self = create_with_board ();
  g_autofree char *text = NULL;

  open_with_finding (self, "no-hash");
  window_fixture_wait_for_text (get_widget (self), BOARD);
  window_fixture_wait_for_text (get_widget (self), "1 note");
  g_assert_true (can_flash (self));
  g_assert_false (gtk_widget_get_mapped (get_findings (self)));
  text = window_fixture_dup_text (get_widget (self));
  g_assert_null (strstr (text, "Note:"));

  g_signal_emit_by_name (window_fixture_find_button (get_widget (self), "Details"), "clicked");
  window_fixture_wait_for_text (get_widget (self), "Note:");

  virtual_bus_tell ("unplug 1-10");
}

static GBytes *
create_with_many_errors (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();

  for (guint i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf ("app-%u.bin", i);
    g_autoptr (GBytes) app = test_image_new_app (9, APP_SIZE, "blink", "1", "v5.2.1");

    test_archive_add (archive, name, 0x10000 * (i + 1), app);
  }
  test_archive_add_parameters (archive, TEST_IMAGE_FLASH_SIZE);

  return test_archive_finish (archive, TEST_IMAGE_PRODUCT);
}

static void
test_many_are_folded (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = create_with_many_errors ();
  GtkWidget *more;
  g_autofree char *text = NULL;

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (get_findings (self), "app-0.bin");
  text = window_fixture_dup_text (get_findings (self));
  g_assert_null (strstr (text, "app-3.bin"));

  more = window_fixture_find (get_findings (self), GTK_TYPE_TOGGLE_BUTTON);
  g_assert_true (gtk_widget_get_mapped (more));
  g_signal_emit_by_name (more, "clicked");
  window_fixture_wait_for_text (get_findings (self), "app-3.bin");
  window_fixture_wait_for_text (get_findings (self), "app-5.bin");
  g_signal_emit_by_name (more, "clicked");
  window_fixture_wait_for_no_text (get_findings (self), "app-5.bin");
}

/* What was not checked is no check that has passed, and what lies behind the end of the flash is
 * explained. */
static void
test_no_flash_size (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (TEST_IMAGE_PRODUCT, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = test_image_new_app (TEST_IMAGE_PRODUCT, 20000, "blink", "1.0", "v5.2.1");
  g_autoptr (GBytes) contents = NULL;

  test_archive_add (archive, "bootloader.bin", 0x1000, bootloader);
  test_archive_add (archive, "partition-table.bin", 0x8000, table);
  test_archive_add (archive, "blink.bin", 0x10000, app);
  contents = test_archive_finish (archive, TEST_IMAGE_PRODUCT);

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (GTK_WIDGET (self->window),
                                "the file’s checksum, the MD5 of 3 parts · 1 note");
  window_fixture_wait_for_text (GTK_WIDGET (self->window), "beyond the end of the flash");
  window_fixture_wait_for_no_text (GTK_WIDGET (self->window), "the size of the flash");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-findings/error", test_error);
  g_test_add_func ("/window-findings/application-beside", test_application_beside);
  g_test_add_func ("/window-findings/application-beside-under-way",
                   test_application_beside_under_way);
  g_test_add_func ("/window-findings/warning-needs-consent", test_warning_needs_consent);
  g_test_add_func ("/window-findings/consent-ends-with-the-firmware",
                   test_consent_ends_with_the_firmware);
  g_test_add_func ("/window-findings/consent-ends-with-a-rebuild",
                   test_consent_ends_with_a_rebuild);
  g_test_add_func ("/window-findings/consent-ends-with-an-offer", test_consent_ends_with_an_offer);
  g_test_add_func ("/window-findings/consent-ends-with-what-waited",
                   test_consent_ends_with_what_waited);
  g_test_add_func ("/window-findings/consent-is-not-told-of-the-last-firmware",
                   test_consent_is_not_told_of_the_last_firmware);
  g_test_add_func ("/window-findings/rebuilt-with-the-same-bytes",
                   test_rebuilt_with_the_same_bytes);
  g_test_add_func ("/window-findings/note", test_note);
  g_test_add_func ("/window-findings/many-are-folded", test_many_are_folded);
  g_test_add_func ("/window-findings/no-flash-size", test_no_flash_size);

  return g_test_run ();
}
