/* firmware-esp-checks.c: whether the parts of an ESP firmware fit together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-checks.h"

#include "firmware-esp-flash.h"
#include "firmware-image-private.h"

static FirmwareSegment *
get_segment (FirmwareImage *image, guint number)
{
  g_autoptr (FirmwareSegment) segment =
    g_list_model_get_item (firmware_image_get_segments (image), number);

  return segment;
}

/* The part that reaches over a place. */
static FirmwareSegment *
find_cover (FirmwareImage *image, guint64 place)
{
  FirmwareSegment *segment = NULL;

  for (guint i = 0; (segment = get_segment (image, i)) != NULL; i++) {
    guint64 start = firmware_segment_get_address (segment);

    if (place >= start && place - start < firmware_segment_get_size (segment))
      return segment;
  }

  return NULL;
}

static gboolean
is_bootloader (FirmwareSegment *segment)
{
  return firmware_segment_get_role (segment) == FIRMWARE_ROLE_BOOTLOADER;
}

/* Of an application that is where the firmware's own table has no place for it, that is told. */
static gboolean
is_homeless (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  return firmware_segment_get_role (segment) == FIRMWARE_ROLE_APPLICATION && context->is_table_good;
}

/* A bootloader that is long enough to reach the table's place looks for the table elsewhere. */
static void
check_cover (const FirmwareEspContext *context,
             FirmwareSegment *cover,
             const char *role,
             guint64 place)
{
  const gboolean begins = firmware_segment_get_address (cover) == place;
  g_autofree char *expected = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", place);

  if (is_bootloader (cover) || is_homeless (context, cover))
    return;

  if (begins && firmware_segment_get_facts (cover) == NULL)
    firmware_image_report (context->image, FIRMWARE_FINDING_UNRECOGNISED,
                           firmware_segment_get_name (cover), role, NULL);
  else
    firmware_image_report (context->image, FIRMWARE_FINDING_OVERWRITES,
                           firmware_segment_get_name (cover), role, expected);
}

/* A whole board needs both; who writes an application alone builds on what is there. */
static void
check_company (const FirmwareEspContext *context)
{
  const struct {
    FirmwareRole role;
    guint64 place;
  } company[] = {
    { FIRMWARE_ROLE_BOOTLOADER, context->chip->bootloader_address },
    { FIRMWARE_ROLE_PARTITION_TABLE, FIRMWARE_ESP_TABLE_ADDRESS },
  };
  g_autoptr (GEnumClass) roles = g_type_class_ref (FIRMWARE_TYPE_ROLE);
  const gboolean has_app =
    firmware_esp_find_role (context->image, FIRMWARE_ROLE_APPLICATION) != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (company); i++) {
    const char *nick = g_enum_get_value (roles, (int) company[i].role)->value_nick;
    FirmwareSegment *cover = find_cover (context->image, company[i].place);

    if (firmware_esp_find_role (context->image, company[i].role) != NULL)
      continue;

    if (cover != NULL)
      check_cover (context, cover, nick, company[i].place);
    if (has_app && (cover == NULL || is_bootloader (cover)))
      firmware_image_report (context->image, FIRMWARE_FINDING_ALONE, NULL, nick, NULL);
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
