/* bootlace-part-text.c: parts of a firmware and partitions of the flash in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-part-text.h"

#include <glib/gi18n.h>

#include <string.h>

#include "wording-format.h"

/* Whether an odd number of parts come before it of which nothing is known. */
static gboolean
is_every_other (FirmwareSegment *segment, FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  gboolean is_odd = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) other = g_list_model_get_item (segments, i);

    if (other == segment)
      break;
    if (firmware_segment_get_role (other) == FIRMWARE_ROLE_DATA)
      is_odd = !is_odd;
  }

  return is_odd;
}

/**
 * bootlace_part_get_style:
 * @segment: a part of a firmware
 * @image: the firmware
 *
 * Parts of which nothing is known take turns with two colours, for their names may not tell them
 * apart either.
 *
 * Returns: the CSS class that colours it
 */
const char *
bootlace_part_get_style (FirmwareSegment *segment, FirmwareImage *image)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  switch (firmware_segment_get_role (segment)) {
  case FIRMWARE_ROLE_BOOTLOADER:
    return "bootloader";
  case FIRMWARE_ROLE_PARTITION_TABLE:
    return "partition-table";
  case FIRMWARE_ROLE_OTA_DATA:
    return "ota-data";
  case FIRMWARE_ROLE_APPLICATION:
    return "application";
  case FIRMWARE_ROLE_DATA:
    break;
  }

  return is_every_other (segment, image) ? "other-data" : "data";
}

/**
 * bootlace_part_dup_label:
 * @segment: a part of a firmware
 *
 * Returns: (transfer full): what people call it; the file's name where its role says nothing
 */
char *
bootlace_part_dup_label (FirmwareSegment *segment)
{
  const char *name;
  const char *extension;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

  switch (firmware_segment_get_role (segment)) {
  case FIRMWARE_ROLE_BOOTLOADER:
    return g_strdup (_ ("bootloader"));
  case FIRMWARE_ROLE_PARTITION_TABLE:
    return g_strdup (_ ("partition table"));
  case FIRMWARE_ROLE_OTA_DATA:
    /* Translators: data that say which of two applications starts; OTA is "over the air" */
    return g_strdup (_ ("OTA data"));
  case FIRMWARE_ROLE_APPLICATION:
    /* Translators: the application, a part of the firmware */
    return g_strdup (_ ("app"));
  case FIRMWARE_ROLE_DATA:
    break;
  }

  name = firmware_segment_get_name (segment);
  extension = g_str_has_suffix (name, ".bin") ? strrchr (name, '.') : NULL;

  return extension != NULL ? g_strndup (name, extension - name) : g_strdup (name);
}

/**
 * bootlace_part_describe:
 * @segment: a part of a firmware
 *
 * Returns: (transfer full): its name, address and size in one line
 */
char *
bootlace_part_describe (FirmwareSegment *segment)
{
  g_autofree char *label = NULL;
  g_autofree char *address = NULL;
  g_autofree char *size = NULL;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

  label = bootlace_part_dup_label (segment);
  address = wording_format_address (firmware_segment_get_address (segment));
  size = wording_format_size (firmware_segment_get_size (segment));

  /* Translators: a part of a firmware: name, size and address in the flash */
  return g_strdup_printf (_ ("%s: %s at %s"), label, size, address);
}

/**
 * bootlace_part_describe_place:
 * @segment: a part of a firmware
 * @image: the firmware
 *
 * Returns: (transfer full): its name, address, size and partition in one line
 */
char *
bootlace_part_describe_place (FirmwareSegment *segment, FirmwareImage *image)
{
  g_autofree char *part = NULL;
  g_autofree char *label = NULL;
  FirmwarePartition *partition;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  part = bootlace_part_describe (segment);
  partition = bootlace_partition_find (image, firmware_segment_get_address (segment));
  if (partition == NULL)
    return g_steal_pointer (&part);

  label = bootlace_partition_dup_label (partition);

  /* Translators: a part of a firmware like "app: 912 kB at 0x00010000", and the partition in which
   * it goes */
  return g_strdup_printf (_ ("%s, in partition “%s”"), part, label);
}

/**
 * bootlace_partition_find:
 * @image: a firmware
 * @address: an address in the flash
 *
 * Returns: (transfer none) (nullable): the first partition that @address is in
 */
FirmwarePartition *
bootlace_partition_find (FirmwareImage *image, guint64 address)
{
  GListModel *partitions;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  partitions = firmware_image_get_partitions (image);

  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);
    guint64 start = firmware_partition_get_address (partition);

    /* The image holds it, too. */
    if (address >= start && address - start < firmware_partition_get_size (partition))
      return partition;
  }

  return NULL;
}

/**
 * bootlace_partition_dup_label:
 * @partition: a partition
 *
 * Returns: (transfer full): its name, or its kind when it has none
 */
char *
bootlace_partition_dup_label (FirmwarePartition *partition)
{
  const char *label;

  g_return_val_if_fail (FIRMWARE_IS_PARTITION (partition), NULL);

  label = firmware_partition_get_label (partition);

  return g_strdup (*label != '\0' ? label : firmware_partition_get_kind (partition));
}

/**
 * bootlace_partition_dup_contents:
 * @partition: a partition
 * @image: the firmware that it belongs to
 *
 * Returns: (transfer full) (nullable): the parts that go in it, or %NULL when it is left as it is
 */
char *
bootlace_partition_dup_contents (FirmwarePartition *partition, FirmwareImage *image)
{
  GListModel *segments;
  GString *text = NULL;

  g_return_val_if_fail (FIRMWARE_IS_PARTITION (partition), NULL);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    g_autofree char *label = NULL;

    if (bootlace_partition_find (image, firmware_segment_get_address (segment)) != partition)
      continue;

    label = bootlace_part_dup_label (segment);
    if (text == NULL)
      text = g_string_new (label);
    else
      g_string_append_printf (text, ", %s", label);
  }

  return text != NULL ? g_string_free (text, FALSE) : NULL;
}

/**
 * bootlace_partition_describe:
 * @partition: a partition
 * @image: the firmware that it belongs to
 *
 * Returns: (transfer full): its name, kind, address, size and what goes in it, in one line
 */
char *
bootlace_partition_describe (FirmwarePartition *partition, FirmwareImage *image)
{
  g_autofree char *label = NULL;
  g_autofree char *address = NULL;
  g_autofree char *size = NULL;
  g_autofree char *contents = NULL;

  g_return_val_if_fail (FIRMWARE_IS_PARTITION (partition), NULL);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  label = bootlace_partition_dup_label (partition);
  address = wording_format_address (firmware_partition_get_address (partition));
  size = wording_format_size (firmware_partition_get_size (partition));
  contents = bootlace_partition_dup_contents (partition, image);

  if (contents == NULL)
    /* Translators: a partition: name, size and address in the flash */
    return g_strdup_printf (_ ("Partition “%s”: %s at %s, left as it is"), label, size, address);

  /* Translators: a partition: name, size and address in the flash, and the parts that go in it */
  return g_strdup_printf (_ ("Partition “%s”: %s at %s, for %s"), label, size, address, contents);
}
