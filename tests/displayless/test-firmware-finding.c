/* test-firmware-finding.c: what a person should know about a firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-format.h"
#include "firmware-image-private.h"

static void
add (FirmwareImage *image, FirmwareFindingKind kind, const char *part)
{
  g_autoptr (FirmwareFinding) finding = firmware_finding_new (kind, part, NULL, NULL);

  firmware_image_add_finding (image, finding);
}

static void
assert_part (FirmwareImage *image, guint i, const char *part)
{
  g_autoptr (FirmwareFinding) finding =
    g_list_model_get_item (firmware_image_get_findings (image), i);

  g_assert_cmpstr (firmware_finding_get_part (finding), ==, part);
}

/* Heaviest first; what weighs the same stays in the order in which it was found. */
static void
test_order (void)
{
  g_autoptr (GBytes) payload = g_bytes_new_static ("x", 1);
  g_autoptr (FirmwareImage) image = firmware_image_new (&firmware_format_dfu, payload, NULL);

  add (image, FIRMWARE_FINDING_NO_HASH, "a");
  add (image, FIRMWARE_FINDING_SIGNED, "b");
  g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR));
  add (image, FIRMWARE_FINDING_OTHER_CHIP, "c");
  add (image, FIRMWARE_FINDING_NO_HASH, "d");
  add (image, FIRMWARE_FINDING_ENCRYPTED, "e");

  assert_part (image, 0, "c");
  assert_part (image, 1, "b");
  assert_part (image, 2, "e");
  assert_part (image, 3, "a");
  assert_part (image, 4, "d");
  g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR));
  g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/finding/order", test_order);

  return g_test_run ();
}
