/* firmware-esp-table.h: dfuinfo0.dat, which tells the ROM where files go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ESP_TABLE_NAME "dfuinfo0.dat"

#define FIRMWARE_ESP_RECORD_LENGTH 88
#define FIRMWARE_ESP_RECORD_NAME_MAX 63
#define FIRMWARE_ESP_RECORD_MD5_LENGTH 16
#define FIRMWARE_ESP_RECORDS_MAX 64

/**
 * FirmwareEspFlag:
 * @FIRMWARE_ESP_FLAG_COPY_TO_RAM: the data go to the address in RAM
 * @FIRMWARE_ESP_FLAG_CALL: the address is called as a function
 * @FIRMWARE_ESP_FLAG_PARAMETERS: the data describe the flash
 * @FIRMWARE_ESP_FLAG_NO_ERASE: nothing is erased before writing
 * @FIRMWARE_ESP_FLAG_IGNORE_MD5: the member is not read back in the end
 *
 * What the ROM does with a member.
 */
typedef enum {
  FIRMWARE_ESP_FLAG_COPY_TO_RAM = 1 << 0,
  FIRMWARE_ESP_FLAG_CALL = 1 << 1,
  FIRMWARE_ESP_FLAG_PARAMETERS = 1 << 2,
  FIRMWARE_ESP_FLAG_NO_ERASE = 1 << 3,
  FIRMWARE_ESP_FLAG_IGNORE_MD5 = 1 << 4,
} FirmwareEspFlag;

/* The flags of flash_params.dat; everything else has none. */
#define FIRMWARE_ESP_FLAGS_PARAMETERS                                                              \
  (FIRMWARE_ESP_FLAG_PARAMETERS | FIRMWARE_ESP_FLAG_NO_ERASE | FIRMWARE_ESP_FLAG_IGNORE_MD5)

/**
 * FirmwareEspRecord:
 * @address: where the member goes in the flash
 * @flags: a set of #FirmwareEspFlag
 * @name: the member's name
 * @md5: of the member's data
 *
 * One record of dfuinfo0.dat.
 */
typedef struct {
  guint32 address;
  guint32 flags;
  char name[FIRMWARE_ESP_RECORD_NAME_MAX + 1];
  guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH];
} FirmwareEspRecord;

gboolean firmware_esp_table_is_name (const char *name);

GArray *firmware_esp_table_parse (const guint8 *data, gsize size, GError **error);
void firmware_esp_table_append (GByteArray *table,
                                const char *name,
                                guint32 address,
                                guint32 flags,
                                const guint8 *data,
                                gsize size);

void firmware_esp_md5 (guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH], const guint8 *data, gsize size);

G_END_DECLS
