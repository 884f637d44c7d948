/* firmware-ihex-record.h: Intel HEX, from text to lines to records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_IHEX_DATA_MAX G_MAXUINT8

/**
 * FirmwareIhexLine:
 * @text: its characters, which are the file's
 * @length: how many, without blanks at the end and without what ends the line
 * @number: which line it is, from 1
 * @is_open: whether the file stops before anything ends the line
 * @next: where the next one begins
 * @end: where the file ends
 *
 * One line of a file.
 */
typedef struct {
  const char *text;
  gsize length;
  guint number;
  gboolean is_open;
  const char *next;
  const char *end;
} FirmwareIhexLine;

/**
 * FirmwareIhexRecord:
 * @type: RECTYP
 * @offset: OFFSET
 * @size: RECLEN: how many bytes of data there are
 * @data: these
 *
 * One record.
 */
typedef struct {
  guint8 type;
  guint16 offset;
  guint8 size;
  guint8 data[FIRMWARE_IHEX_DATA_MAX];
} FirmwareIhexRecord;

void firmware_ihex_line_init (FirmwareIhexLine *self, GBytes *contents);
gboolean firmware_ihex_line_next (FirmwareIhexLine *self);
void firmware_ihex_line_skip_blanks (FirmwareIhexLine *self);
gboolean firmware_ihex_line_is_comment (const FirmwareIhexLine *self);

gboolean firmware_ihex_record_decode (FirmwareIhexRecord *self,
                                      const FirmwareIhexLine *line,
                                      GError **error);

G_END_DECLS
