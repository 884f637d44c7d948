/* fuzz-image.c: what must hold for whatever a reader returns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-image.h"

/* Looks at the first and the last byte, so that the sanitizers see whether they are there. */
static void
touch (GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  volatile guint8 sink;

  g_assert_cmpuint (size, >, 0);
  sink = data[0];
  sink = data[size - 1];
  (void) sink;
}

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_segments (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  guint64 total = 0;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    check_text (firmware_segment_get_name (segment));
    touch (firmware_segment_get_data (segment));
    total += firmware_segment_get_size (segment);
  }

  if (g_list_model_get_n_items (segments) > 0)
    g_assert_cmpuint (firmware_image_get_total_size (image), ==, total);
}

static void
check_partitions (FirmwareImage *image)
{
  GListModel *partitions = firmware_image_get_partitions (image);

  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    check_text (firmware_partition_get_label (partition));
  }
}

static void
check_findings (FirmwareImage *image)
{
  GListModel *findings = firmware_image_get_findings (image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    check_text (firmware_finding_get_part (finding));
    check_text (firmware_finding_get_found (finding));
    check_text (firmware_finding_get_expected (finding));
  }
}

/* Every byte of the payload is asked for its place in the flash, a few of them in fact. */
static void
check_places (FirmwareImage *image, GBytes *payload)
{
  gsize size = g_bytes_get_size (payload);

  for (gsize offset = 0; offset < size; offset += 1 + size / 64)
    firmware_image_locate (image, offset, NULL);
}

/**
 * fuzz_image_check:
 * @image: (nullable): what a reader returned
 * @error: (nullable): what it said instead
 *
 * Fails unless there is exactly one of them and it can be used.
 */
void
fuzz_image_check (FirmwareImage *image, GError *error)
{
  g_assert_true ((image == NULL) == (error != NULL));

  if (image == NULL) {
    check_text (error->message);
    return;
  }

  check_text (firmware_image_get_title (image));
  check_text (firmware_image_get_idf_version (image));
  check_text (firmware_image_get_build_date (image));
  check_segments (image);
  check_partitions (image);
  check_findings (image);

  if (firmware_image_get_payload (image) == NULL) {
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), >, 0);
    return;
  }

  touch (firmware_image_get_payload (image));
  check_places (image, firmware_image_get_payload (image));
}
