/* firmware-esp-role.c: what a part of an ESP chip's flash is, by its content
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-role.h"

#include "firmware-bytes.h"
#include "firmware-esp-description.h"
#include "firmware-esp-image.h"
#include "firmware-esp-partitions.h"

#include <zlib.h>

/* esp_ota_select_entry_t of ESP-IDF, at the beginning of each of two sectors. */
#define OTA_RECORD_LENGTH 32
#define OTA_RECORD_SEQUENCE 0
#define OTA_RECORD_CRC 28

/* For what the content does not tell: encrypted parts, erased OTA data. */
static const struct {
  const char *prefix;
  FirmwareRole role;
} names[] = {
  { "bootloader", FIRMWARE_ROLE_BOOTLOADER },
  { "partition-table", FIRMWARE_ROLE_PARTITION_TABLE },
  { "partition_table", FIRMWARE_ROLE_PARTITION_TABLE },
  { "partitions", FIRMWARE_ROLE_PARTITION_TABLE },
  { "ota_data", FIRMWARE_ROLE_OTA_DATA },
};

static FirmwareRole
find_role_by_name (const char *name, FirmwareRole otherwise)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_has_prefix (name, names[i].prefix))
      return names[i].role;
  }

  return otherwise;
}

static FirmwareRole
find_image_role (const char *name,
                 guint64 address,
                 const guint8 *data,
                 gsize size,
                 const FirmwareEspChip *chip)
{
  if (firmware_esp_description_is_application (data, size))
    return FIRMWARE_ROLE_APPLICATION;

  if (address == chip->bootloader_address || firmware_esp_description_is_bootloader (data, size))
    return FIRMWARE_ROLE_BOOTLOADER;

  return find_role_by_name (name, FIRMWARE_ROLE_APPLICATION);
}

/* The CRC is of the sequence number alone, and begins with all bits set before inversion. */
static gboolean
is_ota_record (const guint8 *record)
{
  guint32 crc = (guint32) crc32_z (0xffffffff, record + OTA_RECORD_SEQUENCE, sizeof (guint32));

  return firmware_bytes_read_u32 (record + OTA_RECORD_CRC) == crc;
}

/**
 * firmware_esp_role_is_ota_data:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Tells whether bytes are OTA data of which at least one of the two records is in use; when none
 * is, only a name can tell.
 *
 * Returns: whether they are
 */
gboolean
firmware_esp_role_is_ota_data (const guint8 *data, gsize size)
{
  guint n_used = 0;

  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (size != FIRMWARE_ESP_OTA_DATA_LENGTH)
    return FALSE;

  for (gsize offset = 0; offset < size; offset += FIRMWARE_ESP_SECTOR_SIZE) {
    if (firmware_bytes_are_erased (data + offset, OTA_RECORD_LENGTH))
      continue;

    if (!is_ota_record (data + offset))
      return FALSE;

    n_used++;
  }

  return n_used > 0;
}

/**
 * firmware_esp_role_find:
 * @name: a part's name
 * @address: where it goes in the flash
 * @data: its bytes
 * @chip: the chip it is for
 *
 * Finds out what a part is: by its content first, by its name last.
 *
 * Returns: its role
 */
FirmwareRole
firmware_esp_role_find (const char *name,
                        guint64 address,
                        GBytes *data,
                        const FirmwareEspChip *chip)
{
  FirmwareEspImage header;
  const guint8 *bytes = NULL;
  gsize size = 0;

  g_return_val_if_fail (name != NULL, FIRMWARE_ROLE_DATA);
  g_return_val_if_fail (data != NULL, FIRMWARE_ROLE_DATA);
  g_return_val_if_fail (chip != NULL, FIRMWARE_ROLE_DATA);

  bytes = g_bytes_get_data (data, &size);

  if (firmware_esp_image_parse (&header, bytes, size))
    return find_image_role (name, address, bytes, size, chip);

  if (firmware_esp_partitions_is_present (bytes, size))
    return FIRMWARE_ROLE_PARTITION_TABLE;

  if (firmware_esp_role_is_ota_data (bytes, size))
    return FIRMWARE_ROLE_OTA_DATA;

  return find_role_by_name (name, FIRMWARE_ROLE_DATA);
}
