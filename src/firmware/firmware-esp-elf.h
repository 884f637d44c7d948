/* firmware-esp-elf.h: from the program of an ESP chip to the image that its bootloader takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-esp-image-writer.h"

G_BEGIN_DECLS

extern const FirmwareEspImageParameters firmware_esp_elf_parameters;

GBytes *firmware_esp_elf_convert (GBytes *contents,
                                  const FirmwareEspChip **chip,
                                  const FirmwareEspImageParameters *parameters,
                                  GError **error);

G_END_DECLS
