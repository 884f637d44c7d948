/* archive-maker.c: makes archives for the loader, right or wrong, without the program's own code
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "archive-maker.h"

#include <string.h>

#define BLOCK 10240
#define PARAMETERS_FLAGS 0x1c

static void
append_zeros (GByteArray *bytes, gsize multiple)
{
  static const guint8 zero = 0;

  while (bytes->len % multiple != 0)
    g_byte_array_append (bytes, &zero, 1);
}

static void
append_u32 (GByteArray *bytes, guint32 number)
{
  guint32 little = GUINT32_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

ArchiveMaker *
archive_maker_new (void)
{
  ArchiveMaker *self = g_new0 (ArchiveMaker, 1);

  self->table = g_byte_array_new ();
  self->members = g_byte_array_new ();

  return self;
}

void
archive_maker_free (ArchiveMaker *self)
{
  g_byte_array_unref (self->table);
  g_byte_array_unref (self->members);
  g_free (self);
}

void
archive_maker_list (ArchiveMaker *self,
                    const char *name,
                    guint32 address,
                    guint32 flags,
                    const guint8 *data,
                    gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 field[64] = { 0 };
  guint8 digest[16];
  gsize digest_length = sizeof digest;

  memcpy (field, name, MIN (strlen (name), sizeof field));
  g_checksum_update (checksum, data, length);
  g_checksum_get_digest (checksum, digest, &digest_length);

  append_u32 (self->table, address);
  append_u32 (self->table, flags);
  g_byte_array_append (self->table, field, sizeof field);
  g_byte_array_append (self->table, digest, sizeof digest);
}

void
archive_maker_put (ArchiveMaker *self, const char *name, const guint8 *data, gsize length)
{
  archive_maker_append_member (self->members, name, data, length);
}

void
archive_maker_add (ArchiveMaker *self,
                   const char *name,
                   guint32 address,
                   const guint8 *data,
                   gsize length)
{
  archive_maker_list (self, name, address, 0, data, length);
  archive_maker_put (self, name, data, length);
}

void
archive_maker_add_parameters (ArchiveMaker *self, guint32 flash_size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint32 fields[] = { 0, 0, 0, flash_size, 65536, 4096, 256, 0xffff };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    append_u32 (bytes, fields[i]);

  archive_maker_list (self, "flash_params.dat", 0, PARAMETERS_FLAGS, bytes->data, bytes->len);
  archive_maker_put (self, "flash_params.dat", bytes->data, bytes->len);
}

GByteArray *
archive_maker_finish (ArchiveMaker *self)
{
  GByteArray *payload = g_byte_array_new ();

  archive_maker_append_member (payload, "dfuinfo0.dat", self->table->data, self->table->len);
  g_byte_array_append (payload, self->members->data, self->members->len);
  archive_maker_append_member (payload, "TRAILER!!!", NULL, 0);
  append_zeros (payload, BLOCK);

  return payload;
}

void
archive_maker_append_member (GByteArray *archive,
                             const char *name,
                             const guint8 *data,
                             gsize length)
{
  guint name_size = strlen (name) + 1;
  g_autofree char *header =
    g_strdup_printf ("070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
                     "%08x",
                     0, 0100644, 0, 0, 0, 0, (guint) length, 0, 0, 0, 0, name_size, 0);

  g_byte_array_append (archive, (const guint8 *) header, strlen (header));
  g_byte_array_append (archive, (const guint8 *) name, name_size);
  append_zeros (archive, 4);
  g_byte_array_append (archive, data, length);
  append_zeros (archive, 4);
}
