/* test-archive.h: puts an ESP archive together piece by piece, right or wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestArchive:
 *
 * An archive that is being made. Nothing is checked, so that tests can make what nobody should.
 */
typedef struct _TestArchive TestArchive;

TestArchive *test_archive_new (void);
void test_archive_free (TestArchive *self);

void test_archive_list (TestArchive *self,
                        const char *name,
                        guint32 address,
                        guint32 flags,
                        GBytes *data);
void test_archive_put (TestArchive *self, const char *name, GBytes *data);
void test_archive_add (TestArchive *self, const char *name, guint32 address, GBytes *data);
void test_archive_add_parameters (TestArchive *self, guint32 flash_size);

GBytes *test_archive_finish_payload (TestArchive *self);
GBytes *test_archive_finish (TestArchive *self, guint16 product);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestArchive, test_archive_free)

G_END_DECLS
