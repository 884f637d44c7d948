/* firmware-esp-places.c: where a file of an ESP chip's firmware belongs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-places.h"

#include "firmware-error.h"
#include "firmware-esp-flash.h"
#include "firmware-partition.h"

#include <string.h>

static gboolean
is_of_type (FirmwarePartition *partition, guint8 type, guint8 first, guint8 last)
{
  guint8 subtype = firmware_partition_get_subtype (partition);

  return firmware_partition_get_partition_type (partition) == type && subtype >= first &&
         subtype <= last;
}

/* Of several the one with the lowest subtype. */
static FirmwarePartition *
find_partition (GPtrArray *partitions, guint8 type, guint8 first, guint8 last)
{
  FirmwarePartition *found = NULL;

  for (guint i = 0; partitions != NULL && i < partitions->len; i++) {
    FirmwarePartition *partition = g_ptr_array_index (partitions, i);

    if (is_of_type (partition, type, first, last) &&
        (found == NULL ||
         firmware_partition_get_subtype (partition) < firmware_partition_get_subtype (found)))
      found = partition;
  }

  return found;
}

/* "storage.bin" and "storage.img" belong to the partition "storage". */
static FirmwarePartition *
find_partition_by_name (GPtrArray *partitions, const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, dot - name) : g_strdup (name);

  for (guint i = 0; partitions != NULL && i < partitions->len; i++) {
    FirmwarePartition *partition = g_ptr_array_index (partitions, i);

    if (g_ascii_strcasecmp (firmware_partition_get_label (partition), stem) == 0)
      return partition;
  }

  return NULL;
}

/* Newer tables list themselves. */
static FirmwarePartition *
find_table_partition (GPtrArray *partitions)
{
  return find_partition (partitions, FIRMWARE_PARTITION_TYPE_TABLE,
                         FIRMWARE_PARTITION_SUBTYPE_PRIMARY, FIRMWARE_PARTITION_SUBTYPE_PRIMARY);
}

/* The application that starts when there is no OTA data. */
static FirmwarePartition *
find_application_partition (GPtrArray *partitions)
{
  FirmwarePartition *factory =
    find_partition (partitions, FIRMWARE_PARTITION_TYPE_APP, FIRMWARE_PARTITION_SUBTYPE_FACTORY,
                    FIRMWARE_PARTITION_SUBTYPE_FACTORY);

  return factory != NULL ? factory
                         : find_partition (partitions, FIRMWARE_PARTITION_TYPE_APP,
                                           FIRMWARE_PARTITION_SUBTYPE_OTA_FIRST,
                                           FIRMWARE_PARTITION_SUBTYPE_OTA_LAST);
}

static FirmwarePartition *
find_data_partition (GPtrArray *partitions, const FirmwareEspStray *file)
{
  FirmwarePartition *partition = NULL;

  if (file->role == FIRMWARE_ROLE_OTA_DATA)
    partition =
      find_partition (partitions, FIRMWARE_PARTITION_TYPE_DATA, FIRMWARE_PARTITION_SUBTYPE_OTA_DATA,
                      FIRMWARE_PARTITION_SUBTYPE_OTA_DATA);

  return partition != NULL ? partition : find_partition_by_name (partitions, file->name);
}

static gboolean
is_free (const FirmwareEspSurroundings *self, guint64 address)
{
  const guint64 end = address + FIRMWARE_ESP_SECTOR_SIZE;

  if (self->chip->bootloader_address + self->bootloader_size > address)
    return FALSE;

  for (guint i = 0; self->partitions != NULL && i < self->partitions->len; i++) {
    FirmwarePartition *partition = g_ptr_array_index (self->partitions, i);
    guint64 start = firmware_partition_get_address (partition);

    if (start < end && address < start + firmware_partition_get_size (partition))
      return FALSE;
  }

  return TRUE;
}

/* Where its usual place is taken, the project has moved it, and partitions begin right behind it.
 */
static guint32
propose_table (const FirmwareEspSurroundings *self)
{
  guint32 first = 0;

  if (is_free (self, FIRMWARE_ESP_TABLE_ADDRESS) || self->partitions == NULL ||
      self->partitions->len == 0)
    return FIRMWARE_ESP_TABLE_ADDRESS;

  first = firmware_partition_get_address (g_ptr_array_index (self->partitions, 0));
  if (first % FIRMWARE_ESP_SECTOR_SIZE != 0 || first < FIRMWARE_ESP_SECTOR_SIZE ||
      !is_free (self, first - FIRMWARE_ESP_SECTOR_SIZE))
    return FIRMWARE_ESP_TABLE_ADDRESS;

  return first - FIRMWARE_ESP_SECTOR_SIZE;
}

/* What is too large for its partition, the look at the archive tells. */
static void
take_partition (FirmwarePartition *partition,
                guint32 otherwise,
                guint32 *address,
                gboolean *is_proposed)
{
  *is_proposed = partition == NULL;
  *address = partition != NULL ? firmware_partition_get_address (partition) : otherwise;
}

static gboolean
place_data (const FirmwareEspStray *file, GPtrArray *partitions, guint32 *address, GError **error)
{
  FirmwarePartition *partition = find_data_partition (partitions, file);

  if (partition == NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_PLACE,
                 "%s is neither a bootloader, a partition table nor an application of ESP-IDF, and "
                 "%s",
                 file->name,
                 partitions != NULL ? "no partition has its name"
                                    : "there is no partition table with a place for it");
    firmware_error_set_file (error, file->name);
    return FALSE;
  }

  *address = firmware_partition_get_address (partition);
  return TRUE;
}

/**
 * firmware_esp_places_find:
 * @file: a file
 * @surroundings: what says where it belongs
 * @address: (out): where the file goes
 * @is_proposed: (out): whether nothing but habit says so
 * @error: return location for an error, when nothing has a place for the file
 *
 * Finds out where a file belongs.
 *
 * Returns: whether it has a place
 */
gboolean
firmware_esp_places_find (const FirmwareEspStray *file,
                          const FirmwareEspSurroundings *surroundings,
                          guint32 *address,
                          gboolean *is_proposed,
                          GError **error)
{
  GPtrArray *partitions = NULL;

  g_return_val_if_fail (file != NULL && surroundings != NULL, FALSE);
  g_return_val_if_fail (address != NULL && is_proposed != NULL, FALSE);

  partitions = surroundings->partitions;
  *is_proposed = FALSE;
  switch (file->role) {
  case FIRMWARE_ROLE_BOOTLOADER:
    *address = surroundings->chip->bootloader_address;
    return TRUE;
  case FIRMWARE_ROLE_PARTITION_TABLE:
    take_partition (find_table_partition (partitions), propose_table (surroundings), address,
                    is_proposed);
    return TRUE;
  case FIRMWARE_ROLE_APPLICATION:
    take_partition (find_application_partition (partitions), FIRMWARE_ESP_APP_ADDRESS, address,
                    is_proposed);
    return TRUE;
  case FIRMWARE_ROLE_OTA_DATA:
  case FIRMWARE_ROLE_DATA:
    break;
  }

  return place_data (file, partitions, address, error);
}
