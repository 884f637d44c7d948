/* firmware-esp-check-places.c: whether the parts of an ESP firmware are where the chip looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-checks.h"

#include "firmware-bytes.h"
#include "firmware-image-private.h"

static FirmwarePartition *
get_partition (FirmwareImage *image, guint number)
{
  g_autoptr (FirmwarePartition) partition =
    g_list_model_get_item (firmware_image_get_partitions (image), number);

  return partition;
}

static gboolean
is_app_partition (FirmwarePartition *partition)
{
  return firmware_partition_get_partition_type (partition) == FIRMWARE_PARTITION_TYPE_APP;
}

/* ESP-IDF's bootloader looks for applications where app partitions begin. */
static FirmwarePartition *
find_home (FirmwareImage *image, guint64 address)
{
  FirmwarePartition *partition = NULL;

  for (guint i = 0; (partition = get_partition (image, i)) != NULL; i++) {
    if (is_app_partition (partition) && firmware_partition_get_address (partition) == address)
      return partition;
  }

  return NULL;
}

static void
report_homeless (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  g_autofree char *found =
    g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", firmware_segment_get_address (segment));
  g_autofree char *expected = NULL;
  FirmwarePartition *partition = NULL;

  for (guint i = 0; (partition = get_partition (context->image, i)) != NULL; i++) {
    if (!is_app_partition (partition))
      continue;

    expected = g_strdup_printf ("0x%08x", firmware_partition_get_address (partition));
    break;
  }

  firmware_image_report (context->image, FIRMWARE_FINDING_APPLICATION_HOMELESS,
                         firmware_segment_get_name (segment), found, expected);
}

/* What is behind an image and its signatures is padding, which the partition need not hold. */
static void
check_size (const FirmwareEspContext *context,
            FirmwareSegment *segment,
            FirmwarePartition *partition)
{
  const FirmwareEspFacts *facts = firmware_segment_get_facts (segment);
  guint32 size = firmware_partition_get_size (partition);
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;

  if (facts == NULL || facts->total_size <= size)
    return;

  found = g_strdup_printf ("%" G_GUINT64_FORMAT, facts->total_size);
  expected = g_strdup_printf ("%u", size);
  firmware_image_report (context->image, FIRMWARE_FINDING_APPLICATION_TOO_LARGE,
                         firmware_segment_get_name (segment), found, expected);
}

/* Of a table that the bootloader does not take, nothing follows. */
static void
check_application (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  FirmwarePartition *home = NULL;

  if (!context->is_table_good)
    return;

  home = find_home (context->image, firmware_segment_get_address (segment));
  if (home != NULL)
    check_size (context, segment, home);
  else
    report_homeless (context, segment);
}

static gboolean
has_segment_at (FirmwareImage *image, guint64 address)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (firmware_segment_get_address (segment) == address)
      return TRUE;
  }

  return FALSE;
}

/* A partition of its own may hold another bootloader, and the name alone is only believed when
 * there is nothing in the right place. */
static gboolean
may_be_elsewhere (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  const FirmwareEspFacts *facts = firmware_segment_get_facts (segment);
  FirmwarePartition *partition =
    firmware_esp_find_partition (context->image, firmware_segment_get_address (segment));

  if (facts->chip != context->chip)
    return TRUE;

  if (partition != NULL &&
      firmware_partition_get_partition_type (partition) == FIRMWARE_PARTITION_TYPE_BOOTLOADER)
    return TRUE;

  return facts->bootloader.idf_version == NULL &&
         has_segment_at (context->image, context->chip->bootloader_address);
}

static void
check_bootloader (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  guint64 address = firmware_segment_get_address (segment);
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;

  if (address == context->chip->bootloader_address || may_be_elsewhere (context, segment))
    return;

  found = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", address);
  expected = g_strdup_printf ("0x%08x", context->chip->bootloader_address);
  firmware_image_report (context->image, FIRMWARE_FINDING_BOOTLOADER_MISPLACED,
                         firmware_segment_get_name (segment), found, expected);
}

static void
report_unrecognised (const FirmwareEspContext *context, FirmwareSegment *segment, FirmwareRole role)
{
  g_autoptr (GEnumClass) roles = g_type_class_ref (FIRMWARE_TYPE_ROLE);

  firmware_image_report (context->image, FIRMWARE_FINDING_UNRECOGNISED,
                         firmware_segment_get_name (segment),
                         g_enum_get_value (roles, (int) role)->value_nick, NULL);
}

static void
check_table (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

  if (!firmware_esp_partitions_is_present (data, size))
    report_unrecognised (context, segment, FIRMWARE_ROLE_PARTITION_TABLE);
}

/* An application's place may also be wiped. */
static void
check_data (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

  if (firmware_segment_get_facts (segment) == NULL && context->is_table_good &&
      find_home (context->image, firmware_segment_get_address (segment)) != NULL &&
      !firmware_bytes_are_erased (data, size))
    report_unrecognised (context, segment, FIRMWARE_ROLE_APPLICATION);
}

/**
 * firmware_esp_check_place:
 * @context: a firmware
 * @segment: one of its parts
 *
 * Checks that a bootloader is where the ROM looks for it, an application where the partition table
 * has room for it, and that what is in the place of one of them is one.
 */
void
firmware_esp_check_place (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  switch (firmware_segment_get_role (segment)) {
  case FIRMWARE_ROLE_BOOTLOADER:
    if (firmware_segment_get_facts (segment) != NULL)
      check_bootloader (context, segment);
    else
      report_unrecognised (context, segment, FIRMWARE_ROLE_BOOTLOADER);
    break;
  case FIRMWARE_ROLE_APPLICATION:
    check_application (context, segment);
    break;
  case FIRMWARE_ROLE_PARTITION_TABLE:
    check_table (context, segment);
    break;
  case FIRMWARE_ROLE_DATA:
    check_data (context, segment);
    break;
  case FIRMWARE_ROLE_OTA_DATA:
    break;
  }
}

/* How large the bootloader takes the flash to be. */
static guint64
find_bootloader_size (const FirmwareEspContext *context)
{
  FirmwareSegment *bootloader = firmware_esp_find_role (context->image, FIRMWARE_ROLE_BOOTLOADER);
  const FirmwareEspFacts *facts =
    bootloader != NULL ? firmware_segment_get_facts (bootloader) : NULL;

  return facts != NULL && facts->header.flash_size != 0 ? facts->header.flash_size : G_MAXUINT64;
}

static void
report_beyond (const FirmwareEspContext *context,
               FirmwareFindingKind kind,
               FirmwarePartition *partition,
               guint64 size)
{
  g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, size);

  firmware_image_report (context->image, kind, context->table_name,
                         firmware_partition_get_label (partition), expected);
}

/**
 * firmware_esp_check_partitions:
 * @context: a firmware
 *
 * Checks that the partitions end where the bootloader thinks that the flash does, and where the
 * firmware says so. ESP-IDF's bootloader compares the table with the size in its own header, and
 * starts nothing when a partition reaches further.
 */
void
firmware_esp_check_partitions (const FirmwareEspContext *context)
{
  const guint64 bootloader_size = find_bootloader_size (context);
  const guint64 flash_size = context->flash_size != 0 ? context->flash_size : G_MAXUINT64;
  FirmwarePartition *beyond_bootloader = NULL;
  FirmwarePartition *partition = NULL;

  for (guint i = 0; (partition = get_partition (context->image, i)) != NULL; i++) {
    guint64 end = (guint64) firmware_partition_get_address (partition) +
                  firmware_partition_get_size (partition);

    if (end <= bootloader_size && end > flash_size)
      report_beyond (context, FIRMWARE_FINDING_TABLE_BEYOND_FLASH, partition, flash_size);
    else if (end > bootloader_size && beyond_bootloader == NULL)
      beyond_bootloader = partition;
  }

  /* It gives up at the first, and its log names no other. */
  if (beyond_bootloader != NULL)
    report_beyond (context, FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER, beyond_bootloader,
                   bootloader_size);
}

/**
 * firmware_esp_find_partition:
 * @image: a firmware
 * @address: a place in the flash
 *
 * Finds the partition that a place belongs to.
 *
 * Returns: (transfer none) (nullable): the partition
 */
FirmwarePartition *
firmware_esp_find_partition (FirmwareImage *image, guint64 address)
{
  FirmwarePartition *partition = NULL;

  for (guint i = 0; (partition = get_partition (image, i)) != NULL; i++) {
    guint64 start = firmware_partition_get_address (partition);

    if (address >= start && address - start < firmware_partition_get_size (partition))
      return partition;
  }

  return NULL;
}
