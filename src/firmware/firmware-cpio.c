/* firmware-cpio.c: the "newc" cpio archive, as far as Espressif's ROM reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-cpio.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-text.h"

#include <string.h>

/* The header: a magic number, then thirteen fields of eight hexadecimal digits. */
#define MAGIC_LENGTH 6
#define FIELD_LENGTH 8
#define HEADER_LENGTH 110
#define ALIGNMENT 4

/* The ROM's table lists names of at most 63 bytes; longer ones would only make long messages. */
#define NAME_SIZE_MAX 256

#define MODE_REGULAR_FILE 0100644

enum {
  FIELD_INO,
  FIELD_MODE,
  FIELD_UID,
  FIELD_GID,
  FIELD_NLINK,
  FIELD_MTIME,
  FIELD_FILESIZE,
  FIELD_DEVMAJOR,
  FIELD_DEVMINOR,
  FIELD_RDEVMAJOR,
  FIELD_RDEVMINOR,
  FIELD_NAMESIZE,
  FIELD_CHECK,
  N_FIELDS
};

G_STATIC_ASSERT (HEADER_LENGTH == MAGIC_LENGTH + N_FIELDS * FIELD_LENGTH);

/* The second has a sum of each member's bytes in the last field. The ROM takes it too and does
 * not look at the sum; the table's MD5 does better. */
static const char *const magics[] = { "070701", "070702" };

static gboolean
has_magic (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++) {
    if (size >= MAGIC_LENGTH && memcmp (data, magics[i], MAGIC_LENGTH) == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
set_truncated (const FirmwareCpioReader *self, gsize header, gsize end, GError **error)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
               "The archive's member at offset 0x%" G_GSIZE_MODIFIER "x needs 0x%" G_GSIZE_MODIFIER
               "x bytes of the archive, which ends after 0x%" G_GSIZE_MODIFIER "x",
               header, end, self->size);
  firmware_error_set_offset (error, header);
  return FALSE;
}

/* Eight hexadecimal digits in either case; strtoul() would also take signs and spaces. */
static gboolean
read_field (guint32 *value, const guint8 *digits)
{
  *value = 0;

  for (gsize i = 0; i < FIELD_LENGTH; i++) {
    int digit = g_ascii_xdigit_value ((char) digits[i]);

    if (digit < 0)
      return FALSE;

    *value = *value << 4 | (guint32) digit;
  }

  return TRUE;
}

static gboolean
read_header (const FirmwareCpioReader *self, guint32 fields[N_FIELDS], GError **error)
{
  const guint8 *header = self->data + self->offset;

  if (!has_magic (header, HEADER_LENGTH)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "There is no cpio header at offset 0x%" G_GSIZE_MODIFIER "x of the archive",
                 self->offset);
    firmware_error_set_offset (error, self->offset);
    return FALSE;
  }

  for (gsize i = 0; i < N_FIELDS; i++) {
    gsize position = MAGIC_LENGTH + i * FIELD_LENGTH;

    if (!read_field (&fields[i], header + position)) {
      g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                   "The cpio header's field at offset 0x%" G_GSIZE_MODIFIER
                   "x is not made of hexadecimal digits",
                   self->offset + position);
      firmware_error_set_offset (error, self->offset + position);
      return FALSE;
    }
  }

  return TRUE;
}

/* @size counts the NUL; @data reaches at least that far. */
static const char *
read_name (const guint8 *data, gsize size)
{
  const char *name = (const char *) data;

  if (size < 2 || size > NAME_SIZE_MAX)
    return NULL;

  if (memchr (name, '\0', size) != name + size - 1 || !firmware_text_is_printable (name))
    return NULL;

  return name;
}

static gsize
align (gsize offset)
{
  return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/**
 * firmware_cpio_is_present:
 * @contents: the beginning of a file, or all of it
 *
 * Tells whether a file begins like an archive. Nothing else is checked.
 *
 * Returns: whether a firmware_cpio_reader_next() makes sense
 */
gboolean
firmware_cpio_is_present (GBytes *contents)
{
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, FALSE);

  data = g_bytes_get_data (contents, &size);

  return has_magic (data, size);
}

/**
 * firmware_cpio_reader_init:
 * @self: (out caller-allocates): a reader
 * @archive: the archive, which must live as long as the reader and its members
 *
 * Starts at the first member.
 */
void
firmware_cpio_reader_init (FirmwareCpioReader *self, GBytes *archive)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (archive != NULL);

  self->data = g_bytes_get_data (archive, &self->size);
  self->offset = 0;
}

/**
 * firmware_cpio_reader_next:
 * @self: a reader
 * @member: (out caller-allocates): the member to fill
 * @error: return location for an error
 *
 * Takes the next member and checks that all of it lies inside the archive. After the trailer there
 * is nothing to take: @self->offset then stands behind the archive.
 *
 * Returns: whether @member was filled
 */
gboolean
firmware_cpio_reader_next (FirmwareCpioReader *self, FirmwareCpioMember *member, GError **error)
{
  guint32 fields[N_FIELDS];
  gsize header = 0;
  gsize left = 0;
  gsize name_end = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);
  g_return_val_if_fail (self->offset <= self->size, FALSE);

  header = self->offset;
  left = self->size - header;
  if (left < HEADER_LENGTH)
    return set_truncated (self, header, header + HEADER_LENGTH, error);

  if (!read_header (self, fields, error))
    return FALSE;

  /* Compare with what is left, never by adding: both sizes come from the file. */
  if (fields[FIELD_NAMESIZE] > left - HEADER_LENGTH)
    return set_truncated (self, header, header + HEADER_LENGTH + fields[FIELD_NAMESIZE], error);

  member->header = header;
  member->name = read_name (self->data + header + HEADER_LENGTH, fields[FIELD_NAMESIZE]);
  if (member->name == NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The archive's member at offset 0x%" G_GSIZE_MODIFIER "x has no readable name",
                 header);
    firmware_error_set_offset (error, header);
    return FALSE;
  }

  name_end = align (HEADER_LENGTH + fields[FIELD_NAMESIZE]);
  if (name_end > left || fields[FIELD_FILESIZE] > left - name_end ||
      align (fields[FIELD_FILESIZE]) > left - name_end)
    return set_truncated (self, header, header + name_end + fields[FIELD_FILESIZE], error);

  member->offset = header + name_end;
  member->size = fields[FIELD_FILESIZE];
  member->is_trailer = g_str_equal (member->name, FIRMWARE_CPIO_TRAILER);
  self->offset = member->offset + align (member->size);

  return TRUE;
}

static void
append_header (GByteArray *archive, const char *name, gsize size, guint32 mode, guint32 n_links)
{
  const guint32 fields[N_FIELDS] = {
    [FIELD_MODE] = mode,
    [FIELD_NLINK] = n_links,
    [FIELD_FILESIZE] = (guint32) size,
    [FIELD_NAMESIZE] = (guint32) strlen (name) + 1,
  };

  g_byte_array_append (archive, (const guint8 *) magics[0], MAGIC_LENGTH);

  for (gsize i = 0; i < N_FIELDS; i++) {
    char digits[FIELD_LENGTH + 1];

    g_snprintf (digits, sizeof digits, "%08x", fields[i]);
    g_byte_array_append (archive, (const guint8 *) digits, FIELD_LENGTH);
  }

  g_byte_array_append (archive, (const guint8 *) name, fields[FIELD_NAMESIZE]);
  firmware_bytes_append_zeros (archive, align (archive->len) - archive->len);
}

/**
 * firmware_cpio_append_member:
 * @archive: an archive that is being written
 * @name: the member's name
 * @data: (array length=size) (nullable): its bytes
 * @size: how many
 *
 * Appends a regular file without owner and time, as Espressif's DFU tool does.
 */
void
firmware_cpio_append_member (GByteArray *archive, const char *name, const guint8 *data, gsize size)
{
  g_return_if_fail (archive != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (data != NULL || size == 0);
  g_return_if_fail (size <= G_MAXUINT32);

  append_header (archive, name, size, MODE_REGULAR_FILE, 0);
  if (size > 0)
    g_byte_array_append (archive, data, (guint) size);
  firmware_bytes_append_zeros (archive, align (archive->len) - archive->len);
}

/**
 * firmware_cpio_append_trailer:
 * @archive: an archive that is being written
 * @block_size: what the archive's size shall be a multiple of
 *
 * Ends an archive and fills it up with zeros.
 */
void
firmware_cpio_append_trailer (GByteArray *archive, gsize block_size)
{
  g_return_if_fail (archive != NULL);
  g_return_if_fail (block_size > 0);

  append_header (archive, FIRMWARE_CPIO_TRAILER, 0, 0, 1);
  firmware_bytes_append_zeros (archive, (block_size - archive->len % block_size) % block_size);
}
