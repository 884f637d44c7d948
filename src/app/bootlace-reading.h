/* bootlace-reading.h: firmware as it was read, and the state of its files at that moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "bootlace-source.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * BootlaceReading:
 * @image: what was read
 * @inputs: (element-type GFile): every file that it was read from
 * @fingerprint: how these were just before; see bootlace_fingerprint_new()
 * @modified: when the newest of them was last written, in microseconds since 1970; 0: unknown
 * @steady: whether they were still so afterwards
 */
typedef struct {
  FirmwareImage *image;
  GPtrArray *inputs;
  char *fingerprint;
  gint64 modified;
  gboolean steady;
} BootlaceReading;

void bootlace_reading_new_async (BootlaceSource *source,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
BootlaceReading *
bootlace_reading_new_finish (GAsyncResult *result, BootlaceRawOffer *raw_offer, GError **error);
void bootlace_reading_free (BootlaceReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceReading, bootlace_reading_free)

gboolean bootlace_reading_is_same (const BootlaceReading *self, const BootlaceReading *other);
gboolean bootlace_reading_is_for_same_board (const BootlaceReading *self,
                                             const BootlaceReading *other);
gboolean bootlace_reading_is_damaged (const BootlaceReading *self);

G_END_DECLS
