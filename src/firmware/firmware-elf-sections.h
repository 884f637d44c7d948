/* firmware-elf-sections.h: the sections that an ELF file puts into memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-elf-file.h"

G_BEGIN_DECLS

/* What ESP-IDF's bootloader says of itself, which its linker scripts put there. */
#define FIRMWARE_ELF_SECTION_BOOTLOADER ".dram0.bootdesc"

/**
 * FirmwareElfSection:
 * @name: its name inside of the file, "" when it has none that can be read
 * @address: sh_addr, where its first byte goes
 * @offset: where its bytes begin in the file
 * @size: how many there are, at least one
 * @is_code: whether they are instructions
 *
 * Bytes of a program that belong together.
 */
typedef struct {
  const char *name;
  guint32 address;
  guint32 offset;
  guint32 size;
  gboolean is_code;
} FirmwareElfSection;

GArray *firmware_elf_sections_list (const FirmwareElfFile *file, GError **error);

G_END_DECLS
