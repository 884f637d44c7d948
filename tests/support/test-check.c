/* test-check.c: what tests expect of images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-check.h"

#include "firmware-error.h"

#include <stdio.h>
#include <string.h>

/**
 * test_read_image:
 * @contents: a whole file that is good
 *
 * Reads a file.
 *
 * Returns: (transfer full): an image
 */
FirmwareImage *
test_read_image (GBytes *contents)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_image_new_from_bytes (contents, &error);

  g_assert_no_error (error);
  g_assert_nonnull (image);

  return image;
}

/**
 * test_get_segment:
 * @image: an image
 * @number: which of its segments
 *
 * Gets a segment that is there.
 *
 * Returns: (transfer none): a segment, which lives as long as the image
 */
FirmwareSegment *
test_get_segment (FirmwareImage *image, guint number)
{
  g_autoptr (FirmwareSegment) segment =
    g_list_model_get_item (firmware_image_get_segments (image), number);

  g_assert_nonnull (segment);

  return segment;
}

/* What is wrong is wrong somewhere, and people are told where; but a DFU suffix's CRC is of all of
 * the file. */
static gboolean
must_have_place (const GError *error)
{
  return error->code == FIRMWARE_ERROR_MALFORMED || error->code == FIRMWARE_ERROR_DIGEST ||
         error->code == FIRMWARE_ERROR_OVERLAP || error->code == FIRMWARE_ERROR_BEYOND_FLASH ||
         error->code == FIRMWARE_ERROR_BAD_ADDRESS;
}

/**
 * test_assert_place:
 * @error: a %FIRMWARE_ERROR
 *
 * Checks that an error knows where the fault is, if faults of its kind are somewhere: what it says
 * for a log of a line or an offset, it must tell apart from its text, too.
 */
void
test_assert_place (const GError *error)
{
  const FirmwarePlace *place = firmware_error_get_place (error);
  g_autofree char *offset = NULL;
  guint line = 0;

  if (must_have_place (error) && place == NULL)
    g_error ("\"%s\" has no place", error->message);
  if (strstr (error->message, "DFU suffix") != NULL && error->code == FIRMWARE_ERROR_CHECKSUM)
    g_assert_null (place);

  if (sscanf (error->message, "Line %u", &line) == 1) {
    g_assert_nonnull (place);
    g_assert_cmpint (place->kind, ==, FIRMWARE_PLACE_LINE);
    g_assert_cmpuint (place->number, ==, line);
  } else if (strstr (error->message, "at offset 0x") != NULL &&
             error->code != FIRMWARE_ERROR_MISSING_PART) {
    g_assert_nonnull (place);
    g_assert_cmpint (place->kind, ==, FIRMWARE_PLACE_OFFSET);
    offset = g_strdup_printf ("offset 0x%x", (guint) place->number);
    g_assert_nonnull (strstr (error->message, offset));
  }
}

/**
 * test_assert_refused:
 * @contents: a whole file that is bad
 * @code: a #FirmwareError
 * @part_of_message: (nullable): what the message must say
 *
 * Checks that a file is refused for the right reason, and where it is at fault.
 */
void
test_assert_refused (GBytes *contents, int code, const char *part_of_message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, &error);

  g_assert_null (image);
  g_assert_error (error, FIRMWARE_ERROR, code);
  if (part_of_message != NULL && strstr (error->message, part_of_message) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, part_of_message);
  test_assert_place (error);
}

/**
 * test_has_finding:
 * @image: an image
 * @kind: of a finding
 * @part: (nullable): its part
 * @found: (nullable): what it says there is
 * @expected: (nullable): what it says there should be
 *
 * Returns: whether the image has just this finding
 */
gboolean
test_has_finding (FirmwareImage *image,
                  FirmwareFindingKind kind,
                  const char *part,
                  const char *found,
                  const char *expected)
{
  GListModel *findings = firmware_image_get_findings (image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_kind (finding) == kind &&
        g_strcmp0 (firmware_finding_get_part (finding), part) == 0 &&
        g_strcmp0 (firmware_finding_get_found (finding), found) == 0 &&
        g_strcmp0 (firmware_finding_get_expected (finding), expected) == 0)
      return TRUE;
  }

  return FALSE;
}

/**
 * test_count_findings:
 * @image: an image
 * @kind: of findings
 *
 * Returns: how many findings of this kind the image has
 */
guint
test_count_findings (FirmwareImage *image, FirmwareFindingKind kind)
{
  GListModel *findings = firmware_image_get_findings (image);
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    count += firmware_finding_get_kind (finding) == kind;
  }

  return count;
}

/**
 * test_dup_findings:
 * @image: an image
 *
 * Lists the kinds of the image's findings in their order, as "encrypted alone alone".
 *
 * Returns: (transfer full): the nicks, with one space between them
 */
char *
test_dup_findings (FirmwareImage *image)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_FINDING_KIND);
  GListModel *findings = firmware_image_get_findings (image);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);
    const char *nick =
      g_enum_get_value (kinds, (int) firmware_finding_get_kind (finding))->value_nick;

    g_test_message ("%s: %s, %s, %s", nick, firmware_finding_get_part (finding),
                    firmware_finding_get_found (finding), firmware_finding_get_expected (finding));
    g_string_append_printf (text, i > 0 ? " %s" : "%s", nick);
  }

  return g_string_free (text, FALSE);
}
