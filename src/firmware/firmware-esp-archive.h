/* firmware-esp-archive.h: ESP-IDF's dfu.bin, a cpio archive for the ROM's DFU loader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-esp-facts.h"
#include "firmware-image.h"

G_BEGIN_DECLS

#define FIRMWARE_ESP_PART_SIZE_DEFAULT (512 * 1024)

/**
 * FirmwareEspArchiveInput:
 * @name: base name of the file, as the archive will list it; at most 63 bytes with its piece number
 * @address: where it goes in the flash, in bytes from its start
 * @data: the file's bytes
 * @facts: (nullable): what is known of them already
 *
 * One input of firmware_esp_archive_write(). Borrows everything.
 */
typedef struct {
  const char *name;
  guint32 address;
  GBytes *data;
  const FirmwareEspFacts *facts;
} FirmwareEspArchiveInput;

GBytes *firmware_esp_archive_write (const FirmwareEspArchiveInput *inputs,
                                    gsize n_inputs,
                                    guint16 product,
                                    guint32 flash_size,
                                    guint32 part_size,
                                    GError **error);
GBytes *firmware_esp_archive_new_parameters (guint32 flash_size);

FirmwareImage *firmware_esp_archive_examine (GBytes *contents,
                                             const FirmwareEspArchiveInput *inputs,
                                             gsize n_inputs,
                                             GError **error);
void firmware_esp_archive_join (FirmwareImage *image);

G_END_DECLS
