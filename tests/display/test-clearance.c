/* test-clearance.c: whether firmware may be flashed at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-clearance.h"

#include "test-image.h"

#define APP_SIZE 20000

static FirmwareImage *
create_image (const char *finding)
{
  g_autoptr (GBytes) contents =
    finding != NULL ? test_image_new_with_finding (finding, TEST_IMAGE_PRODUCT, APP_SIZE)
                    : test_image_new (APP_SIZE);
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_image_new_from_bytes (contents, &error);

  g_assert_no_error (error);

  return image;
}

static void
assert_verdict (BootlaceClearance *clearance, BootlaceVerdict verdict)
{
  g_assert_cmpint (bootlace_clearance_get_verdict (clearance), ==, verdict);
}

static void
test_verdicts (void)
{
  static const struct {
    const char *finding;
    BootlaceVerdict verdict;
    BootlaceVerdict with_consent;
  } cases[] = {
    { NULL, BOOTLACE_VERDICT_CLEAR, BOOTLACE_VERDICT_CLEAR },
    { "no-hash", BOOTLACE_VERDICT_CLEAR, BOOTLACE_VERDICT_CLEAR },
    { "signed", BOOTLACE_VERDICT_NEEDS_CONSENT, BOOTLACE_VERDICT_CLEAR },
    { "alone", BOOTLACE_VERDICT_NEEDS_CONSENT, BOOTLACE_VERDICT_CLEAR },
    { "other-chip", BOOTLACE_VERDICT_REFUSED, BOOTLACE_VERDICT_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (BootlaceClearance) clearance = bootlace_clearance_new ();
    g_autoptr (FirmwareImage) image = create_image (cases[i].finding);

    assert_verdict (clearance, BOOTLACE_VERDICT_NOTHING);
    bootlace_clearance_set_image (clearance, image);
    assert_verdict (clearance, cases[i].verdict);
    bootlace_clearance_set_consent (clearance, TRUE);
    assert_verdict (clearance, cases[i].with_consent);
    bootlace_clearance_set_consent (clearance, FALSE);
    assert_verdict (clearance, cases[i].verdict);
  }
}

/* What was agreed to about one firmware holds for no other, be it the same file read again. */
static void
test_other_firmware (void)
{
  g_autoptr (BootlaceClearance) clearance = bootlace_clearance_new ();
  g_autoptr (FirmwareImage) image = create_image ("signed");
  g_autoptr (FirmwareImage) again = create_image ("signed");

  bootlace_clearance_set_image (clearance, image);
  bootlace_clearance_set_consent (clearance, TRUE);
  bootlace_clearance_set_image (clearance, image);
  assert_verdict (clearance, BOOTLACE_VERDICT_CLEAR);

  bootlace_clearance_set_image (clearance, again);
  g_assert_false (bootlace_clearance_get_consent (clearance));
  assert_verdict (clearance, BOOTLACE_VERDICT_NEEDS_CONSENT);

  bootlace_clearance_set_image (clearance, NULL);
  assert_verdict (clearance, BOOTLACE_VERDICT_NOTHING);
}

/* A board that writes an application beside the one that runs lacks nothing; but nothing else is
 * forgiven. */
static void
test_written_beside (void)
{
  g_autoptr (BootlaceClearance) clearance = bootlace_clearance_new ();
  g_autoptr (FirmwareImage) alone = create_image ("alone");
  g_autoptr (FirmwareImage) is_signed = create_image ("signed");

  bootlace_clearance_set_image (clearance, alone);
  assert_verdict (clearance, BOOTLACE_VERDICT_NEEDS_CONSENT);
  bootlace_clearance_set_written_beside (clearance, TRUE);
  assert_verdict (clearance, BOOTLACE_VERDICT_CLEAR);
  g_assert_false (bootlace_clearance_get_consent (clearance));

  bootlace_clearance_set_image (clearance, is_signed);
  assert_verdict (clearance, BOOTLACE_VERDICT_NEEDS_CONSENT);
  bootlace_clearance_set_image (clearance, alone);
  assert_verdict (clearance, BOOTLACE_VERDICT_CLEAR);
  bootlace_clearance_set_written_beside (clearance, FALSE);
  assert_verdict (clearance, BOOTLACE_VERDICT_NEEDS_CONSENT);
}

static void
count_cb (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_notifies_changes (void)
{
  g_autoptr (BootlaceClearance) clearance = bootlace_clearance_new ();
  g_autoptr (FirmwareImage) image = create_image ("signed");
  guint n_notified = 0;

  g_signal_connect_swapped (clearance, "notify::verdict", G_CALLBACK (count_cb), &n_notified);
  bootlace_clearance_set_image (clearance, image);
  g_assert_cmpuint (n_notified, ==, 1);
  bootlace_clearance_set_consent (clearance, FALSE);
  g_assert_cmpuint (n_notified, ==, 1);
  bootlace_clearance_set_consent (clearance, TRUE);
  bootlace_clearance_set_consent (clearance, TRUE);
  g_assert_cmpuint (n_notified, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clearance/verdicts", test_verdicts);
  g_test_add_func ("/clearance/other-firmware", test_other_firmware);
  g_test_add_func ("/clearance/written-beside", test_written_beside);
  g_test_add_func ("/clearance/notifies-changes", test_notifies_changes);

  return g_test_run ();
}
