/* wording-format-name.c: what things in a firmware are called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-format.h"

#include <glib/gi18n.h>

/**
 * wording_format_role:
 * @role: what a part of a firmware is
 *
 * Returns: (transfer none): what people call it, in lower case
 */
const char *
wording_format_role (FirmwareRole role)
{
  switch (role) {
  case FIRMWARE_ROLE_BOOTLOADER:
    return _ ("bootloader");
  case FIRMWARE_ROLE_PARTITION_TABLE:
    return _ ("partition table");
  case FIRMWARE_ROLE_OTA_DATA:
    /* Translators: data that say which of two applications starts; OTA is "over the air" */
    return _ ("OTA data");
  case FIRMWARE_ROLE_APPLICATION:
    /* Translators: the application, a part of the firmware */
    return _ ("app");
  case FIRMWARE_ROLE_DATA:
    break;
  }

  /* Translators: a part of the firmware of which nothing more is known */
  return _ ("data");
}

/**
 * wording_format_table_md5:
 * @md5: what came of verifying the MD5 of a partition table
 *
 * Returns: (transfer none): that in words
 */
const char *
wording_format_table_md5 (FirmwareEspProof md5)
{
  switch (md5) {
  case FIRMWARE_ESP_PROOF_GOOD:
    return _ ("the table’s own MD5 verified");
  case FIRMWARE_ESP_PROOF_WRONG:
    return _ ("the table’s own MD5 wrong");
  case FIRMWARE_ESP_PROOF_NONE:
    break;
  }

  return _ ("no MD5 in the table");
}

/**
 * wording_format_name:
 * @format: what a file is
 *
 * Returns: (transfer none): its translated name
 */
const char *
wording_format_name (const FirmwareFormat *format)
{
  const struct {
    const FirmwareFormat *format;
    const char *name;
  } names[] = {
    { &firmware_format_esp_archive, N_ ("ESP-IDF DFU archive") },
    { &firmware_format_esp_build, N_ ("ESP-IDF build") },
    { &firmware_format_esp_flash, N_ ("ESP flash image") },
    { &firmware_format_esp_binary, N_ ("ESP binary") },
    { &firmware_format_dfuse, N_ ("DfuSe file") },
    { &firmware_format_dfu, N_ ("DFU file") },
    { &firmware_format_ihex, N_ ("Intel HEX file") },
    { &firmware_format_uf2, N_ ("UF2 file") },
    { &firmware_format_elf, N_ ("ELF program") },
    { &firmware_format_raw, N_ ("raw binary") },
  };

  g_return_val_if_fail (format != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (names[i].format == format)
      return _ (names[i].name);
  }

  /* A new one needs a row here. */
  g_return_val_if_reached (format->name);
}
