/* firmware-esp-check-room.c: whether the parts of an ESP firmware keep to their partitions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-checks.h"

#include "firmware-image-private.h"

static guint64
get_partition_end (FirmwarePartition *partition)
{
  return (guint64) firmware_partition_get_address (partition) +
         firmware_partition_get_size (partition);
}

/* Of an application itself, not of what is behind it, more is told elsewhere. */
static gboolean
is_told_elsewhere (FirmwareSegment *segment, FirmwarePartition *home)
{
  const FirmwareEspFacts *facts = firmware_segment_get_facts (segment);

  if (firmware_segment_get_role (segment) != FIRMWARE_ROLE_APPLICATION)
    return FALSE;

  return home == NULL || facts == NULL ||
         firmware_partition_get_address (home) != firmware_segment_get_address (segment) ||
         facts->total_size > firmware_partition_get_size (home);
}

static void
report_too_large (const FirmwareEspContext *context,
                  FirmwareSegment *segment,
                  FirmwarePartition *home)
{
  g_autofree char *found =
    g_strdup_printf ("%" G_GUINT64_FORMAT, firmware_segment_get_size (segment));
  g_autofree char *expected = g_strdup_printf ("%u", firmware_partition_get_size (home));

  firmware_image_report (context->image, FIRMWARE_FINDING_PART_TOO_LARGE,
                         firmware_segment_get_name (segment), found, expected);
}

/* Empty when it touches none. */
static char *
list_touched (FirmwareImage *image, guint64 start, guint64 end)
{
  GListModel *partitions = firmware_image_get_partitions (image);
  GString *labels = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    if (firmware_partition_get_address (partition) < end && start < get_partition_end (partition))
      g_string_append_printf (labels, labels->len > 0 ? ", %s" : "%s",
                              firmware_partition_get_label (partition));
  }

  return g_string_free (labels, FALSE);
}

static void
report_across (const FirmwareEspContext *context, FirmwareSegment *segment, guint64 end)
{
  g_autofree char *found =
    list_touched (context->image, firmware_segment_get_address (segment), end);

  if (*found != '\0')
    firmware_image_report (context->image, FIRMWARE_FINDING_ACROSS_PARTITIONS,
                           firmware_segment_get_name (segment), found, NULL);
}

/**
 * firmware_esp_check_room:
 * @context: a firmware
 * @segment: one of its parts
 *
 * Checks that a part ends where its partition does, or before. Of a table that ESP-IDF's bootloader
 * does not take, nothing follows.
 */
void
firmware_esp_check_room (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  guint64 start = firmware_segment_get_address (segment);
  guint64 end = start + firmware_segment_get_size (segment);
  FirmwarePartition *home = firmware_esp_find_partition (context->image, start);

  if (!context->is_table_good || is_told_elsewhere (segment, home) ||
      (home != NULL && end <= get_partition_end (home)))
    return;

  if (home != NULL && firmware_partition_get_address (home) == start)
    report_too_large (context, segment, home);
  else
    report_across (context, segment, end);
}
