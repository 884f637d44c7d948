/* firmware-esp-parts.c: walks through an archive with every check that keeps the ROM honest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-parts.h"

#include "firmware-cpio.h"
#include "firmware-error.h"
#include "firmware-esp-layout.h"
#include "firmware-esp-parameters.h"

#include <string.h>

typedef struct {
  FirmwareCpioReader cpio;
  GArray *records;    /* of FirmwareEspRecord */
  GArray *parts;      /* of FirmwareEspPart */
  guint64 seen;       /* bit i: the member of record i has come */
  guint32 flash_size; /* as far as the ROM knows it by now */
  gboolean has_parameters;
  FirmwareEspMd5 md5;
  gsize table; /* where its records begin */
} Reader;

G_STATIC_ASSERT (FIRMWARE_ESP_RECORDS_MAX <= 64);

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->parts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* Without a table in front the ROM writes nothing and reports success. */
static gboolean
read_table (Reader *self, GError **error)
{
  FirmwareCpioMember member;

  if (!firmware_cpio_reader_next (&self->cpio, &member, error))
    return FALSE;

  if (!g_str_equal (member.name, FIRMWARE_ESP_TABLE_NAME)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The archive begins with %s instead of " FIRMWARE_ESP_TABLE_NAME
                 ", so nothing would be written",
                 member.name);
    firmware_error_set_offset (error, member.header);
    return FALSE;
  }

  self->table = member.offset;
  self->records = firmware_esp_table_parse (self->cpio.data + member.offset, member.size, error);
  if (self->records == NULL)
    firmware_error_move_offset (error, self->table);

  return self->records != NULL;
}

/* The ROM skips what the table does not list and reports success all the same; whoever put a file
 * into the archive wants it written. */
static const FirmwareEspRecord *
take_record (Reader *self, const FirmwareCpioMember *member, GError **error)
{
  for (guint i = 0; i < self->records->len; i++) {
    const FirmwareEspRecord *record = &g_array_index (self->records, FirmwareEspRecord, i);
    guint64 bit = G_GUINT64_CONSTANT (1) << i;

    if (!g_str_equal (record->name, member->name))
      continue;

    if ((self->seen & bit) != 0) {
      g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                   "%s is in the archive twice, the second time at offset 0x%" G_GSIZE_MODIFIER "x",
                   member->name, member->header);
      firmware_error_set_offset (error, member->header);
      return NULL;
    }

    self->seen |= bit;
    return record;
  }

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "%s at offset 0x%" G_GSIZE_MODIFIER "x is not listed in " FIRMWARE_ESP_TABLE_NAME
               ", so it would not be written",
               member->name, member->header);
  firmware_error_set_offset (error, member->header);
  return NULL;
}

static char *
format_md5 (const guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH])
{
  GString *text = g_string_sized_new (2 * FIRMWARE_ESP_RECORD_MD5_LENGTH);

  for (gsize i = 0; i < FIRMWARE_ESP_RECORD_MD5_LENGTH; i++)
    g_string_append_printf (text, "%02x", md5[i]);

  return g_string_free (text, FALSE);
}

static gboolean
check_md5 (const Reader *self,
           const FirmwareEspRecord *record,
           const FirmwareCpioMember *member,
           GError **error)
{
  guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH];
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;

  if (self->md5 == FIRMWARE_ESP_MD5_TRUST)
    return TRUE;

  firmware_esp_md5 (md5, self->cpio.data + member->offset, member->size);
  if (memcmp (md5, record->md5, sizeof md5) == 0)
    return TRUE;

  found = format_md5 (md5);
  expected = format_md5 (record->md5);
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_DIGEST,
               "The MD5 of %s at offset 0x%" G_GSIZE_MODIFIER "x is %s instead of %s", member->name,
               member->offset, found, expected);
  firmware_error_set_offset (error, member->offset);
  return FALSE;
}

/* The ROM sees members in their order: what comes before flash_params.dat must fit without it. */
static gboolean
read_part (Reader *self,
           const FirmwareEspRecord *record,
           const FirmwareCpioMember *member,
           GError **error)
{
  FirmwareEspPart part = {
    .address = record->address,
    .offset = member->offset,
    .size = member->size,
  };

  if (member->size == 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "%s at offset 0x%" G_GSIZE_MODIFIER "x is empty", member->name, member->header);
    firmware_error_set_offset (error, member->header);
    return FALSE;
  }

  if (!firmware_esp_layout_check_place (member->name, record->address, member->size,
                                        self->flash_size, error))
    return FALSE;

  g_strlcpy (part.name, record->name, sizeof part.name);
  g_array_append_val (self->parts, part);
  return TRUE;
}

static gboolean
read_parameters (Reader *self, const FirmwareCpioMember *member, GError **error)
{
  self->has_parameters = TRUE;
  if (firmware_esp_parameters_parse (&self->flash_size, self->cpio.data + member->offset,
                                     member->size, error))
    return TRUE;

  firmware_error_move_offset (error, member->offset);
  return FALSE;
}

static gboolean
read_member (Reader *self, const FirmwareCpioMember *member, GError **error)
{
  const FirmwareEspRecord *record = take_record (self, member, error);

  if (record == NULL || !check_md5 (self, record, member, error))
    return FALSE;

  if ((record->flags & FIRMWARE_ESP_FLAG_PARAMETERS) != 0)
    return read_parameters (self, member, error);

  return read_part (self, record, member, error);
}

static gboolean
check_rest (const Reader *self, GError **error)
{
  for (gsize i = self->cpio.offset; i < self->cpio.size; i++) {
    if (self->cpio.data[i] == 0)
      continue;

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Behind the archive's end there is 0x%02x at offset 0x%" G_GSIZE_MODIFIER
                 "x, where only zeros belong",
                 self->cpio.data[i], i);
    firmware_error_set_offset (error, i);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_complete (const Reader *self, GError **error)
{
  for (guint i = 0; i < self->records->len; i++) {
    if ((self->seen & G_GUINT64_CONSTANT (1) << i) != 0)
      continue;

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART,
                 "%s is listed in record %u of " FIRMWARE_ESP_TABLE_NAME
                 " but is not in the archive",
                 g_array_index (self->records, FirmwareEspRecord, i).name, i);
    firmware_error_set_offset (error, self->table + i * FIRMWARE_ESP_RECORD_LENGTH);
    return FALSE;
  }

  if (self->parts->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The archive holds nothing to write");
    firmware_error_set_offset (error, self->table);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_members (Reader *self, GError **error)
{
  FirmwareCpioMember member;

  if (!firmware_cpio_reader_next (&self->cpio, &member, error))
    return FALSE;

  while (!member.is_trailer) {
    if (!read_member (self, &member, error) ||
        !firmware_cpio_reader_next (&self->cpio, &member, error))
      return FALSE;
  }

  return check_rest (self, error) && check_complete (self, error);
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const FirmwareEspPart *first = a;
  const FirmwareEspPart *second = b;

  return (first->address > second->address) - (first->address < second->address);
}

static gboolean
sort_parts (const Reader *self, GError **error)
{
  g_array_sort (self->parts, compare_parts);

  for (guint i = 1; i < self->parts->len; i++) {
    const FirmwareEspPart *first = &g_array_index (self->parts, FirmwareEspPart, i - 1);
    const FirmwareEspPart *second = &g_array_index (self->parts, FirmwareEspPart, i);

    if (!firmware_esp_layout_check_neighbours (first->name, first->address + first->size,
                                               second->name, second->address, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * firmware_esp_parts_read:
 * @archive: a cpio archive for the ROM, without the file's DFU suffix
 * @md5: whether to verify the MD5s
 * @flash_size: (out): how large the ROM will take the flash to be, in bytes
 * @has_parameters: (out): whether the archive says so itself
 * @error: return location for an error
 *
 * Walks through an archive as the ROM does and refuses whatever the ROM would skip, misplace or
 * leave unverified. Every part is in the table and in the archive once, is not empty, agrees with
 * its MD5, lies inside the flash, and shares no sector with another.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareEspPart): what goes to the flash, in
 * the order of addresses; at least one
 */
GArray *
firmware_esp_parts_read (GBytes *archive,
                         FirmwareEspMd5 md5,
                         guint32 *flash_size,
                         gboolean *has_parameters,
                         GError **error)
{
  g_auto (Reader) self = { .flash_size = FIRMWARE_ESP_FLASH_SIZE_DEFAULT, .md5 = md5 };

  g_return_val_if_fail (archive != NULL, NULL);
  g_return_val_if_fail (flash_size != NULL, NULL);
  g_return_val_if_fail (has_parameters != NULL, NULL);

  firmware_cpio_reader_init (&self.cpio, archive);
  self.parts = g_array_new (FALSE, FALSE, sizeof (FirmwareEspPart));

  if (!read_table (&self, error) || !read_members (&self, error) || !sort_parts (&self, error))
    return NULL;

  *flash_size = self.flash_size;
  *has_parameters = self.has_parameters;
  return g_steal_pointer (&self.parts);
}
