/* test-check.c: what tests expect of images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-check.h"

#include "firmware-error.h"

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

/**
 * test_assert_refused:
 * @contents: a whole file that is bad
 * @code: a #FirmwareError
 * @part_of_message: (nullable): what the message must say
 *
 * Checks that a file is refused for the right reason.
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
}
