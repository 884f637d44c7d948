/* bootlace-source.h: what firmware is read from, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "firmware-convert.h"
#include "firmware-stranger.h"

G_BEGIN_DECLS

/**
 * BootlaceSource:
 * @files: (element-type GFile): what was chosen, at least one
 * @raw: whether it is one file that a person takes for raw bytes; else it is read as what it is
 * @address: where the first of these bytes goes, or %FIRMWARE_CONVERSION_UNSET for a board without
 *   addresses
 *
 * All that it takes to read the same firmware again. Immutable and counted, so any thread may use
 * it.
 */
typedef struct {
  GPtrArray *files;
  gboolean raw;
  gint64 address;
} BootlaceSource;

/**
 * BootlaceRawOffer:
 * @size: how many bytes a file has that a person may take for raw bytes; 0: there is none
 * @stranger: what it looks like
 *
 * What can be done with a source that could not be read.
 */
typedef struct {
  guint64 size;
  FirmwareStranger stranger;
} BootlaceRawOffer;

#define BOOTLACE_TYPE_SOURCE (bootlace_source_get_type ())
GType bootlace_source_get_type (void);

BootlaceSource *bootlace_source_new (GPtrArray *files);
BootlaceSource *bootlace_source_new_raw (GFile *file, gint64 address);

BootlaceSource *bootlace_source_new_for_uris (const char *const *uris);

BootlaceSource *bootlace_source_ref (BootlaceSource *self);
void bootlace_source_unref (BootlaceSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceSource, bootlace_source_unref)

char **bootlace_source_dup_uris (const BootlaceSource *self);
gboolean bootlace_source_equal (const BootlaceSource *self, const BootlaceSource *other);

FirmwareImage *
bootlace_source_read (const BootlaceSource *self, GCancellable *cancellable, GError **error);
BootlaceRawOffer bootlace_source_offer_raw (const BootlaceSource *self,
                                            const GError *error,
                                            GCancellable *cancellable);

G_END_DECLS
