/* bootlace-loaded.h: firmware that is loaded, with what to call it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-reading.h"
#include "bootlace-source.h"

G_BEGIN_DECLS

/**
 * BootlaceLoaded:
 * @reading: the image, and how its files were when it was read
 * @source: what it was read from
 * @name: of @source
 * @title: what the image calls itself, or else @name
 * @subtitle: what it is, in a line
 *
 * What was read from files that were good; a #BootlaceRefusal is what became of others.
 */
typedef struct {
  BootlaceReading *reading;
  BootlaceSource *source;
  char *name;
  char *title;
  char *subtitle;
} BootlaceLoaded;

BootlaceLoaded *bootlace_loaded_new (BootlaceSource *source, BootlaceReading *reading);
void bootlace_loaded_free (BootlaceLoaded *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceLoaded, bootlace_loaded_free)

gboolean bootlace_loaded_is_new_build (const BootlaceLoaded *self, const BootlaceLoaded *before);

G_END_DECLS
