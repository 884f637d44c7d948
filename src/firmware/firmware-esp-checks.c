/* firmware-esp-checks.c: whether the parts of an ESP firmware fit together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-checks.h"

#include "firmware-image-private.h"

static FirmwareSegment *
get_segment (FirmwareImage *image, guint number)
{
  g_autoptr (FirmwareSegment) segment =
    g_list_model_get_item (firmware_image_get_segments (image), number);

  return segment;
}

/* A whole board needs all three; who writes an application alone builds on what is there. */
static void
check_company (const FirmwareEspContext *context)
{
  static const FirmwareRole company[] = {
    FIRMWARE_ROLE_BOOTLOADER,
    FIRMWARE_ROLE_PARTITION_TABLE,
  };
  g_autoptr (GEnumClass) roles = g_type_class_ref (FIRMWARE_TYPE_ROLE);

  if (firmware_esp_find_role (context->image, FIRMWARE_ROLE_APPLICATION) == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (company); i++) {
    if (firmware_esp_find_role (context->image, company[i]) == NULL)
      firmware_image_report (context->image, FIRMWARE_FINDING_ALONE, NULL,
                             g_enum_get_value (roles, (int) company[i])->value_nick, NULL);
  }
}

static void
report_fault (const FirmwareEspContext *context, const FirmwareTableFault *fault)
{
  g_autofree char *found = firmware_table_fault_to_text (fault);

  firmware_image_report (context->image,
                         firmware_table_fault_is_fatal (fault) ? FIRMWARE_FINDING_TABLE_DAMAGED
                                                               : FIRMWARE_FINDING_TABLE_ENTRY,
                         context->table_name, found, NULL);
}

/**
 * firmware_esp_find_role:
 * @image: a firmware
 * @role: a role
 *
 * Finds the first part with a role.
 *
 * Returns: (transfer none) (nullable): the part
 */
FirmwareSegment *
firmware_esp_find_role (FirmwareImage *image, FirmwareRole role)
{
  FirmwareSegment *segment = NULL;

  for (guint i = 0; (segment = get_segment (image, i)) != NULL; i++) {
    if (firmware_segment_get_role (segment) == role)
      return segment;
  }

  return NULL;
}

/**
 * firmware_esp_checks_add_table:
 * @context: a firmware, which gets the partitions and what is wrong with them
 * @name: the name of the part that the table is in, which the caller keeps alive
 * @table: the table
 *
 * Takes over a partition table before the parts are looked at one by one: it tells which of them
 * are data.
 */
void
firmware_esp_checks_add_table (FirmwareEspContext *context,
                               const char *name,
                               const FirmwareEspPartitions *table)
{
  for (guint i = 0; i < table->partitions->len; i++)
    firmware_image_add_partition (context->image, g_ptr_array_index (table->partitions, i));

  context->table_name = name;
  context->is_table_good = firmware_esp_partitions_is_good (table);
  for (guint i = 0; i < table->faults->len; i++)
    report_fault (context, &g_array_index (table->faults, FirmwareTableFault, i));
}

/**
 * firmware_esp_checks_run:
 * @context: a firmware with all of its segments
 *
 * Looks for whatever a person should know before the firmware is flashed.
 */
void
firmware_esp_checks_run (const FirmwareEspContext *context)
{
  FirmwareSegment *segment = NULL;

  g_return_if_fail (context != NULL);

  for (guint i = 0; (segment = get_segment (context->image, i)) != NULL; i++) {
    firmware_esp_check_image (context, segment);
    firmware_esp_check_place (context, segment);
    firmware_esp_check_room (context, segment);
  }

  firmware_esp_check_partitions (context);
  firmware_esp_check_headers (context);
  check_company (context);
  if (context->flash_size == 0)
    firmware_image_report (context->image, FIRMWARE_FINDING_NO_PARAMETERS, NULL, NULL, NULL);
}
