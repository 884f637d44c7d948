/* firmware-esp-elf-part.h: the image that belongs to the program of an ESP chip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "firmware-esp-chip.h"
#include "firmware-finding.h"

G_BEGIN_DECLS

/**
 * FirmwareEspElfPart:
 * @name: what it is called: "blink.bin" for "blink.elf"
 * @image: its bytes
 * @file: (nullable): where it was found, or %NULL when it was made
 * @finding: which of both it was
 *
 * What goes to the flash of the bytes of an ELF file.
 */
typedef struct {
  char *name;
  GBytes *image;
  GFile *file;
  FirmwareFinding *finding;
} FirmwareEspElfPart;

gboolean firmware_esp_elf_part_init (FirmwareEspElfPart *self,
                                     GFile *elf,
                                     GBytes *contents,
                                     const FirmwareEspChip *chip,
                                     GCancellable *cancellable,
                                     GError **error);
void firmware_esp_elf_part_clear (FirmwareEspElfPart *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspElfPart, firmware_esp_elf_part_clear)

G_END_DECLS
