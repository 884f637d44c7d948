/* firmware-stranger.h: what a file looks like that is to be taken for raw bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FirmwareStranger:
 * @FIRMWARE_STRANGER_NOTHING: nothing that is known
 * @FIRMWARE_STRANGER_ARCHIVE: packed files, such as a ZIP archive
 * @FIRMWARE_STRANGER_ESP: a piece of what an ESP chip has in its flash
 * @FIRMWARE_STRANGER_FIRMWARE: a file of one of the formats, damaged or not
 * @FIRMWARE_STRANGER_S_RECORDS: the S-records of a firmware
 * @FIRMWARE_STRANGER_TEXT: something to read, such as a web page that was saved instead of a file
 *
 * What the first bytes of a file look like; raw bytes may begin with them by chance. The nicks are
 * the words behind FIRMWARE_STRANGER_ in lower case, with hyphens.
 */
typedef enum {
  FIRMWARE_STRANGER_NOTHING,
  FIRMWARE_STRANGER_ARCHIVE,
  FIRMWARE_STRANGER_ESP,
  FIRMWARE_STRANGER_FIRMWARE,
  FIRMWARE_STRANGER_S_RECORDS,
  FIRMWARE_STRANGER_TEXT,
} FirmwareStranger;

#define FIRMWARE_TYPE_STRANGER (firmware_stranger_get_type ())
GType firmware_stranger_get_type (void);

FirmwareStranger firmware_stranger_guess (GBytes *contents, const char **description);
const char *firmware_stranger_get_nick (FirmwareStranger stranger);

G_END_DECLS
