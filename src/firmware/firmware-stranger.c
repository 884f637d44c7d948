/* firmware-stranger.c: what a file looks like that is to be taken for raw bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-stranger.h"

#include "firmware-format.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (FirmwareStranger,
                    firmware_stranger,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_STRANGER_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_STRANGER_ARCHIVE, "archive"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_STRANGER_ESP, "esp"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_STRANGER_FIRMWARE, "firmware"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_STRANGER_S_RECORDS, "s-records"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_STRANGER_TEXT, "text"))

#define TEXT_MIN_SIZE 8      /* bytes; fewer may look like text by chance */
#define TEXT_LOOK_LENGTH 512 /* bytes at the beginning that tell */
#define MAX_CUT 3            /* bytes of a character of UTF-8 whose end is missing */

/* Files that people have and that are none of the formats, by their first bytes. */
static const struct {
  gsize offset;
  const char *magic;
  gsize length;
  FirmwareStranger stranger;
  const char *description;
} rows[] = {
  { 0, "PK\x03\x04", 4, FIRMWARE_STRANGER_ARCHIVE, "a ZIP archive" },
  { 0, "\x1f\x8b", 2, FIRMWARE_STRANGER_ARCHIVE, "a gzip file" },
  { 0, "\xfd\x37zXZ", 5, FIRMWARE_STRANGER_ARCHIVE, "an xz file" },
  { 0, "\x28\xb5\x2f\xfd", 4, FIRMWARE_STRANGER_ARCHIVE, "a Zstandard file" },
  { 0, "BZh", 3, FIRMWARE_STRANGER_ARCHIVE, "a bzip2 file" },
  { 0, "7z\xbc\xaf\x27\x1c", 6, FIRMWARE_STRANGER_ARCHIVE, "a 7z archive" },
  { 0, "Rar!\x1a\x07", 6, FIRMWARE_STRANGER_ARCHIVE, "a RAR archive" },
  { 257, "ustar", 5, FIRMWARE_STRANGER_ARCHIVE, "a tar archive" },
  { 0, "\xaa\x50", 2, FIRMWARE_STRANGER_ESP,
    "an ESP32 partition table that is cut or followed by something" },
  { 0, "\xe9", 1, FIRMWARE_STRANGER_ESP,
    "an ESP32 image that is neither a bootloader nor an application of ESP-IDF" },
};

static gboolean
has_bytes (const guint8 *data, gsize size, gsize offset, const char *bytes, gsize length)
{
  return size >= offset && size - offset >= length && memcmp (data + offset, bytes, length) == 0;
}

static gboolean
is_control (guint8 byte)
{
  return (byte < ' ' && !g_ascii_isspace ((char) byte)) || byte == 0x7f;
}

/* No chip's code does without zeros and control characters for so long. */
static gboolean
is_text (const guint8 *data, gsize size)
{
  const gsize length = MIN (size, TEXT_LOOK_LENGTH);
  const char *end = NULL;

  if (size < TEXT_MIN_SIZE)
    return FALSE;

  for (gsize i = 0; i < length; i++) {
    if (is_control (data[i]))
      return FALSE;
  }

  return g_utf8_validate_len ((const char *) data, length, &end) ||
         (length < size && (const char *) data + length - end <= MAX_CUT);
}

/* "S", its type, and how many bytes follow in two digits; there are TEXT_MIN_SIZE bytes at least.
 */
static gboolean
is_s_record (const guint8 *data)
{
  return data[0] == 'S' && g_ascii_isdigit ((char) data[1]) && g_ascii_isxdigit ((char) data[2]) &&
         g_ascii_isxdigit ((char) data[3]);
}

/**
 * firmware_stranger_guess:
 * @contents: a whole file
 * @description: (out) (nullable): a noun phrase in English, to complete "it looks like …"; %NULL
 *   with %FIRMWARE_STRANGER_NOTHING
 *
 * Says what a file looks like.
 *
 * Returns: the guess
 */
FirmwareStranger
firmware_stranger_guess (GBytes *contents, const char **description)
{
  const FirmwareFormat *format = NULL;
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, FIRMWARE_STRANGER_NOTHING);
  g_return_val_if_fail (description != NULL, FIRMWARE_STRANGER_NOTHING);

  format = firmware_format_find (contents);
  *description = format != NULL ? format->name : NULL;
  if (format != NULL)
    return FIRMWARE_STRANGER_FIRMWARE;

  data = g_bytes_get_data (contents, &size);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (!has_bytes (data, size, rows[i].offset, rows[i].magic, rows[i].length))
      continue;

    *description = rows[i].description;
    return rows[i].stranger;
  }

  if (!is_text (data, size))
    return FIRMWARE_STRANGER_NOTHING;

  if (is_s_record (data)) {
    *description = "S-records, of which an Intel HEX file can be made";
    return FIRMWARE_STRANGER_S_RECORDS;
  }

  *description = "text";
  return FIRMWARE_STRANGER_TEXT;
}

/**
 * firmware_stranger_get_nick:
 * @stranger: what a file looks like
 *
 * Returns: its nick
 */
const char *
firmware_stranger_get_nick (FirmwareStranger stranger)
{
  g_autoptr (GEnumClass) values = g_type_class_ref (FIRMWARE_TYPE_STRANGER);
  const GEnumValue *value = g_enum_get_value (values, stranger);

  return value != NULL ? value->value_nick : NULL;
}
