/* bootlace-part-text.c: a part of a firmware in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-part-text.h"

#include <glib/gi18n.h>

#include <string.h>

#include "wording-format.h"

/**
 * bootlace_part_get_style:
 * @segment: a part of a firmware
 *
 * Returns: the CSS class that colours it
 */
const char *
bootlace_part_get_style (FirmwareSegment *segment)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (segment), NULL);

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

  return "data";
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
