/* firmware-esp-program.h: what the program of an ESP chip has in the chip's memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-image-writer.h"
#include "firmware-esp-memory.h"

G_BEGIN_DECLS

/**
 * FirmwareEspStretch:
 * @name: the name of the first of its sections, inside of the file
 * @memory: the memory that it is in
 * @is_code: whether it is instructions
 * @piece: where it is, and its bytes
 *
 * Sections of a program that are one behind the other.
 */
typedef struct {
  const char *name;
  const FirmwareEspMemory *memory;
  gboolean is_code;
  FirmwareEspImagePiece piece;
} FirmwareEspStretch;

/**
 * FirmwareEspProgram:
 * @chip: the chip that it is for
 * @entry_point: address of the first instruction
 * @stretches: (element-type FirmwareEspStretch): its bytes, in the order of addresses, at least one
 *
 * A program before it becomes an image.
 */
typedef struct {
  const FirmwareEspChip *chip;
  guint32 entry_point;
  GArray *stretches;
} FirmwareEspProgram;

gboolean firmware_esp_program_read (FirmwareEspProgram *self,
                                    GBytes *contents,
                                    const FirmwareEspChip *chip,
                                    GError **error);
void firmware_esp_program_clear (FirmwareEspProgram *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspProgram, firmware_esp_program_clear)

G_END_DECLS
