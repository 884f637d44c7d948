/* firmware-format.h: the table of file formats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"

G_BEGIN_DECLS

/**
 * FirmwareFormat:
 * @nick: stable word for logs, tests and --json: "esp-archive", "dfuse", "dfu", "esp-build",
 *   "ihex", "uf2", "elf", "esp-flash", "esp-binary"
 * @name: what an expert calls it, English, for a detail pane
 * @probe: whether contents look like this format; reads few bytes, never fails
 * @read: turns contents into an image, checking everything that the format lets it check; %NULL
 *   when the contents are nothing without other files
 * @load: (nullable): the same for a file that names other files, or whose own name is of use;
 *   where there is one, files are read by it
 * @open_build: (nullable): what firmware_esp_build_open_files() makes of such a file alone, for a
 *   chip that may be known from elsewhere; %NULL when it is nothing that goes to an ESP chip's
 * flash at addresses of its own
 *
 * One file format. A format is picked by content, never by file name.
 */
struct _FirmwareFormat {
  const char *nick;
  const char *name;
  gboolean (*probe) (GBytes *contents);
  FirmwareImage *(*read) (GBytes *contents, GError **error);
  FirmwareImage *(*load) (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error);
  FirmwareEspBuild *(*open_build) (GFile *file,
                                   GBytes *contents,
                                   const FirmwareEspChip *chip,
                                   GCancellable *cancellable,
                                   GError **error);
};

/* An ESP-IDF archive: cpio members, a table of addresses and MD5 sums, a DFU suffix. */
extern const FirmwareFormat firmware_format_esp_archive;

/* ST's container: bytes with addresses, for the memories of one device. */
extern const FirmwareFormat firmware_format_dfuse;

/* Anything else that ends in a DFU suffix: opaque bytes for one device. */
extern const FirmwareFormat firmware_format_dfu;

/* The flasher_args.json of an ESP-IDF build: tells where the files beside it go. */
extern const FirmwareFormat firmware_format_esp_build;

/* Intel HEX: lines of text with bytes and their addresses. */
extern const FirmwareFormat firmware_format_ihex;

/* UF2: numbered blocks with bytes and their addresses, for the drives of some bootloaders. */
extern const FirmwareFormat firmware_format_uf2;

/* Bytes of no format. It is never found by content, for anything is that; see firmware-raw.h. */
extern const FirmwareFormat firmware_format_raw;

/* What a linker makes: a program with the addresses of its bytes. */
extern const FirmwareFormat firmware_format_elf;

/* The flash of an ESP chip in one piece, as "esptool merge_bin" makes it. */
extern const FirmwareFormat firmware_format_esp_flash;

/* A bootloader, an application or a partition table of an ESP chip. */
extern const FirmwareFormat firmware_format_esp_binary;

const FirmwareFormat *firmware_format_find (GBytes *contents);
const FirmwareFormat *firmware_format_find_for_file (GFile *file, GBytes *contents);

G_END_DECLS
