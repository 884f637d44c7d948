/* firmware-error.h: what can be wrong with a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_ERROR (firmware_error_quark ())

/**
 * FirmwareError:
 * @FIRMWARE_ERROR_EMPTY: the file has no bytes
 * @FIRMWARE_ERROR_NOTHING_TO_WRITE: it has no parts, or no bytes but those of an erased flash
 * @FIRMWARE_ERROR_TOO_LARGE: the file is larger than %FIRMWARE_IMAGE_MAX_SIZE; it was not read
 * @FIRMWARE_ERROR_UNKNOWN_FORMAT: no format that we know begins like this
 * @FIRMWARE_ERROR_PACKED: it looks like an archive, in which there may be firmware
 * @FIRMWARE_ERROR_FOR_COMPUTER: it is a program, but one that runs on a computer
 * @FIRMWARE_ERROR_FOR_DRIVE: it holds files for a board's file system, and nothing for its flash
 * @FIRMWARE_ERROR_OTHER_JSON: it is JSON, but describes no build
 * @FIRMWARE_ERROR_TRUNCATED: the file ends before its own tables say so
 * @FIRMWARE_ERROR_MALFORMED: a field holds a value that the format forbids
 * @FIRMWARE_ERROR_CHECKSUM: the DFU suffix's CRC differs from the file's, or a line's checksum from
 *   the line's
 * @FIRMWARE_ERROR_DIGEST: a part's MD5 differs from its data's
 * @FIRMWARE_ERROR_MISSING_PART: a part that the table lists is not in the file, or one that the
 *   build lists is not there, or a numbered block
 * @FIRMWARE_ERROR_BEYOND_FLASH: a part reaches past the end of the flash
 * @FIRMWARE_ERROR_OVERLAP: two parts share a flash sector and would destroy each other
 * @FIRMWARE_ERROR_TOO_MANY_PARTS: there are more parts than the chip's ROM takes
 * @FIRMWARE_ERROR_BAD_NAME: a file of a build has a name that a part cannot have, or that another
 *   part has
 * @FIRMWARE_ERROR_BAD_ADDRESS: a part goes where the chip's ROM cannot write it
 * @FIRMWARE_ERROR_UNKNOWN_CHIP: a build and its files leave open which chip they are for
 * @FIRMWARE_ERROR_SEVERAL_CHIPS: it holds firmware for several kinds of chips, of which one would
 *   have to be chosen
 * @FIRMWARE_ERROR_NO_LOADER: it is for a chip that has no DFU loader in its ROM
 * @FIRMWARE_ERROR_SAME_ROLE: of files that were given together two are of one kind
 * @FIRMWARE_ERROR_NO_PLACE: nothing says where a file belongs that was given with others
 * @FIRMWARE_ERROR_WHOLE: a file or folder that was given with others is a firmware of its own
 * @FIRMWARE_ERROR_UNCONVERTED: it is the program of an ESP chip of which an image must be made
 * first
 * @FIRMWARE_ERROR_NO_BUILD: it is no firmware of an ESP chip that an archive could be made of, or
 * an archive already
 * @FIRMWARE_ERROR_GAP: bytes are missing between two parts, where the file to write has none left
 * out
 * @FIRMWARE_ERROR_NO_ADDRESS: nothing says where its bytes go
 * @FIRMWARE_ERROR_NO_DEVICE: nothing says which device it is for
 * @FIRMWARE_ERROR_SEVERAL_MEMORIES: it is for several memories of a device, of which one would have
 *   to be chosen
 * @FIRMWARE_ERROR_NOT_CONVERTIBLE: there is no such file of this firmware
 *
 * Errors of reading files, and from %FIRMWARE_ERROR_GAP on of turning one into another. That a file
 * is missing or unreadable stays in %G_IO_ERROR.
 */
typedef enum {
  FIRMWARE_ERROR_EMPTY,
  FIRMWARE_ERROR_NOTHING_TO_WRITE,
  FIRMWARE_ERROR_TOO_LARGE,
  FIRMWARE_ERROR_UNKNOWN_FORMAT,
  FIRMWARE_ERROR_PACKED,
  FIRMWARE_ERROR_FOR_COMPUTER,
  FIRMWARE_ERROR_FOR_DRIVE,
  FIRMWARE_ERROR_OTHER_JSON,
  FIRMWARE_ERROR_TRUNCATED,
  FIRMWARE_ERROR_MALFORMED,
  FIRMWARE_ERROR_CHECKSUM,
  FIRMWARE_ERROR_DIGEST,
  FIRMWARE_ERROR_MISSING_PART,
  FIRMWARE_ERROR_BEYOND_FLASH,
  FIRMWARE_ERROR_OVERLAP,
  FIRMWARE_ERROR_TOO_MANY_PARTS,
  FIRMWARE_ERROR_BAD_NAME,
  FIRMWARE_ERROR_BAD_ADDRESS,
  FIRMWARE_ERROR_UNKNOWN_CHIP,
  FIRMWARE_ERROR_SEVERAL_CHIPS,
  FIRMWARE_ERROR_NO_LOADER,
  FIRMWARE_ERROR_SAME_ROLE,
  FIRMWARE_ERROR_NO_PLACE,
  FIRMWARE_ERROR_WHOLE,
  FIRMWARE_ERROR_UNCONVERTED,
  FIRMWARE_ERROR_NO_BUILD,
  FIRMWARE_ERROR_GAP,
  FIRMWARE_ERROR_NO_ADDRESS,
  FIRMWARE_ERROR_NO_DEVICE,
  FIRMWARE_ERROR_SEVERAL_MEMORIES,
  FIRMWARE_ERROR_NOT_CONVERTIBLE,
} FirmwareError;

GQuark firmware_error_quark (void);

/**
 * FirmwarePlaceKind:
 * @FIRMWARE_PLACE_LINE: a line of text
 * @FIRMWARE_PLACE_OFFSET: a byte
 * @FIRMWARE_PLACE_ADDRESS: an address of the flash or memory that bytes are for
 *
 * How places are counted.
 */
typedef enum {
  FIRMWARE_PLACE_LINE = 1,
  FIRMWARE_PLACE_OFFSET,
  FIRMWARE_PLACE_ADDRESS,
} FirmwarePlaceKind;

/**
 * FirmwarePlace:
 * @file: (nullable): the name of the file, where it is not the one that was to be read, but one of
 *   several that belong to it
 * @kind: how it is counted; 0 when only the file is known
 * @number: the line, from 1, or the byte, from 0, or the address
 * @column: the character in the line, from 1; 0 for the whole line
 *
 * Where in a file something is wrong.
 */
typedef struct {
  char *file;
  FirmwarePlaceKind kind;
  guint64 number;
  guint64 column;
} FirmwarePlace;

gboolean firmware_error_is_foreign (const GError *error);

void firmware_error_set_file (GError **error, const char *name);
void firmware_error_set_line (GError **error, guint64 line, guint64 column);
void firmware_error_set_offset (GError **error, guint64 offset);
void firmware_error_set_address (GError **error, guint64 address);
void firmware_error_move_offset (GError **error, guint64 start);
const FirmwarePlace *firmware_error_get_place (const GError *error);

G_END_DECLS
