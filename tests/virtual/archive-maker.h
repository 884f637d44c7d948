/* archive-maker.h: makes archives for the loader, right or wrong, without the program's own code
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  GByteArray *table;   /* dfuinfo0.dat so far */
  GByteArray *members; /* everything behind it so far */
} ArchiveMaker;

ArchiveMaker *archive_maker_new (void);
void archive_maker_free (ArchiveMaker *self);

/* The name may fill all 64 bytes of the field. */
void archive_maker_list (ArchiveMaker *self,
                         const char *name,
                         guint32 address,
                         guint32 flags,
                         const guint8 *data,
                         gsize length);
void archive_maker_put (ArchiveMaker *self, const char *name, const guint8 *data, gsize length);

/* Both. */
void archive_maker_add (ArchiveMaker *self,
                        const char *name,
                        guint32 address,
                        const guint8 *data,
                        gsize length);
void archive_maker_add_parameters (ArchiveMaker *self, guint32 flash_size);

/**
 * archive_maker_finish:
 * @self: a maker
 *
 * Returns: (transfer full): the payload: table, members, trailer, and zeros up to 10240 bytes
 */
GByteArray *archive_maker_finish (ArchiveMaker *self);

/* One member of a cpio archive. */
void archive_maker_append_member (GByteArray *archive,
                                  const char *name,
                                  const guint8 *data,
                                  gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArchiveMaker, archive_maker_free)

G_END_DECLS
