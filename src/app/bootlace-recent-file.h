/* bootlace-recent-file.h: firmware that was opened before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BootlaceRecentFile:
 *
 * One entry of the list of recent firmware: a file, a build folder, or files that belong together.
 * Immutable.
 */
#define BOOTLACE_TYPE_RECENT_FILE (bootlace_recent_file_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceRecentFile, bootlace_recent_file, BOOTLACE, RECENT_FILE, GObject)

BootlaceRecentFile *bootlace_recent_file_new (const char *const *uris, GCancellable *cancellable);

const char *const *bootlace_recent_file_get_uris (BootlaceRecentFile *self);
const char *bootlace_recent_file_get_name (BootlaceRecentFile *self);
const char *bootlace_recent_file_get_place (BootlaceRecentFile *self);

G_END_DECLS
