/* firmware-esp-regions.c: what each stretch of an ESP chip's flash is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-regions.h"

#include "firmware-esp-sector.h"
#include "firmware-partition.h"

/* Behind this there is nothing. */
#define FLASH_END G_MAXUINT32

static void
clear_region (gpointer data)
{
  FirmwareEspRegion *region = data;

  g_clear_pointer (&region->name, g_free);
}

static void
append_region (GArray *regions,
               guint64 start,
               guint64 end,
               FirmwareEspRegionKind kind,
               const char *name)
{
  const FirmwareEspRegion region = {
    .start = start,
    .end = end,
    .kind = kind,
    .name = g_strdup (name),
  };

  g_array_append_val (regions, region);
}

static FirmwareEspRegionKind
find_kind (FirmwarePartition *partition)
{
  switch (firmware_partition_get_partition_type (partition)) {
  case FIRMWARE_PARTITION_TYPE_APP:
    return FIRMWARE_ESP_REGION_APPLICATION;
  case FIRMWARE_PARTITION_TYPE_BOOTLOADER:
    return FIRMWARE_ESP_REGION_BOOTLOADER;
  case FIRMWARE_PARTITION_TYPE_DATA:
    if (firmware_partition_get_subtype (partition) == FIRMWARE_PARTITION_SUBTYPE_OTA_DATA)
      return FIRMWARE_ESP_REGION_OTA_DATA;
    break;
  default:
    break;
  }

  return FIRMWARE_ESP_REGION_DATA;
}

/* Where something was found that is not the partition's. */
static gboolean
swallows (guint64 start, guint64 end, guint32 place)
{
  return place != FIRMWARE_ESP_NOWHERE && start < place && place < end;
}

/* What begins inside of a sector, or reaches over bootloader or table, is a mistake that the look
 * at the table tells. "ota_data" is the word by which an erased one is recognised. */
static void
append_partition (GArray *regions, const FirmwareEspFlash *flash, FirmwarePartition *partition)
{
  FirmwareEspRegionKind kind = find_kind (partition);
  guint64 start = firmware_partition_get_address (partition);
  guint64 end = firmware_esp_sector_end (start + firmware_partition_get_size (partition));
  const char *name = firmware_partition_get_label (partition);

  if (firmware_esp_sector_start (start) != start || swallows (start, end, flash->bootloader) ||
      swallows (start, end, flash->table))
    return;

  append_region (regions, start, end, kind,
                 kind == FIRMWARE_ESP_REGION_OTA_DATA ? "ota_data" : name);
}

/* Up to whatever comes next, or to the end of the flash. */
static guint64
find_next (const FirmwareEspFlash *flash, guint64 start)
{
  guint64 next = FLASH_END;

  if (flash->table != FIRMWARE_ESP_NOWHERE && flash->table > start)
    next = flash->table;

  for (guint i = 0; i < flash->apps->len; i++) {
    guint32 app = g_array_index (flash->apps, guint32, i);

    if (app > start)
      next = MIN (next, app);
  }

  for (guint i = 0; i < flash->partitions->len; i++) {
    guint32 address = firmware_partition_get_address (g_ptr_array_index (flash->partitions, i));

    if (address > start)
      next = MIN (next, address);
  }

  return next;
}

static void
append_images (GArray *regions, const FirmwareEspFlash *flash)
{
  if (flash->bootloader != FIRMWARE_ESP_NOWHERE)
    append_region (regions, flash->bootloader, find_next (flash, flash->bootloader),
                   FIRMWARE_ESP_REGION_BOOTLOADER, "bootloader");

  if (flash->table != FIRMWARE_ESP_NOWHERE) {
    append_region (regions, flash->table, flash->table + FIRMWARE_ESP_SECTOR_SIZE,
                   FIRMWARE_ESP_REGION_TABLE, "partition-table");
    return;
  }

  for (guint i = 0; i < flash->apps->len; i++) {
    guint32 app = g_array_index (flash->apps, guint32, i);

    append_region (regions, app, find_next (flash, app), FIRMWARE_ESP_REGION_APPLICATION, "app");
  }
}

/* Of two that begin together, what was found goes before what is listed. */
static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const FirmwareEspRegion *first = a;
  const FirmwareEspRegion *second = b;

  return (first->start > second->start) - (first->start < second->start);
}

/* A table may list what overlaps; the first in the flash keeps it. */
static GArray *
fill_gaps (GArray *listed)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (FirmwareEspRegion));
  guint64 end = 0;

  g_array_set_clear_func (regions, clear_region);
  for (guint i = 0; i < listed->len; i++) {
    const FirmwareEspRegion *region = &g_array_index (listed, FirmwareEspRegion, i);

    if (region->start > end)
      append_region (regions, end, region->start, FIRMWARE_ESP_REGION_NOTHING, "data");
    if (region->end <= end)
      continue;

    append_region (regions, MAX (region->start, end), region->end, region->kind, region->name);
    end = region->end;
  }

  append_region (regions, end, FLASH_END, FIRMWARE_ESP_REGION_NOTHING, "data");

  return regions;
}

/**
 * firmware_esp_regions_find:
 * @flash: a survey of a flash
 *
 * Divides a flash: where bootloader and partition table were found, as that table says, and without
 * one by where applications begin.
 *
 * Returns: (transfer full) (element-type FirmwareEspRegion): regions, ascending, from the first
 * address to the last without a gap
 */
GArray *
firmware_esp_regions_find (const FirmwareEspFlash *flash)
{
  g_autoptr (GArray) listed = g_array_new (FALSE, FALSE, sizeof (FirmwareEspRegion));

  g_return_val_if_fail (flash != NULL, NULL);

  g_array_set_clear_func (listed, clear_region);
  append_images (listed, flash);
  for (guint i = 0; i < flash->partitions->len; i++)
    append_partition (listed, flash, g_ptr_array_index (flash->partitions, i));
  g_array_sort (listed, compare_regions);

  return fill_gaps (listed);
}
