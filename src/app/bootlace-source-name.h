/* bootlace-source-name.h: what people call that which firmware is read from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-source.h"

G_BEGIN_DECLS

/* The folder that every ESP-IDF project builds into; its name says nothing. */
#define BOOTLACE_SOURCE_BUILD_FOLDER "build"

char *bootlace_source_dup_name (const BootlaceSource *self);

char *bootlace_source_find_path (GFile *file, GFileInfo *info);
char *bootlace_source_find_paths (const BootlaceSource *self, GCancellable *cancellable);

/* What bootlace_source_find_path() wants to know. */
#define BOOTLACE_SOURCE_PATH_ATTRIBUTE "xattr::document-portal.host-path"

G_END_DECLS
