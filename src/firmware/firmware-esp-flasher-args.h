/* firmware-esp-flasher-args.h: flasher_args.json, in which ESP-IDF tells what it has built
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "firmware-esp-chip.h"

G_BEGIN_DECLS

#define FIRMWARE_ESP_FLASHER_ARGS_NAME "flasher_args.json"

/**
 * FirmwareEspFlasherFile:
 * @address: where the file goes in the flash
 * @path: the file, seen from the folder of the JSON, or absolute; printable
 * @is_encrypted: whether it is to be encrypted in the flash
 *
 * One member of "flash_files".
 */
typedef struct {
  guint32 address;
  char *path;
  gboolean is_encrypted;
} FirmwareEspFlasherFile;

/**
 * FirmwareEspFlasherArgs:
 * @files: (element-type FirmwareEspFlasherFile): what goes where, 1 to 63 files in no order
 * @chip: (nullable): the chip that they are for, with or without a DFU loader, or %NULL when the
 *   JSON does not tell
 * @flash_size: how large the flash is, or 0 when the JSON does not tell
 * @is_encrypted: whether something is to be encrypted that is none of the files
 *
 * What a flasher_args.json says, as far as DFU needs to know.
 */
typedef struct {
  GArray *files;
  const FirmwareEspChip *chip;
  guint32 flash_size;
  gboolean is_encrypted;
} FirmwareEspFlasherArgs;

gboolean firmware_esp_flasher_args_is_present (GBytes *contents);
gboolean
firmware_esp_flasher_args_parse (FirmwareEspFlasherArgs *self, GBytes *contents, GError **error);
void firmware_esp_flasher_args_clear (FirmwareEspFlasherArgs *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspFlasherArgs, firmware_esp_flasher_args_clear)

G_END_DECLS
