/* firmware-elf-file.h: the header of an ELF file, and the numbers behind it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ELF_HEADER_LENGTH 52

#define FIRMWARE_ELF_MACHINE_XTENSA 94
#define FIRMWARE_ELF_MACHINE_RISCV 243

/**
 * FirmwareElfFile:
 * @data: (array length=size): the whole file, borrowed
 * @size: how many bytes it has
 * @is_big: whether numbers begin with their highest byte
 * @machine: e_machine, the processor
 * @entry: e_entry, where the program begins
 * @segments: where the program headers begin, which are in the file
 * @n_segments: how many there are
 * @sections: where the section headers begin
 * @n_sections: how many there are, or 0 when they are not in the file
 * @names: the number of the section with the sections' names
 *
 * An executable of the 32-bit kind: Elf32_Ehdr of the System V ABI.
 */
typedef struct {
  const guint8 *data;
  gsize size;
  gboolean is_big;
  guint16 machine;
  guint32 entry;
  guint32 segments;
  guint16 n_segments;
  guint32 sections;
  guint16 n_sections;
  guint16 names;
} FirmwareElfFile;

gboolean firmware_elf_file_open (FirmwareElfFile *self, GBytes *contents, GError **error);
guint32 firmware_elf_file_read_u32 (const FirmwareElfFile *self, gsize offset);
gboolean firmware_elf_file_check_range (const FirmwareElfFile *self,
                                        const char *what,
                                        guint64 offset,
                                        guint64 length,
                                        GError **error);

G_END_DECLS
