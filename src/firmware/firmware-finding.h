/* firmware-finding.h: what a look into a firmware found that a person should know
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FirmwareSeverity:
 * @FIRMWARE_SEVERITY_NOTE: worth knowing, and no reason to hesitate
 * @FIRMWARE_SEVERITY_WARNING: probably not what is wanted; flashing needs one deliberate click
 * @FIRMWARE_SEVERITY_ERROR: the board would not start, so nothing is flashed
 *
 * How much a finding weighs, lightest first. The nicks are "note", "warning" and "error".
 */
typedef enum {
  FIRMWARE_SEVERITY_NOTE,
  FIRMWARE_SEVERITY_WARNING,
  FIRMWARE_SEVERITY_ERROR,
} FirmwareSeverity;

#define FIRMWARE_TYPE_SEVERITY (firmware_severity_get_type ())
GType firmware_severity_get_type (void);

/**
 * FirmwareFindingKind:
 * @FIRMWARE_FINDING_OTHER_CHIP: the part was built for chip "found", or for an unknown one with
 * this chip id, the firmware is for "expected"
 * @FIRMWARE_FINDING_IMAGE_CUT: the part's segments reach beyond its end; "found" and "expected" are
 *   sizes in bytes
 * @FIRMWARE_FINDING_IMAGE_CHECKSUM: the part's segment checksum is wrong
 * @FIRMWARE_FINDING_IMAGE_HASH: the SHA-256 behind the application's segments is wrong
 * @FIRMWARE_FINDING_TABLE_DAMAGED: ESP-IDF's bootloader does not take the partition table: its MD5
 *   is wrong, or an entry makes no sense; "found" is the text of a #FirmwareTableFault
 * @FIRMWARE_FINDING_BOOTLOADER_MISPLACED: the bootloader is at address "found", the chip's ROM
 *   looks at "expected"
 * @FIRMWARE_FINDING_APPLICATION_HOMELESS: the application is at address "found", where no app
 *   partition begins; the first one, if any, does so at "expected"
 * @FIRMWARE_FINDING_APPLICATION_TOO_LARGE: the application has "found" bytes, its partition
 *   "expected"
 * @FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER: partition "found" reaches beyond the "expected" bytes
 *   that the firmware's bootloader takes the flash to have, so it does not take the table
 * @FIRMWARE_FINDING_NO_HEADER: nothing in the file says what it is: no board is given it unless a
 *   person says which
 * @FIRMWARE_FINDING_NO_CHIP: nothing in the firmware says which chip it is for
 * @FIRMWARE_FINDING_TABLE_ENTRY: an entry of the partition table is probably a mistake, but the
 *   bootloader takes the table; "found" is the text of a #FirmwareTableFault
 * @FIRMWARE_FINDING_PART_TOO_LARGE: the part has "found" bytes, the partition that it fills from
 *   its beginning on only "expected", so it overwrites what comes behind
 * @FIRMWARE_FINDING_ACROSS_PARTITIONS: the part begins inside of a partition, or in none, and
 *   reaches over a border; it touches the partitions "found" (labels with commas)
 * @FIRMWARE_FINDING_BOOTLOADER_HASH: the SHA-256 behind the bootloader's segments is wrong, as some
 *   tools leave it when they change the flash settings in its header; the chip's ROM says so on its
 *   console and starts it all the same
 * @FIRMWARE_FINDING_UNRECOGNISED: the part's name or place is that of a "found" (the nick of a
 *   #FirmwareRole), its content is not: it was encrypted before, or it is another file
 * @FIRMWARE_FINDING_OVERWRITES: the part is no "found" (the nick of a #FirmwareRole), but reaches
 *   over that one's place, "expected", and the firmware brings none
 * @FIRMWARE_FINDING_TABLE_BEYOND_FLASH: partition "found" reaches beyond the flash's "expected"
 *   bytes; the bootloader takes the table all the same, as far as is known
 * @FIRMWARE_FINDING_HEADER_FLASH_SIZE: the part's header takes the flash to have "found" bytes, the
 *   firmware says "expected"
 * @FIRMWARE_FINDING_SIGNED: the part is signed for Secure Boot: once it has booted, the chip's ROM
 *   may do no DFU any more, for good
 * @FIRMWARE_FINDING_SIGNATURE_DAMAGED: no chip that demands a signature takes the one that the part
 *   has; "found" is the nick of a #FirmwareEspSignatureFault
 * @FIRMWARE_FINDING_ENCRYPTED: the project encrypts the part, or some part when there is none: the
 *   chip does so when it starts for the first time, and the same holds
 * @FIRMWARE_FINDING_ALONE: the firmware has no "found" (the nick of a #FirmwareRole), so the one on
 *   the board must fit
 * @FIRMWARE_FINDING_USB_PINS: the project uses the pins of the chip's USB socket for something
 * else: "found" are the settings, such as "BLINK_GPIO = 19", with commas between them
 * @FIRMWARE_FINDING_TAKEN_RAW: a person takes for raw bytes what looks like something else; "found"
 *   is the nick of a #FirmwareStranger
 * @FIRMWARE_FINDING_PLACE_PROPOSED: the file does not say where the part belongs; "found" is the
 *   address that was taken
 * @FIRMWARE_FINDING_TABLE_MOVED: the partition table is at address "found", or its usual place
 *   "expected" is taken and it must be there; the bootloader must look for it there
 * @FIRMWARE_FINDING_NO_PARAMETERS: the archive does not tell the flash's size; the ROM takes 2 MiB
 * @FIRMWARE_FINDING_PART_UNCUT: the archive has a piece of "found" bytes, for which the chip erases
 *   flash within one request; other tools give up after 5 s, and cut at "expected"
 * @FIRMWARE_FINDING_NO_HASH: the part has no SHA-256 of its own
 * @FIRMWARE_FINDING_IDF_VERSIONS: the part was built with ESP-IDF "found", the application with
 *   "expected"
 * @FIRMWARE_FINDING_LEFT_UNTOUCHED: the partitions "found" (labels with commas) are erased in the
 *   file, so they are not written and keep what the board has in them
 * @FIRMWARE_FINDING_BUILD_TAKEN: the file "part" is a program of which an image must be made first,
 *   so the build that was made of it and lies in its folder was taken
 * @FIRMWARE_FINDING_IMAGE_MADE: the file "part" is a program of which an image was made; the
 * settings for the flash, which it does not tell, are the usual ones, "found" ("DIO, 80 MHz, 2 MB")
 * @FIRMWARE_FINDING_BOOT_PINS: the project uses pins whose level at a reset decides how the chip
 *   starts; "found" are the settings, as above
 * @FIRMWARE_FINDING_REST_LEFT_OUT: behind the application in partition "part" there are "found"
 *   bytes that do not belong to it and are not written
 * @FIRMWARE_FINDING_RENAMED: the file "part" has a name that no part can have; the part is called
 *   "found"
 *
 * What is known to be worth saying. The nicks are the words behind FIRMWARE_FINDING_ in lower case
 * with hyphens.
 */
typedef enum {
  FIRMWARE_FINDING_OTHER_CHIP,
  FIRMWARE_FINDING_IMAGE_CUT,
  FIRMWARE_FINDING_IMAGE_CHECKSUM,
  FIRMWARE_FINDING_IMAGE_HASH,
  FIRMWARE_FINDING_TABLE_DAMAGED,
  FIRMWARE_FINDING_BOOTLOADER_MISPLACED,
  FIRMWARE_FINDING_APPLICATION_HOMELESS,
  FIRMWARE_FINDING_APPLICATION_TOO_LARGE,
  FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER,
  FIRMWARE_FINDING_NO_HEADER,
  FIRMWARE_FINDING_NO_CHIP,
  FIRMWARE_FINDING_TABLE_ENTRY,
  FIRMWARE_FINDING_PART_TOO_LARGE,
  FIRMWARE_FINDING_ACROSS_PARTITIONS,
  FIRMWARE_FINDING_BOOTLOADER_HASH,
  FIRMWARE_FINDING_UNRECOGNISED,
  FIRMWARE_FINDING_OVERWRITES,
  FIRMWARE_FINDING_TABLE_BEYOND_FLASH,
  FIRMWARE_FINDING_HEADER_FLASH_SIZE,
  FIRMWARE_FINDING_SIGNED,
  FIRMWARE_FINDING_SIGNATURE_DAMAGED,
  FIRMWARE_FINDING_ENCRYPTED,
  FIRMWARE_FINDING_ALONE,
  FIRMWARE_FINDING_USB_PINS,
  FIRMWARE_FINDING_TAKEN_RAW,
  FIRMWARE_FINDING_PLACE_PROPOSED,
  FIRMWARE_FINDING_TABLE_MOVED,
  FIRMWARE_FINDING_NO_PARAMETERS,
  FIRMWARE_FINDING_PART_UNCUT,
  FIRMWARE_FINDING_NO_HASH,
  FIRMWARE_FINDING_IDF_VERSIONS,
  FIRMWARE_FINDING_LEFT_UNTOUCHED,
  FIRMWARE_FINDING_REST_LEFT_OUT,
  FIRMWARE_FINDING_BUILD_TAKEN,
  FIRMWARE_FINDING_IMAGE_MADE,
  FIRMWARE_FINDING_BOOT_PINS,
  FIRMWARE_FINDING_RENAMED,
} FirmwareFindingKind;

#define FIRMWARE_TYPE_FINDING_KIND (firmware_finding_kind_get_type ())
GType firmware_finding_kind_get_type (void);

/**
 * FirmwareFinding:
 *
 * One finding about a #FirmwareImage. Immutable. The sentence for people is made of it elsewhere.
 * Properties: "kind", "severity", "part", "found", "expected".
 */
#define FIRMWARE_TYPE_FINDING (firmware_finding_get_type ())
G_DECLARE_FINAL_TYPE (FirmwareFinding, firmware_finding, FIRMWARE, FINDING, GObject)

FirmwareFinding *firmware_finding_new (FirmwareFindingKind kind,
                                       const char *part,
                                       const char *found,
                                       const char *expected);

FirmwareFindingKind firmware_finding_get_kind (FirmwareFinding *self);
FirmwareSeverity firmware_finding_get_severity (FirmwareFinding *self);
const char *firmware_finding_get_part (FirmwareFinding *self);
const char *firmware_finding_get_found (FirmwareFinding *self);
const char *firmware_finding_get_expected (FirmwareFinding *self);

G_END_DECLS
